"""The registration form: who is asked what, what it makes of the answers, and what it refuses."""

import datetime as dt
import unicodedata

import pytest
from django.core.mail.message import sanitize_address
from django.http import QueryDict
from django.utils import translation

from participants import choices, notice
from participants.forms import RegistrationForm, summary
from tests.corpus import CORPUS, DROPPED, REFUSED, case_id, cases, urlencoded
from tests.factories import BodyFactory, CountryFactory, MeetingFactory

FIELD_OF = {
    "line": "family_name",
    "text": "accessibility",
    "email": "email",
    "telephone": "phone",
    "date": "arrives_on",
    "choice": "country",
    "key": "submission_key",
}


@pytest.fixture
def form(meeting, typed):
    """Make a bound form for a sector from what was typed."""

    def make(sector="police", **changes):
        data = QueryDict(urlencoded(typed(sector=sector, **changes)))
        return RegistrationForm(data, meeting=meeting, sector=choices.sector(sector))

    return make


def blank(meeting, sector):
    return RegistrationForm(meeting=meeting, sector=choices.sector(sector))


# --- who is asked what ---


def test_police_are_asked_for_country_authority_service_and_function(meeting):
    assert blank(meeting, "police").sections[1].fields == ("country", "organisation", "service", "function", "asks_protection")


@pytest.mark.parametrize("sector", ["police", "customs", "border", "prosecutor", "judge"])
def test_law_enforcement_and_judiciary_may_ask_that_their_name_be_hidden(meeting, sector):
    assert "asks_protection" in blank(meeting, sector).fields


@pytest.mark.parametrize("sector", ["it", "postal", "other", "industry", "academia", "international"])
def test_others_are_not_asked_about_hiding_their_name(meeting, sector):
    assert "asks_protection" not in blank(meeting, sector).fields


def test_international_organisations_choose_themselves_from_a_list(meeting):
    form = blank(meeting, "international")

    assert form.sections[1].fields == ("body", "organisation", "service", "function")
    assert "country" not in form.fields


@pytest.mark.parametrize(("sector", "label"), [("industry", "Company"), ("academia", "University or institute"), ("police", "Authority")])
def test_the_organisation_is_called_what_it_is(meeting, sector, label):
    assert str(blank(meeting, sector).fields["organisation"].label) == label


def test_countries_are_listed_in_the_order_of_the_language(meeting):
    with translation.override("fr"):
        names = [name for _code, name in blank(meeting, "police").fields["country"].options()]

    assert names.index("Albanie") < names.index("Allemagne") < names.index("Égypte") < names.index("Zambie")


def test_only_organisations_of_that_name_at_the_time_are_offered(past_meeting):
    codes = [code for code, _name in blank(past_meeting, "international").fields["body"].options()]

    assert "EMCDDA" in codes
    assert "EUDA" not in codes


def test_every_field_of_a_section_is_there_and_no_other(meeting):
    form = blank(meeting, "police")

    assert {name for section in form.sections for name in section.fields} == set(form.fields) - {"submission_key", "privacy_version"}


# --- what it makes of the answers ---


def test_a_complete_form_becomes_columns(form, meeting):
    filled = form()

    assert filled.is_valid(), filled.errors
    answers = filled.answers()
    assert (answers["given_name"], answers["family_name"]) == ("Siobhán", "Ní Bhriain-O'Connor")
    assert answers["country_id"] == CountryFactory(code="IE").pk
    assert answers["body_id"] is None
    assert answers["category"] == "member_state"
    assert answers["privacy_notice"] == notice.version_in_force()
    assert answers["may_be_photographed"] is False
    assert answers["is_protected"] is False


def test_a_one_word_name_is_a_name(form):
    filled = form("international", given_name="", family_name="김민준", country=None, body="INTERPOL")

    assert filled.is_valid(), filled.errors
    assert filled.answers()["family_name"] == "김민준"


def test_a_decomposed_name_is_stored_composed(form):
    filled = form(given_name=unicodedata.normalize("NFD", "Siobhán"))

    assert filled.is_valid(), filled.errors
    assert filled.answers()["given_name"] == "Siobhán"
    assert unicodedata.is_normalized("NFC", filled.answers()["given_name"])


@pytest.mark.parametrize(("code", "category"), [("IE", "member_state"), ("AL", "other_state"), ("US", "other_state")])
def test_the_country_decides_the_category_of_an_authority(form, code, category):
    filled = form(country=code)
    filled.is_valid()

    assert filled.answers()["category"] == category


def test_the_countrys_status_on_the_first_day_counts(db):
    meeting = MeetingFactory(starts_on=dt.date(2019, 12, 30))  # Armenia became a member on 1 January 2020
    later = MeetingFactory(starts_on=dt.date(2020, 1, 2))
    armenia = next(row for row in choices.countries() if row.code == "AM")
    police = choices.sector("police")

    assert choices.category_for(sector=police, country=armenia, meeting=meeting) == "other_state"
    assert choices.category_for(sector=police, country=armenia, meeting=later) == "member_state"


@pytest.mark.parametrize(
    ("sector", "category"), [("industry", "private_sector"), ("academia", "academia"), ("international", "international_organisation")]
)
def test_other_sectors_have_a_category_of_their_own(form, sector, category):
    filled = form(sector, body="EUROPOL")

    assert filled.is_valid(), filled.errors
    assert filled.answers()["category"] == category


def test_a_request_for_protection_counts_at_once(form):
    filled = form(asks_protection="on")
    filled.is_valid()

    assert (filled.answers()["asks_protection"], filled.answers()["is_protected"]) == (True, True)


def test_protection_cannot_be_taken_from_a_sector_that_is_not_asked(form):
    filled = form("industry", asks_protection="on")
    filled.is_valid()

    assert filled.answers()["is_protected"] is False


def test_columns_nobody_asked_about_are_emptied(form):
    filled = form("international", body="EUROPOL", country="IE", service="")
    filled.is_valid()

    assert filled.answers()["country_id"] is None


def test_category_state_and_rights_are_not_taken_from_the_form(form):
    filled = form(category="secretariat", state="confirmed", is_protected="on", is_first_timer="", alias="x", notes="x", user="1")
    filled.is_valid()

    answers = filled.answers()
    assert answers["category"] == "member_state"
    assert {"state", "alias", "notes", "user", "is_first_timer"}.isdisjoint(answers)
    assert answers["is_protected"] is False


# --- what it refuses ---


@pytest.mark.parametrize(
    "name", ["family_name", "email", "country", "organisation", "function", "language", "listening_language", "visibility"]
)
def test_what_is_needed_is_asked_for_beside_the_field(form, name):
    filled = form(**{name: ""})

    assert list(filled.errors) == [name]


def test_the_privacy_notice_must_be_accepted(form):
    assert form(privacy_accepted=None).errors == {"privacy_accepted": ["Read the privacy notice and tick the box to register."]}


def test_the_notice_to_be_read_is_linked_under_its_own_address(meeting):
    label = str(blank(meeting, "police").fields["privacy_accepted"].label)

    assert f'href="/privacy/{notice.version_in_force()}/"' in label


def test_a_notice_that_changed_meanwhile_must_be_read_again(form):
    filled = form(privacy_version="1999-1")

    assert filled.errors == {"privacy_accepted": ["The privacy notice has changed in the meantime. Please read it again and tick the box."]}
    assert not filled["privacy_accepted"].value()
    assert filled["privacy_version"].value() == notice.version_in_force()


@pytest.mark.parametrize("name", ["may_be_photographed", "privacy_accepted", "asks_protection", "visibility", "needs_agreed"])
def test_nothing_that_is_agreed_to_is_ticked_beforehand(meeting, name):
    form = blank(meeting, "police")

    assert not form[name].value()
    assert " checked" not in str(form[name])


def test_another_organisation_must_be_named(form):
    filled = form("international", body="other", organisation="")

    assert filled.errors == {"organisation": ["Enter the name of your organisation."]}


def test_another_organisation_that_is_named_is_taken(form):
    filled = form("international", body="other", organisation="International Narcotics Watch")

    assert filled.is_valid(), filled.errors
    assert (filled.answers()["body_id"], filled.answers()["organisation"]) == (None, "International Narcotics Watch")


def test_something_else_to_eat_must_be_said(form):
    assert form(diet="other", diet_details="").errors == {"diet_details": ["Say what you need."]}


@pytest.mark.parametrize("name", ["diet", "diet_details", "accessibility"])
def test_what_somebody_needs_is_kept_only_when_they_agree(form, name):
    filled = form(**{name: "vegan"}, needs_agreed=None)

    assert filled.errors == {
        "needs_agreed": ["Tick the box so that we may keep what you need, or leave the questions about food and access empty."]
    }


def test_whoever_needs_nothing_has_nothing_to_agree_to(form):
    assert form(needs_agreed=None).errors == {}


def test_departure_is_not_before_arrival(form, meeting):
    filled = form(arrives_on=meeting.starts_on.isoformat(), departs_on=(meeting.starts_on - dt.timedelta(days=1)).isoformat())

    assert filled.errors == {"departs_on": ["The departure is before the arrival."]}


def test_leaving_on_the_day_of_arrival_is_possible(form, meeting):
    assert form(arrives_on=meeting.starts_on.isoformat(), departs_on=meeting.starts_on.isoformat()).is_valid()


@pytest.mark.parametrize(("days", "is_near"), [(14, True), (15, False)])
def test_arrival_is_within_two_weeks_of_the_meeting(form, meeting, days, is_near):
    filled = form(arrives_on=(meeting.starts_on - dt.timedelta(days=days)).isoformat())

    assert filled.is_valid() is is_near


def test_a_date_may_be_typed_where_the_browser_has_no_calendar(form, meeting):
    filled = form(arrives_on=f"{meeting.starts_on:%d/%m/%Y}")

    assert filled.is_valid(), filled.errors
    assert filled.journey()["arrives_on"] == meeting.starts_on


@pytest.mark.parametrize("case", [case for case in CORPUS if case.surface in FIELD_OF], ids=case_id)
def test_hostile_and_unusual_input(form, case):
    name = FIELD_OF[case.surface]
    filled = form(**{name: case.payload})

    if case.expected == REFUSED:
        assert list(filled.errors) == ["__all__" if name == "submission_key" else name]
    else:
        assert filled.errors == {}
        assert filled.cleaned_data[name] == ("" if case.expected == DROPPED else case.expected)


@pytest.mark.parametrize("case", [case for case in cases("email") if case.expected != REFUSED], ids=case_id)
def test_every_address_that_is_taken_can_be_sent_to(case):
    assert sanitize_address(case.expected, "utf-8").isascii()


def test_a_new_key_replaces_one_that_was_altered(form):
    filled = form(submission_key="altered!")

    assert filled.non_field_errors() == ["This page was out of date. Please check your answers and go on."]
    assert len(filled["submission_key"].value()) == 32


# --- how answers are shown again ---


def test_answers_are_summed_up_in_words(form, meeting):
    filled = form(arrives_on=meeting.starts_on.isoformat(), salutation="ms", diet="vegan")
    filled.is_valid()

    words = {answer.name: answer.text for part in summary(filled) for answer in part.answers}

    assert words["salutation"] == "Ms"
    assert words["country"] == "Ireland"
    assert words["diet"] == "Vegan"
    assert words["may_be_photographed"] == "No"
    assert words["arrives_on"].startswith(f"{meeting.starts_on:%A}")
    assert words["phone"] == ""


def test_answers_that_do_not_pass_are_shown_as_typed(form):
    filled = form(email="siobhan@", country="nowhere")
    filled.is_valid()

    words = {answer.name: answer.text for part in summary(filled) for answer in part.answers}

    assert (words["email"], words["country"]) == ("siobhan@", "nowhere")


def test_organisations_are_shown_with_their_acronym(meeting):
    BodyFactory(code="example-org")

    names = dict(blank(meeting, "international").fields["body"].options())

    assert names["example-org"] == "International Example Organisation (IEO)"
    assert str(names["other"]) == "Another organisation"
