"""What a form sent twice, or sent again after going back, does to the rows and the mails."""

import datetime as dt

from participants import services
from participants.models import Participant
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
