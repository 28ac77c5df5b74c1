"""An erased registration says nothing of the person, and every figure stays what it was."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.looks import key_of
from accounts.models import Look
from participants import errors, services
from participants.models import ExportedPeople, ExportRecord, Journey, Needs, Participant, Passport, PersonalLink, Reveal
from participants.services.erasure import KEPT
from tests.factories import ParticipantFactory, PassportFactory

State = Participant.State


def erased(participant):
    services.erase_registration(participant=participant)
    return Participant.objects.get(pk=participant.pk)


@pytest.fixture
def somebody(meeting):
    return ParticipantFactory(
        meeting=meeting, phone="+353 1 555", salutation="ms", notes="Came late.", alias="Expert K.", submission_key="x", protected=True
    )


def test_what_says_who_it_was_is_empty(somebody):
    after = erased(somebody)

    told = ("given_name", "family_name", "email", "phone", "salutation", "function", "service", "organisation", "alias", "notes")
    assert [getattr(after, name) for name in told] == [""] * len(told)
    assert (after.user, after.submission_key, after.is_protected, after.asks_protection) == (None, None, False, False)


def test_what_figures_are_made_of_stays(somebody):
    after = erased(somebody)

    names = KEPT - {"created_at", "registered_at", "decided_at"}
    assert [getattr(after, name) for name in names] == [getattr(somebody, name) for name in names]


def test_days_stay_and_times_go(somebody):
    after = erased(somebody)

    zone = somebody.meeting.zone
    assert after.registered_at.astimezone(zone).date() == somebody.registered_at.astimezone(zone).date()
    assert after.registered_at.astimezone(zone).hour == 12


def test_reference_is_another_one(somebody):
    after = erased(somebody)

    assert after.reference != somebody.reference
    assert after.search_key.strip() == after.reference.lower()


def test_what_hangs_on_it_goes(somebody, administrator):
    Needs.objects.create(participant=somebody, diet="vegan")
    Journey.objects.create(participant=somebody, hotel="Hôtel des Orangers")
    PersonalLink.issue(somebody, purpose="prove_address", expires_at=timezone.now())
    Reveal.objects.create(participant=somebody, made_by=administrator, reason="To call her.")
    ExportedPeople.write(ExportRecord.objects.create(purpose="full"), [somebody.pk])
    services.withdraw(participant=somebody, by=somebody.user)
    PassportFactory(participant=somebody)

    gone = services.erase_registration(participant=somebody)

    assert not Needs.objects.exists()
    assert not Journey.objects.exists()
    assert not Passport.objects.exists()
    assert not PersonalLink.objects.exists()
    assert not Participant.history.exists()
    assert list(Reveal.objects.values_list("reason", flat=True)) == [""]
    assert ExportedPeople.exports_with(somebody.pk) == []
    assert {name.split(".")[1]: number for name, number in gone.items()} == {
        "needs": 1,
        "journey": 1,
        "passport": 1,
        "personallink": 1,
        "reveal": 1,
        "exportedpeople": 1,
        "historicalparticipant": 3,
        "message": 1,
        "participant": 1,
    }


def test_looks_and_trail_stay_under_the_new_reference(somebody, administrator):
    Look.objects.create(by=administrator, what="participant_page", key=key_of(somebody), reference=somebody.reference, spell=1)
    kind = ContentType.objects.get_for_model(Participant)
    LogEntry.objects.create(
        user=administrator, content_type=kind, object_id=str(somebody.pk), object_repr=somebody.reference, action_flag=CHANGE
    )

    after = erased(somebody)

    assert [(look.key, look.reference) for look in Look.objects.all()] == [(key_of(somebody), after.reference)]
    assert [line.object_repr for line in LogEntry.objects.all()] == [after.reference]


def test_a_reference_it_had_got_before_is_given_again(somebody):
    services.erase_registration(participant=somebody, reference="CYB26-BCDFGHJ")

    assert Participant.objects.get(pk=somebody.pk).reference == "CYB26-BCDFGHJ"


def test_twice_changes_nothing(somebody):
    reference = erased(somebody).reference

    again = services.erase_registration(participant=somebody)

    assert again == {}
    assert Participant.objects.get(pk=somebody.pk).reference == reference


def test_everybody_sees_nobody(somebody, administrator):
    after = erased(somebody)

    assert {after.face_for(viewer).formal_name for viewer in (None, administrator)} == {"Erased person"}


@pytest.mark.parametrize("step", [services.approve, services.put_on_waiting_list, services.reopen])
@pytest.mark.parametrize("state", ["pending", "withdrawn"])
def test_nothing_happens_to_the_erased_any_more(meeting, step, state):
    nobody = erased(ParticipantFactory(meeting=meeting, **{state: True}))

    with pytest.raises(errors.WrongState):
        step(participant=nobody, by=None)


def test_erased_cannot_be_withdrawn(somebody):
    with pytest.raises(errors.WrongState):
        services.withdraw(participant=erased(somebody), by=None)


def test_same_address_can_register_again(somebody):
    address = somebody.email
    erased(somebody)

    ParticipantFactory(meeting=somebody.meeting, email=address, user=somebody.user)

    assert Participant.objects.filter(email=address).count() == 1
