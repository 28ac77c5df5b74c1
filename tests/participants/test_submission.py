"""What a form sent twice, or sent again after going back, does to the rows and the mails."""

import datetime as dt

import pytest

from participants import errors, services
from participants.models import Needs, Participant
from participants.services import registration as registration_service
from tests.factories import CountryFactory, SectorFactory


def answers(**changes):
    return {
        "given_name": "Maeve",
        "family_name": "Orrin",
        "email": "maeve.orrin@garda.example",
        "category": "member_state",
        "sector": SectorFactory(code="police"),
        "country": CountryFactory(code="IE"),
        **changes,
    }


def test_the_same_form_sent_twice_makes_one_registration_and_one_mail(meeting, outbox):
    first = services.submit_registration(meeting=meeting, answers=answers(), needs={}, submission_key="k")

    second = services.submit_registration(meeting=meeting, answers=answers(), needs={}, submission_key="k")

    assert first == second
    assert Participant.objects.count() == 1
    assert outbox() == ["registration_confirm_address"]


def test_a_form_sent_again_with_another_function_is_taken_in(meeting, outbox):
    services.submit_registration(meeting=meeting, answers=answers(function="Sergeant"), needs={}, submission_key="k")

    services.submit_registration(meeting=meeting, answers=answers(function="Inspector"), needs={}, submission_key="k")

    assert list(Participant.objects.values_list("function", flat=True)) == ["Inspector"]
    assert outbox() == ["registration_confirm_address", "registration_confirm_address"]


def test_a_form_sent_again_with_a_corrected_address_reaches_that_address(meeting, outbox):
    services.submit_registration(meeting=meeting, answers=answers(email="maeve@garad.example"), needs={}, submission_key="k")

    services.submit_registration(meeting=meeting, answers=answers(email="maeve@garda.example"), needs={}, submission_key="k")

    assert sorted(Participant.objects.values_list("email", flat=True)) == ["maeve@garad.example", "maeve@garda.example"]
    assert outbox() == ["registration_confirm_address", "registration_confirm_address"]


def test_a_meeting_without_a_closing_time_takes_registrations_until_its_last_day(past_meeting):
    past_meeting.registration_closes_at = None

    assert past_meeting.registration_is_open(dt.datetime(2017, 12, 14, 20, tzinfo=dt.UTC))
    assert not past_meeting.registration_is_open(dt.datetime(2017, 12, 15, 8, tzinfo=dt.UTC))


def test_whoever_withdrew_may_come_back(registration, expert):
    services.withdraw(participant=registration, by=expert)

    back = services.reopen(participant=registration, by=expert)

    assert back.state == "pending"


def test_whoever_was_withdrawn_by_the_secretariat_may_not_come_back_alone(registration, expert, secretariat):
    services.withdraw(participant=registration, by=secretariat)

    with pytest.raises(errors.WrongState):
        services.reopen(participant=registration, by=expert)


def test_withdrawing_does_not_undo_a_refusal(registration, expert, secretariat):
    services.decline(participant=registration, by=secretariat, reason="No place.")

    with pytest.raises(errors.WrongState):
        services.withdraw(participant=registration, by=expert)
    registration.refresh_from_db()
    assert registration.state == "declined"


def test_needs_said_in_a_first_form_are_kept_and_emptied_by_a_second(meeting):
    services.submit_registration(meeting=meeting, answers=answers(), needs={"diet": "vegan"}, submission_key="k")
    assert Needs.objects.get().diet == "vegan"

    services.submit_registration(meeting=meeting, answers=answers(), needs={"diet": ""}, submission_key="l")

    assert not Needs.objects.exists()


def test_a_reference_that_is_taken_already_gives_way_to_another(meeting, monkeypatch):
    numbers = {0: "CYB-TAKEN", 1: "CYB-FREE"}
    monkeypatch.setattr(registration_service, "new_reference", lambda meeting, *, submission_key, attempt: numbers[attempt])
    services.submit_registration(meeting=meeting, answers=answers(), needs={}, submission_key="k")

    reference = services.submit_registration(meeting=meeting, answers=answers(email="other@garda.example"), needs={}, submission_key="l")

    assert reference == "CYB-FREE"
