"""Several processes at the same names at once, on SQLite and on PostgreSQL."""

import pytest

from correspondence.models import Message
from delegations.models import Nomination, NominationLink
from participants.models import Participant
from tests.factories import CorrespondentFactory, CountryFactory, InvitationFactory, MeetingFactory, NominationFactory, in_days

pytestmark = pytest.mark.usefixtures("committed_db")

PROCESSES = 6  # as many as the herd has
ROUNDS = 4


def link_of(nomination):
    return NominationLink.issue(nomination, at=in_days(0), expires_at=in_days(20))


def offers(invitation, **fields):
    """What several correspondents of Ireland type at the same moment."""
    speakers = [CorrespondentFactory(country=CountryFactory(code="IE")).user.pk for _ in range(PROCESSES)]
    return [{"invitation": invitation.pk, "email": f"{n}@garda.example", "by": by, **fields} for n, by in enumerate(speakers)]


def put_forward(invitation):
    return Nomination.objects.filter(invitation=invitation, state="put_forward").count()


def test_the_last_place_nominated_by_several_correspondents_goes_to_one(herd):
    for _ in range(ROUNDS):
        invitation = InvitationFactory(sent=True, quota=2)
        NominationFactory(invitation=invitation)

        outcomes = herd.run("tests.participants.acts:nominate", offers(invitation))

        assert sorted(outcomes) == ["QuotaFull"] * 5 + ["put_forward"]
        assert put_forward(invitation) == 2
        assert Message.objects.filter(kind="nomination", reference=invitation.reference).count() == 1


def test_without_the_locks_more_are_nominated_than_were_invited(herd):
    """The control: were this to fail, the test above would prove nothing."""
    invitation = InvitationFactory(sent=True, quota=2)
    NominationFactory(invitation=invitation)

    herd.run("tests.participants.acts:nominate_without_lock", offers(invitation))

    assert put_forward(invitation) > 2


def test_one_head_and_one_reimbursed_among_many(herd):
    invitation = InvitationFactory(sent=True, quota=9)
    entries = offers(invitation)

    heads = herd.run("tests.participants.acts:nominate", [{**entry, "is_head": True} for entry in entries])
    paid = herd.run(
        "tests.participants.acts:nominate", [{**entry, "email": f"r{entry['email']}", "is_reimbursed": True} for entry in entries]
    )

    assert sorted(heads) == ["HeadTaken"] * 5 + ["put_forward"]
    assert sorted(paid) == ["ReimbursedFull"] * 5 + ["put_forward"]


def test_one_link_opened_in_many_tabs_makes_one_registration(herd):
    for _ in range(ROUNDS):
        nomination = NominationFactory()

        outcomes = herd.run("tests.participants.acts:complete", [{"token": link_of(nomination)}] * PROCESSES)

        assert outcomes == ["confirmed"] * PROCESSES
        assert Participant.objects.filter(nomination=nomination).count() == 1
        assert Message.objects.filter(kind="registration_confirmed", to=nomination.email).count() == 1


def test_nominees_of_many_countries_at_the_last_places(herd):
    for _ in range(ROUNDS):
        meeting = MeetingFactory(capacity=2)
        codes = ("IE", "DE", "FR", "IT", "PT", "AL")
        invitations = [InvitationFactory(meeting=meeting, country=CountryFactory(code=code), sent=True) for code in codes]
        tokens = [link_of(NominationFactory(invitation=invitation)) for invitation in invitations]

        outcomes = herd.run("tests.participants.acts:complete", [{"token": token} for token in tokens])

        assert sorted(outcomes) == ["confirmed"] * 2 + ["waitlisted"] * 4


def test_a_name_taken_back_while_it_is_completed_has_no_place(herd):
    outcomes = []
    for _ in range(ROUNDS):
        nomination = NominationFactory()
        acts = [{"name": "complete", "token": link_of(nomination)}, {"name": "take_back", "nomination": nomination.pk}]

        outcomes.append(herd.run("tests.participants.acts:act", acts)[0])

        assert not Participant.objects.filter(nomination=nomination, state="confirmed").exists()

    assert set(outcomes) <= {"confirmed", "LinkRevoked"}


def test_a_nominee_replaced_by_several_is_replaced_once(herd):
    nomination = NominationFactory()
    entries = [{"nomination": nomination.pk, "email": f"{n}@garda.example"} for n in range(PROCESSES)]

    outcomes = herd.run("tests.participants.acts:replace", entries)

    assert sorted(outcomes) == ["NominationOver"] * 5 + ["put_forward"]
    assert put_forward(nomination.invitation) == 1
