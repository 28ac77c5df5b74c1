"""The pages of places, on a telephone and on a desktop, in both languages: an offer, handing over, duplicates, the balance."""

import pytest

from accounts.models import User
from participants import services
from participants.models import Participant, PersonalLink, Target
from tests.browser.screen import findings, follow, mailed, press
from tests.factories import CountryFactory, MeetingFactory, OfferFactory, ParticipantFactory, SectorFactory, UserFactory, in_days

DESKTOP, PHONE = 1280, 320
LOOKS = [("", DESKTOP), ("/fr", PHONE)]
LIST = "/admin/participants/participant/"
TAKE_OVER = r"(http\S+/take-over/\S+)"


@pytest.fixture
def meeting(committed_db):
    SectorFactory(code="police")
    CountryFactory(code="IE", member=True)
    return MeetingFactory(slug="strasbourg-2026", code="CYB26", capacity=1, offer_hours=24)


@pytest.fixture
def officer(secretariat) -> User:
    return secretariat


@pytest.fixture
def pair(meeting):
    """Two registrations that are one person's, whose names are long."""
    same = {"meeting": meeting, "given_name": "Maximiliane", "family_name": "Wolfeschlegelsteinhausenbergerdorff"}
    return [ParticipantFactory(**same, function=function, **state) for function, state in (("Inspector", {}), ("Chief", {"pending": True}))]


@pytest.mark.parametrize(("prefix", "width"), LOOKS)
def test_an_offer_is_shown_accepted_and_past(meeting, open_page, prefix, width):
    person = ParticipantFactory(meeting=meeting, waitlisted=True)
    OfferFactory(participant=person)
    link = PersonalLink.issue(person, purpose=PersonalLink.Purpose.ANSWER_OFFER, expires_at=in_days(30))

    page = open_page(f"{prefix}/registrations/offer/{link}/", width=width)
    shown = findings(page)
    with page.expect_navigation():
        page.locator("button[value=accept]").click()

    assert (shown, findings(page)) == ({}, {})
    assert page.inner_text("h1") == {"": "You have a place.", "/fr": "Vous avez une place."}[prefix]


@pytest.mark.parametrize(("prefix", "width"), LOOKS)
def test_a_place_is_handed_to_a_colleague(meeting, open_page, prefix, width):
    holder = ParticipantFactory(meeting=meeting)
    page = open_page(f"{prefix}/my/strasbourg-2026/hand-over/", user=holder.user, width=width)
    found = [findings(page)]
    for name, value in {"family_name": "Fallon", "function": "Inspector", "email": "nuala@garda.example"}.items():
        page.fill(f"#id_{name}", value)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    found.append(findings(page))

    guest = open_page(mailed(TAKE_OVER).replace("/registrations/", f"{prefix}/registrations/", 1), width=width)
    found.append(findings(guest))
    guest.check("#id_visibility_0")
    guest.check("#id_privacy_accepted")
    with guest.expect_navigation():
        guest.locator("main form button[type=submit]").last.click()
    found.append(findings(guest))

    assert found == [{}, {}, {}, {}]
    assert sorted(Participant.objects.values_list("family_name", "state")) == [
        ("Fallon", "confirmed"),
        (holder.family_name, "withdrawn"),
    ]


@pytest.mark.parametrize(("prefix", "width"), LOOKS)
def test_two_registrations_are_compared_and_merged(meeting, officer, pair, open_page, prefix, width):
    page = open_page(f"{prefix}{LIST}duplicates/", user=officer, width=width)
    found = [findings(page)]
    with page.expect_navigation():
        page.locator("a[href*=compare]").first.click()
    found.append(findings(page))
    with page.expect_navigation():
        page.locator("main form button[type=submit]:not([name=apart]), #content form button[type=submit]:not([name=apart])").first.click()
    found.append(findings(page))

    assert found == [{}, {}, {}]
    assert sorted(Participant.objects.values_list("state", flat=True)) == ["confirmed", "withdrawn"]


@pytest.mark.parametrize(("prefix", "width"), LOOKS)
def test_the_balance(meeting, officer, open_page, prefix, width):
    ParticipantFactory(meeting=MeetingFactory(over=True), salutation="ms")
    ParticipantFactory(meeting=meeting, salutation="mr")
    Target.objects.create(meeting=meeting, dimension="gender", value="ms", wanted=1)

    page = open_page(f"{prefix}/admin/balance/", user=officer, width=width)

    assert findings(page) == {}
    assert page.locator(".pg-cross").count() == 7


@pytest.mark.parametrize(("prefix", "width"), LOOKS)
def test_for_whom_a_place_is_held_is_seen_on_the_list_and_on_the_first_page(meeting, officer, open_page, prefix, width):
    person = ParticipantFactory(meeting=meeting, waitlisted=True)
    OfferFactory(participant=person)

    page = open_page(f"{prefix}{LIST}?promise=held", user=officer, width=width)
    found = [findings(page)]
    page.goto(f"{prefix}/admin/")
    found.append(findings(page))

    assert found == [{}, {}]
    assert person.family_name in page.inner_text(".pg-empty-places")


def test_whoever_signs_in_with_an_address_that_was_merged_is_told_where_to_go(meeting, pair, open_page):
    stays, goes = pair
    services.merge(survivor=stays, other=goes, by=UserFactory(staff=True))
    page = open_page("/accounts/login/", width=PHONE)
    page.fill("#id_email", goes.user.email)
    press(page, "Send me a code")
    page.fill("#id_code", mailed(r"Your code is (\S+)\."))
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "Kept under your other address" in page.inner_text("main")
    assert findings(page) == {}
    follow(page, "See the meetings")
