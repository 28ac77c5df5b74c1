"""A restored backup: whoever was erased since is erased again, and nobody else."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import User
from participants.models import Participant
from privacy.models import Erasure
from privacy.services import tombstones
from privacy.services.erasing import erase_person, plan_for
from privacy.services.people import person_behind
from privacy.services.registrations import let_go_of_registrations
from privacy.services.replaying import replay
from tests.factories import SessionFactory

ROWS = (User, Participant)


def backup():
    """The people as they are."""
    return [list(model.objects.order_by("pk")) for model in ROWS]


def restored(rows):
    """Put back people and forget the ledger, as an older database does. The list lies beside it."""
    Erasure.objects.all().delete()
    for batch in rows:
        for row in batch:
            row.save()


@pytest.fixture
def brought_back(registration, other_expert):
    """Maeve Orrin, erased after the backup that was then restored."""
    session = SessionFactory(meeting=registration.meeting, speakers="Orrin")
    rows = backup()
    plan = plan_for(person_behind(registration))
    erasure = erase_person(plan=plan, by=None, also=[f"meetings.session:{session.pk}:speakers"])
    tombstones.complete()
    restored(rows)
    session.speakers = "Orrin"
    session.save()
    return registration, erasure, session


def test_whoever_was_erased_is_erased_again(brought_back):
    registration, erasure, session = brought_back
    assert Participant.objects.get(pk=registration.pk).is_erased is False

    result = replay(file=tombstones.path())

    after = Participant.objects.get(pk=registration.pk)
    session.refresh_from_db()
    assert (result.done, result.known, result.strangers) == ([2], 0, [])
    assert (after.is_erased, after.reference) == (True, erasure.references[0])
    assert not User.objects.filter(email="maeve.orrin@garda.example").exists()
    assert session.speakers == ""


def test_the_ledger_has_the_same_line_again(brought_back):
    _, erasure, _ = brought_back

    replay(file=tombstones.path())

    again = Erasure.objects.get()
    assert (again.uid, again.made_at, again.references, again.marks) == (erasure.uid, erasure.made_at, erasure.references, erasure.marks)


def test_others_are_left_alone(brought_back, other_expert):
    replay(file=tombstones.path())

    assert Participant.objects.get(user=other_expert).is_erased is False


def test_twice_changes_nothing(brought_back):
    replay(file=tombstones.path())

    result = replay(file=tombstones.path())

    assert (result.done, result.known) == ([], 1)
    assert len(list(tombstones.read(tombstones.path()))) == 1


def test_dry_run_touches_nothing(brought_back):
    registration, _, _ = brought_back

    result = replay(file=tombstones.path(), dry=True)

    assert result.done == [2]
    assert Participant.objects.get(pk=registration.pk).is_erased is False


def test_a_key_that_is_somebody_elses_by_now_is_not_touched(brought_back):
    registration, _, _ = brought_back
    Participant.objects.filter(pk=registration.pk).update(created_at=registration.registered_at)

    result = replay(file=tombstones.path())

    assert (result.done, result.strangers) == ([], [2])
    assert Participant.objects.get(pk=registration.pk).is_erased is False


def test_registrations_of_a_purge_come_back_under_the_same_reference(registration):
    rows = backup()
    let_go_of_registrations(Participant.objects.filter(pk=registration.pk))
    tombstones.complete()
    reference = Participant.objects.get(pk=registration.pk).reference
    restored(rows)

    replay(file=tombstones.path())

    after = Participant.objects.get(pk=registration.pk)
    assert (after.is_erased, after.reference) == (True, reference)
    assert User.objects.filter(pk=registration.user_id).exists()


def test_a_line_that_cannot_be_read_does_not_stop_the_others(brought_back):
    path = tombstones.path()
    path.write_text('{"uid": "half a li\n' + path.read_text())

    with pytest.raises(CommandError, match="Line 1 cannot be read"):
        call_command("replay_erasures")

    assert Erasure.objects.count() == 1


def test_a_missing_list_is_written_anew_from_the_table(brought_back):
    replay(file=tombstones.path())
    tombstones.path().unlink()

    tombstones.complete()

    assert [one.uid for _, one in tombstones.read(tombstones.path())] == [Erasure.objects.get().uid]


def test_list_says_nothing_of_who_it_was(brought_back):
    text = tombstones.path().read_text()

    assert [word for word in ("Orrin", "Maeve", "garda", "CYB26-MAEVE") if word.lower() in text.lower()] == []


def test_command_says_how_many(brought_back, capsys):
    call_command("replay_erasures")

    assert capsys.readouterr().out.splitlines()[0] == "1 erased again, 0 known already."


def test_command_without_a_list(db):
    with pytest.raises(CommandError, match="There is no list at"):
        call_command("replay_erasures")
