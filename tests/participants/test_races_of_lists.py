"""Lists, merges and offers that run out, while others do something about the same people: on SQLite and on PostgreSQL."""

import pytest
from django.core.files.storage import default_storage

from participants.importing import applying, planning, storing
from participants.models import ImportRecord, Merge, Offer, Participant
from tests.factories import MeetingFactory, OfferFactory, ParticipantFactory, UserFactory, in_days
from tests.participants.test_races import mails, states, unconfirmed

pytestmark = pytest.mark.usefixtures("committed_db")

ROUNDS = 4
ACTS = "tests.participants.acts"


def list_of_four(meeting):
    """An import of four people who are to have a place, looked at and told to be written."""
    rows = [(n, [f"Orrin{n}", f"listed{n}@police.example", "IE", "police"]) for n in range(2, 6)]
    fields = ["family_name", "email", "country", "sector"]
    tray = storing.Tray("list.csv", fields, rows)
    chosen = {"new_state": "confirmed", "fields": fields, "stored_as": storing.put(tray)}
    record = ImportRecord.objects.create(meeting=meeting, kind="csv", digest="0" * 64, **chosen)
    applying.queue(record=record, plan=planning.plan(tray.rows, applying.order_of(record, tray), meeting))
    return {"record": record.pk, "files": default_storage.location}


def test_a_list_written_while_people_register_takes_no_place_of_theirs(herd):
    for number in range(ROUNDS):
        meeting = MeetingFactory(capacity=4, needs_approval=False)
        newcomers = [{"name": "confirm_late", "token": token, "seconds": number * 0.05} for token in unconfirmed(meeting, 3)]

        outcome = herd.run(f"{ACTS}:act", [*newcomers, {"name": "write_import", **list_of_four(meeting)}])[-1]

        # Written whole where it was first; else its plan is no longer true, and it leads back to its rows.
        expected = {"done": {"confirmed": 4, "waitlisted": 3}, "open": {"confirmed": 3}}
        assert states(meeting) == expected[outcome]


def test_without_the_lock_a_list_takes_places_that_others_got(herd):
    """The control: how many too many hangs on who was how fast."""
    meeting = MeetingFactory(capacity=4, needs_approval=False)
    newcomers = [{"name": "confirm_late", "token": token, "seconds": 0.5} for token in unconfirmed(meeting, 3)]

    herd.run(f"{ACTS}:act", [*newcomers, {"name": "write_import_without_lock", **list_of_four(meeting)}])

    assert states(meeting)["confirmed"] > meeting.capacity


def pair(meeting, other_meeting=None):
    """The registrations of one person, and two officers who merge them, each into another."""
    one, two = ParticipantFactory(meeting=meeting), ParticipantFactory(meeting=other_meeting or meeting)
    officers = UserFactory.create_batch(2, staff=True)
    return (
        one,
        two,
        [
            {"survivor": one.pk, "other": two.pk, "by": officers[0].pk},
            {"survivor": two.pk, "other": one.pk, "by": officers[1].pk},
        ],
    )


def test_two_officers_who_merge_the_same_two_merge_them_once(herd):
    for _round in range(ROUNDS):
        meeting = MeetingFactory()
        _one, _two, entries = pair(meeting)

        outcomes = herd.run(f"{ACTS}:merge", entries)

        assert sorted(outcomes) == ["WrongState", "confirmed"]
        assert states(meeting) == {"confirmed": 1, "withdrawn": 1}
        assert Merge.objects.filter(survivor__meeting=meeting).count() == 1


def test_two_officers_who_unite_the_accounts_of_two_meetings_do_it_once(herd):
    for _round in range(ROUNDS):
        one, two, entries = pair(MeetingFactory(), MeetingFactory())

        outcomes = herd.run(f"{ACTS}:merge", entries)

        assert sorted(outcomes) == ["CannotMerge", "confirmed"]
        assert len(set(Participant.objects.filter(pk__in=[one.pk, two.pk]).values_list("user", flat=True))) == 1


def test_without_the_locks_each_of_two_swallows_the_other(herd):
    """The control: both gave way, and nobody comes; or PostgreSQL stops one that waits for the other."""
    meeting = MeetingFactory()
    _one, _two, entries = pair(meeting)

    outcomes = herd.run(f"{ACTS}:merge_without_lock", entries)

    assert Merge.objects.filter(survivor__meeting=meeting).count() == 2 or "OperationalError" in outcomes


def offered(meeting):
    """Somebody to whom the one place is offered, and the next in line."""
    first, following = (ParticipantFactory(meeting=meeting, waitlisted=True, registered_at=in_days(n - 9)) for n in range(2))
    OfferFactory(participant=first)
    return first, following


def promised(first, following):
    """What became of the first, and whether the next was asked."""
    first.refresh_from_db()
    return first.state, Offer.objects.running().filter(participant=following).exists()


def test_an_offer_accepted_as_it_runs_out_is_theirs_or_the_next_ones(herd):
    for _round in range(ROUNDS):
        first, following = offered(MeetingFactory(capacity=1, offer_hours=24))

        outcomes = herd.run(f"{ACTS}:act", [{"name": "accept", "participant": first.pk}, {"name": "let_lapse", "hours": 36}])

        expected = {"confirmed": ("confirmed", False), "OfferLapsed": ("waitlisted", True)}
        assert promised(first, following) == expected[outcomes[0]]
        assert mails(first.meeting).get("confirmed", 0) == (outcomes[0] == "confirmed")


def test_without_the_lock_it_is_promised_to_both(herd):
    """The control."""
    first, following = offered(MeetingFactory(capacity=1, offer_hours=24))

    herd.run(
        f"{ACTS}:act",
        [{"name": "accept_without_lock", "participant": first.pk}, {"name": "let_lapse_without_lock", "hours": 36}],
    )

    assert promised(first, following) == ("confirmed", True)
