"""A person's own page for the passport that a visa letter needs."""

import datetime as dt

import pytest

from participants.models import Participant, Passport
from tests.factories import PassportFactory

PAGE = "/my/strasbourg-2026/passport/"
MINE = "/my/strasbourg-2026/"


@pytest.fixture
def browser(client_of, expert):
    return client_of(expert)


@pytest.fixture
def written():
    """What somebody types, with changes."""
    passport = {"nationality": "IE", "number": "xk 447-7120", "birth_place": "Ballyvaughan"}
    days = {"issued_on": "2022-03-01", "expires_on": "2036-02-28", "born_on": "1984-07-09"}
    return lambda **changes: {**passport, **days, **changes}


@pytest.fixture
def stale(settings):
    """Every proof of who somebody is was given too long ago."""
    settings.FRESH_SIGN_IN_SECONDS = 0


def test_it_is_entered_and_kept(browser, registration, written):
    response = browser.post(PAGE, written())

    kept = Passport.objects.get()
    assert (response.status_code, response["Location"]) == (303, MINE)
    assert (kept.participant, kept.nationality, kept.number, kept.birth_place) == (registration, "IE", "XK4477120", "Ballyvaughan")
    assert (kept.issued_on, kept.expires_on, kept.born_on) == (dt.date(2022, 3, 1), dt.date(2036, 2, 28), dt.date(1984, 7, 9))


def test_it_is_shown_again_and_corrected(browser, registration, written):
    PassportFactory(participant=registration, number="AB123456")

    assert 'value="AB123456"' in browser.get(PAGE).text
    browser.post(PAGE, written())

    assert list(Passport.objects.values_list("number", flat=True)) == ["XK4477120"]


def test_it_is_deleted_at_once(browser, registration):
    PassportFactory(participant=registration)

    response = browser.post(PAGE, {"delete": "yes"})

    assert (response["Location"], Passport.objects.exists()) == (MINE, False)


def test_what_is_kept_is_shown_after_a_fresh_proof_only(browser, registration, stale):
    PassportFactory(participant=registration, number="AB123456")

    response = browser.get(PAGE)

    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/accounts/reauthenticate/code/")


def test_a_page_with_nothing_on_it_needs_no_proof(browser, stale):

    assert browser.get(PAGE).status_code == 200


def test_a_form_with_mistakes_shows_what_was_typed_and_not_what_is_kept(browser, registration, written, stale):
    PassportFactory(participant=registration, birth_place="Kutaisi")

    response = browser.post(PAGE, written(birth_place=""))

    assert (response.status_code, "Kutaisi" in response.text, "447-7120" in response.text) == (422, False, True)


@pytest.mark.parametrize("state", ["pending", "waitlisted", "declined", "withdrawn"])
def test_nobody_without_a_place_is_asked(browser, registration, written, state):
    Participant.objects.filter(pk=registration.pk).update(state=state)

    assert [browser.get(PAGE).status_code, browser.post(PAGE, written()).status_code] == [404, 404]
    assert ("passport" in browser.get(MINE).text, Passport.objects.exists()) == (False, False)


def test_after_the_meeting_it_can_only_be_deleted(browser, registration, written):
    PassportFactory(participant=registration, number="AB123456")
    meeting = registration.meeting
    type(meeting).objects.filter(pk=meeting.pk).update(starts_on=dt.date(2026, 1, 5), ends_on=dt.date(2026, 1, 6))

    page = browser.get(PAGE).text
    browser.post(PAGE, written())

    assert ("AB123456" in page, 'name="delete"' in page) == (False, True)
    assert Passport.objects.get().number == "AB123456"


def test_nobody_elses_is_found(client_of, other_expert, registration):
    PassportFactory(participant=registration, number="AB123456")

    assert "AB123456" not in client_of(other_expert).get(PAGE).text


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("nationality", "", "Choose a country."),
        ("nationality", "XX", "Choose a country."),
        ("number", "", "Enter the number of your passport."),
        ("number", "12", "A passport number has 4 to 20 letters and digits."),
        ("number", "AB123456<script>", "A passport number has 4 to 20 letters and digits."),
        ("issued_on", "yesterday", "Enter the day as a date, like 1984-07-09."),
        ("issued_on", "2099-01-01", "This day is still to come."),
        ("issued_on", "1980-01-01", "This is before the date of birth."),
        ("expires_on", "2023-01-01", "This passport runs out before the meeting ends."),
        ("born_on", "2099-01-01", "This day is still to come."),
        ("birth_place", "", "Enter the place as it stands in your passport."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(browser, written, field, value, message):
    response = browser.post(PAGE, written(**{field: value}))

    assert (response.status_code, message in response.context["form"].errors[field]) == (422, True)
    assert not Passport.objects.exists()
