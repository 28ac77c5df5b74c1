"""Participants as rows: references, what the database refuses, searching and sorting, the trace."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from meetings.audiences import Category
from participants.models import Participant, PersonalLink
from participants.models.participant import REFERENCE_LETTERS, new_reference
from tests.factories import BodyFactory, CountryFactory, MeetingFactory, ParticipantFactory


def found(text):
    """Family names of those whom a search finds."""
    return sorted(Participant.objects.matching(text).values_list("family_name", flat=True))


# --- references ---


def test_a_reference_starts_with_the_meeting_and_cannot_be_misread():
    references = {new_reference(MeetingFactory.build(code="CYB17")) for _ in range(200)}

    assert len(references) == 200
    assert all(re.fullmatch(rf"CYB17-[{REFERENCE_LETTERS}]{{7}}", reference) for reference in references)


def test_the_same_form_gets_the_same_reference():
    meeting = MeetingFactory.build()

    assert new_reference(meeting, submission_key="k") == new_reference(meeting, submission_key="k")
    assert new_reference(meeting, submission_key="k") != new_reference(meeting, submission_key="l")


def test_a_reference_does_not_tell_its_key(settings):
    meeting = MeetingFactory.build()
    ours = new_reference(meeting, submission_key="k")
    settings.SECRET_KEY = "another installation"

    assert new_reference(meeting, submission_key="k") != ours


# --- what the database refuses, whoever writes ---


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "pending", "registered_at": None}, "participant_registered_has_time"),
        ({"state": "unconfirmed"}, "participant_registered_has_time"),
        ({"category": "member_state", "country": None}, "participant_of_state_has_country"),
        ({"category": "host", "country": None}, "participant_of_state_has_country"),
    ],
)
def test_a_row_that_cannot_be_true(registration, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        Participant.objects.filter(pk=registration.pk).update(**fields)


def test_an_address_registers_once_for_a_meeting(registration):
    with pytest.raises(IntegrityError):
        ParticipantFactory(meeting=registration.meeting, email=registration.email, user=None)


def test_a_person_registers_once_for_a_meeting(registration):
    with pytest.raises(IntegrityError):
        ParticipantFactory(meeting=registration.meeting, user=registration.user)


def test_several_people_may_have_no_address(meeting):
    ParticipantFactory.create_batch(2, meeting=meeting, email="", user=None)

    assert Participant.objects.count() == 2


def test_a_constraint_speaks_to_people(registration):
    registration.country = None

    with pytest.raises(ValidationError) as refused:
        registration.full_clean()

    assert refused.value.messages == ["Somebody sent by a state needs a country."]


def test_an_organisation_sends_people_without_a_country(db):
    ParticipantFactory(category="international_organisation", country=None, body=BodyFactory()).full_clean()


def test_the_address_is_stored_in_one_form(registration):
    registration.email = "Maeve.Orrin@GARDA.example"

    registration.full_clean()

    assert registration.email == "maeve.orrin@garda.example"


# --- searching ---


@pytest.mark.parametrize(
    "text",
    ["ni bhriain", "Ní", "NÍ BHRIAIN", "bhriain siobhan", "o'connor", "o’connor", "siobhan@garda", "cyber crime", "CYB26-", "síochána"],
)
def test_a_search_forgives_accents_case_and_order(meeting, text):
    ParticipantFactory(
        meeting=meeting,
        given_name="Siobhán",
        family_name="Ní Bhriain-O'Connor",
        email="siobhan@garda.example",
        service="Cyber Crime Bureau",
        organisation="An Garda Síochána",
    )

    assert found(text) == ["Ní Bhriain-O'Connor"]


def test_every_word_must_be_found(registration):
    assert found("maeve orrin") == ["Orrin"]
    assert found("maeve brandt") == []


@pytest.mark.parametrize("text", ["livia", "Canary", "livia.canary@polizia.example"])
def test_a_protected_person_is_not_found_by_name(protected_registration, text):
    assert found(text) == []


def test_a_protected_person_is_found_by_alias(protected_registration):
    assert found("expert k.") == ["Canary"]


def test_protection_given_later_takes_the_name_out_of_the_search(registration):
    registration.is_protected, registration.alias = True, "Expert M."
    registration.save(update_fields=["is_protected", "alias"])

    assert found("orrin") == []
    assert found("expert m.") == ["Orrin"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", "100%"])
def test_signs_of_the_database_mean_themselves(registration, text):
    assert found(text) == []


# --- sorting and sets ---


def test_the_official_order_is_category_then_country_then_name(meeting):
    ireland, germany = CountryFactory(code="IE"), CountryFactory(code="DE")
    rows = [
        ("academia", germany, "Adler"),
        ("member_state", ireland, "Walsh"),
        ("member_state", ireland, "Byrne"),
        ("member_state", germany, "Zimmer"),
        ("host", ireland, "Aherne"),
    ]
    for category, country, family_name in rows:
        ParticipantFactory(meeting=meeting, category=category, country=country, family_name=family_name)

    ordered = Participant.objects.in_official_order("en")

    assert [person.family_name for person in ordered] == ["Zimmer", "Byrne", "Walsh", "Adler", "Aherne"]


def test_an_unconfirmed_form_is_nobodys_registration(meeting, stranger):
    ParticipantFactory(meeting=meeting, unconfirmed=True, user=stranger)

    assert not Participant.objects.of(stranger).exists()
    assert not Participant.objects.registered().exists()


@pytest.mark.parametrize("state", [state for state in Participant.State.values if state != "waitlisted"])
def test_only_who_waits_has_a_place_in_line(meeting, state):
    assert ParticipantFactory(meeting=meeting, **{state: True}).place_in_line() is None


def test_who_runs_the_meeting_counts_towards_no_limit():
    assert [category.value for category in Category if category not in Category.counting()] == ["secretariat", "interpreter"]


def test_who_is_sent_by_a_state():
    assert [category.value for category in Category.states()] == ["member_state", "other_state", "host"]


# --- the trace ---


def test_the_trace_holds_old_and_new(registration):
    registration.function = "Superintendent"
    registration.save()

    assert list(registration.history.values_list("function", flat=True)) == ["Superintendent", "Detective Inspector"]


def test_the_trace_does_not_hold_the_search_key(registration):
    assert not hasattr(registration.history.first(), "search_key")


# --- links ---


def test_a_new_link_replaces_the_earlier_ones(registration):
    until = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    first, second = (PersonalLink.issue(registration, purpose="prove_address", expires_at=until) for _ in range(2))

    assert PersonalLink.objects.find(first, purpose="prove_address").revoked_at is not None
    assert PersonalLink.objects.find(second, purpose="prove_address").revoked_at is None


def test_a_link_is_for_one_purpose(registration):
    token = PersonalLink.issue(registration, purpose="prove_address", expires_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))

    assert PersonalLink.objects.find(token, purpose="certificate") is None


def test_an_account_with_registrations_is_not_deleted(registration):
    with pytest.raises(ProtectedError):
        registration.user.delete()
