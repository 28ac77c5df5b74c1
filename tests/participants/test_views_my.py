"""A person's own pages: what they show, what may be done there, and that nobody else's can be reached."""

import re

import pytest

from participants import errors, services
from participants.models import Consent, Journey, Needs, Participant
from tests.corpus import REFUSED, case_id, cases, urlencoded
from tests.factories import BodyFactory, ParticipantFactory, SectorFactory, in_days

MINE = "/my/strasbourg-2026/"
PAGES = ["/my/strasbourg-2026/", "/my/strasbourg-2026/edit/", "/my/strasbourg-2026/withdraw/", "/my/strasbourg-2026/reopen/"]


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def browser(client_of, expert):
    """Maeve Orrin's browser, signed in."""
    return client_of(expert)


@pytest.fixture
def corrected(typed):
    """Maeve's answers as the correction form sends them."""

    def make(**changes):
        return typed(given_name="Maeve", family_name="Orrin", **changes)

    return make


# --- who may look ---


@pytest.mark.parametrize("page", ["/my/", *PAGES])
def test_whoever_is_not_signed_in_is_asked_to(client, registration, page):
    response = client.get(page)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_does_not_find_it(client_of, stranger, registration, page):
    assert client_of(stranger).get(page).status_code == 404


@pytest.mark.parametrize("page", PAGES[1:])
def test_a_stranger_changes_nothing(client_of, stranger, registration, page):
    assert client_of(stranger).post(page).status_code == 404
    registration.refresh_from_db()
    assert registration.state == "confirmed"


def test_neighbours_see_their_own_registration_only(client_of, registration, other_expert):
    page = client_of(other_expert).get(MINE)

    assert "Brandt" in text_of(page)
    assert "Orrin" not in text_of(page)
    assert registration.reference not in text_of(page)


def test_staff_find_their_own_registrations_and_nobody_elses(client_of, secretariat, registration):
    browser = client_of(secretariat)

    assert browser.get("/my/").status_code == 200
    assert browser.get(MINE).status_code == 404


def test_a_form_whose_address_is_not_proven_is_not_shown(client_of, stranger, meeting):
    ParticipantFactory(meeting=meeting, unconfirmed=True, email=stranger.email)

    assert "No registration yet" in text_of(client_of(stranger).get("/my/"))


# --- what they see ---


def test_all_registrations_are_listed_with_their_status(browser, expert, past_meeting):
    ParticipantFactory(meeting=past_meeting, user=expert, email=expert.email, withdrawn=True)

    page = text_of(browser.get("/my/"))

    assert page.index("You have a place.") < page.index("Your registration is withdrawn.")


def test_the_status_comes_first_as_a_sentence(browser):
    html = browser.get(MINE).content.decode()

    assert re.search(r"<h1[^>]*>You have a place\.</h1>", html)


def test_the_place_in_the_queue_is_said_in_words(browser, registration):
    ParticipantFactory.create_batch(2, meeting=registration.meeting, waitlisted=True, registered_at=in_days(-5))
    Participant.objects.filter(pk=registration.pk).update(state="waitlisted")

    assert "You are third in line." in text_of(browser.get(MINE))


def test_the_page_shows_ones_own_answers_even_when_protected(client_of, protected_expert):
    page = text_of(client_of(protected_expert).get(MINE))

    assert "Canary" in page
    assert "Undercover officer" in page


def test_a_refusal_shows_its_reason(browser, registration, secretariat):
    services.decline(participant=registration, by=secretariat, reason="Places for industry are taken.")

    page = text_of(browser.get(MINE))

    assert "Your registration was declined." in page
    assert "Places for industry are taken." in page


def test_the_page_speaks_french(browser):
    page = browser.get("/fr/my/strasbourg-2026/")

    assert page.status_code == 200
    assert "Irlande" in text_of(page)


def test_the_page_takes_few_queries_whatever_the_queue(browser, registration, django_assert_max_num_queries):
    Participant.objects.filter(pk=registration.pk).update(state="waitlisted")
    ParticipantFactory.create_batch(5, meeting=registration.meeting, waitlisted=True)

    with django_assert_max_num_queries(11):
        browser.get(MINE)


# --- correct ---


def test_the_form_shows_the_answers_and_neither_address_nor_sector(browser):
    html = browser.get(f"{MINE}edit/").content.decode()

    assert 'value="Orrin"' in html
    assert '<option value="IE" selected>' in html
    assert 'name="email"' not in html
    assert 'name="sector"' not in html


def test_answers_can_be_corrected(browser, registration, corrected):
    response = browser.post(f"{MINE}edit/", corrected(function="Superintendent", diet="vegan"))

    assert (response.status_code, response["Location"]) == (303, MINE)
    registration.refresh_from_db()
    assert registration.function == "Superintendent"
    assert registration.needs.diet == "vegan"
    assert registration.history.first().history_user == registration.user


@pytest.mark.parametrize(("state", "is_asked"), [("confirmed", True), ("pending", False), ("waitlisted", False)])
def test_how_somebody_travels_is_asked_of_those_with_a_place(browser, registration, state, is_asked):
    Participant.objects.filter(pk=registration.pk).update(state=state)

    html = browser.get(f"{MINE}edit/").text

    assert [f'name="{name}"' in html for name in ("arrives_on", "arrival_details", "hotel")] == [True, is_asked, is_asked]


def test_a_journey_can_be_corrected(browser, registration, corrected):
    day = registration.meeting.starts_on.isoformat()

    browser.post(f"{MINE}edit/", corrected(arrives_on=day, arrival_details="Flight EI 540, 14:35", hotel="Orangers"))

    journey = Journey.objects.get()
    assert (journey.participant, journey.arrives_on.isoformat(), journey.departs_on) == (registration, day, None)
    assert (journey.arrival_details, journey.hotel) == ("Flight EI 540, 14:35", "Orangers")
    assert "Flight EI 540, 14:35" in text_of(browser.get(MINE))


def test_needs_can_be_taken_back(browser, registration, corrected):
    Needs.objects.create(participant=registration, diet="vegan")

    browser.post(f"{MINE}edit/", corrected())

    assert not Needs.objects.exists()


def test_what_is_not_on_the_form_cannot_be_corrected(browser, registration, corrected):
    browser.post(
        f"{MINE}edit/", {**corrected(email="thief@x.example"), "sector": "industry", "category": "host", "state": "declined", "alias": "x"}
    )

    registration.refresh_from_db()
    unchanged = (registration.email, registration.sector.code, registration.category, registration.state, registration.alias)
    assert unchanged == ("maeve.orrin@garda.example", "police", "member_state", "confirmed", "")


def test_another_country_brings_its_category(browser, registration, corrected):
    browser.post(f"{MINE}edit/", corrected(country="AL"))

    registration.refresh_from_db()
    assert (registration.country.code, registration.category) == ("AL", "other_state")


def test_a_category_given_by_the_secretariat_stays(browser, registration, corrected):
    Participant.objects.filter(pk=registration.pk).update(category="host")

    browser.post(f"{MINE}edit/", corrected(country="AL"))

    registration.refresh_from_db()
    assert registration.category == "host"


def test_protection_can_be_asked_for_later_and_counts_at_once(browser, registration, corrected):
    browser.post(f"{MINE}edit/", corrected(asks_protection="on"))

    registration.refresh_from_db()
    assert (registration.asks_protection, registration.is_protected) == (True, True)


def test_protection_is_lifted_by_the_secretariat_only(client_of, protected_expert, protected_registration, corrected):
    client_of(protected_expert).post(f"{MINE}edit/", corrected(country="IT"))

    protected_registration.refresh_from_db()
    assert (protected_registration.asks_protection, protected_registration.is_protected) == (False, True)


def test_that_the_name_is_hidden_stands_with_the_answers(client_of, protected_expert, protected_registration):
    Participant.objects.filter(pk=protected_registration.pk).update(state="confirmed")

    shown = text_of(client_of(protected_expert).get(MINE))

    assert shown.index("Your name is hidden") < shown.index("If you need a visa")


def test_protection_that_was_lifted_stays_lifted_after_a_correction(browser, registration, corrected):
    Participant.objects.filter(pk=registration.pk).update(asks_protection=True, is_protected=False)

    browser.post(f"{MINE}edit/", corrected(asks_protection="on"))

    registration.refresh_from_db()
    assert not registration.is_protected


def test_mistakes_keep_what_was_typed(browser, registration, corrected):
    page = browser.post(f"{MINE}edit/", corrected(function="", service="Typed, not lost"))

    assert page.status_code == 422
    assert '<a href="#id_function">Enter your function.</a>' in page.content.decode()
    assert "Typed, not lost" in page.content.decode()


def test_after_the_freeze_date_what_was_typed_is_given_back_unsaved(browser, registration, corrected):
    registration.meeting.frozen_on = in_days(-1).date()
    registration.meeting.save()

    page = browser.post(f"{MINE}edit/", corrected(function="Too late"))

    assert page.status_code == 403
    assert "Too late" in text_of(page)
    registration.refresh_from_db()
    assert registration.function == "Detective Inspector"


def test_after_the_freeze_date_there_is_no_form(browser, registration):
    registration.meeting.frozen_on = in_days(-1).date()
    registration.meeting.save()

    page = browser.get(f"{MINE}edit/")

    assert page.status_code == 403
    assert "Your answers can no longer be changed here" in text_of(page)
    assert "Change my answers" not in text_of(browser.get(MINE))


def test_a_door_that_closes_while_saving_gives_the_answers_back(browser, registration, corrected, monkeypatch):
    def refuse(**arguments):
        raise errors.AnswersFrozen

    monkeypatch.setattr(services, "correct_answers", refuse)

    page = browser.post(f"{MINE}edit/", corrected(function="Too late"))

    assert page.status_code == 403
    assert "Too late" in text_of(page)


def test_somebody_from_an_organisation_corrects_theirs(client_of, meeting, typed):
    participant = ParticipantFactory(
        meeting=meeting,
        sector=SectorFactory(code="international"),
        category="international_organisation",
        country=None,
        body=BodyFactory(code="example-org"),
        organisation="",
    )
    browser = client_of(participant.user)

    assert '<option value="example-org" selected>' in browser.get(f"{MINE}edit/").content.decode()
    browser.post(f"{MINE}edit/", typed(sector=None, country=None, body="other", organisation="Renamed Organisation"))

    participant.refresh_from_db()
    assert (participant.body, participant.organisation) == (None, "Renamed Organisation")


@pytest.mark.parametrize("case", cases("line"), ids=case_id)
def test_no_input_breaks_the_correction(browser, registration, corrected, case):
    page = browser.post(f"{MINE}edit/", urlencoded(corrected(organisation=case.payload)), content_type="application/x-www-form-urlencoded")

    assert page.status_code == (422 if case.expected == REFUSED else 303)
    registration.refresh_from_db()
    assert registration.organisation == ("National Police" if case.expected == REFUSED else case.expected)


# --- withdraw and come back ---


def test_withdrawing_asks_first(browser, registration):
    page = browser.get(f"{MINE}withdraw/")

    assert "Your place goes to the next in line at once." in text_of(page)
    registration.refresh_from_db()
    assert registration.state == "confirmed"


@pytest.mark.parametrize(
    ("meeting_is", "who", "words"),
    [
        ({"offer_hours": 24}, {}, "Your place is offered to the next in line at once."),
        ({"starts_on": in_days(-1).date()}, {}, "The meeting has begun, so nobody else is called up for your place."),
        ({}, {"category": "interpreter"}, "Your place is not given to anybody else."),
        ({}, {"state": "waitlisted"}, "You lose your turn."),
    ],
)
def test_withdrawing_says_what_becomes_of_the_place(browser, registration, meeting_is, who, words):
    for row, fields in ((registration.meeting, meeting_is), (registration, who)):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()

    assert words in text_of(browser.get(f"{MINE}withdraw/"))


def test_withdrawing_gives_the_place_to_the_next_in_line(browser, registration, outbox):
    registration.meeting.capacity = 1
    registration.meeting.save()
    waiting = ParticipantFactory(meeting=registration.meeting, waitlisted=True)

    response = browser.post(f"{MINE}withdraw/")

    assert (response.status_code, response["Location"]) == (303, MINE)
    registration.refresh_from_db()
    waiting.refresh_from_db()
    assert (registration.state, waiting.state) == ("withdrawn", "confirmed")
    assert outbox() == ["registration_confirmed", "registration_withdrawn"]


def test_withdrawing_twice_changes_nothing(browser, registration, outbox):
    browser.post(f"{MINE}withdraw/")
    browser.post(f"{MINE}withdraw/")

    assert outbox() == ["registration_withdrawn"]


def test_nobody_withdraws_from_a_meeting_that_is_over(client_of, past_meeting):
    participant = ParticipantFactory(meeting=past_meeting)

    client_of(participant.user).post("/my/dublin-2017/withdraw/")

    participant.refresh_from_db()
    assert participant.state == "confirmed"


def test_whoever_withdrew_may_come_back_while_registration_is_open(browser, registration):
    browser.post(f"{MINE}withdraw/")
    assert "Register again" in text_of(browser.get(MINE))

    browser.post(f"{MINE}reopen/")

    registration.refresh_from_db()
    assert registration.state == "pending"


def test_nobody_comes_back_after_registration_closed(browser, registration):
    browser.post(f"{MINE}withdraw/")
    registration.meeting.registration_closes_at = in_days(-1)
    registration.meeting.save()

    page = browser.post(f"{MINE}reopen/", follow=True)

    assert "Registration for this meeting is closed." in text_of(page)
    assert "Register again" not in text_of(page)
    registration.refresh_from_db()
    assert registration.state == "withdrawn"


def test_a_refused_person_cannot_come_back_alone(browser, registration, secretariat):
    services.decline(participant=registration, by=secretariat, reason="No place.")

    browser.post(f"{MINE}withdraw/")
    browser.post(f"{MINE}reopen/")

    registration.refresh_from_db()
    assert registration.state == "declined"


@pytest.mark.parametrize("page", [f"{MINE}withdraw/", f"{MINE}reopen/"])
def test_opening_a_page_changes_nothing(browser, registration, page):
    browser.get(page)

    registration.refresh_from_db()
    assert registration.state == "confirmed"


def test_what_happened_is_told_without_names(browser, registration, secretariat):
    services.decline(participant=registration, by=secretariat, reason="No place.")

    page = text_of(browser.get(MINE))

    assert page.index("What happened so far") < page.index("Declined", page.index("What happened so far"))
    assert "secretariat@secretariat.example" not in page


# --- what was taken back elsewhere ---


@pytest.fixture
def old_form(browser, registration, corrected):
    """Maeve's answers in a form that was opened before she took back that she may be photographed."""
    registration.may_be_photographed = True
    registration.save()
    services.note_consents(registration, how=Consent.How.FORM, by=None, at=registration.created_at)
    mark = browser.get("/my/strasbourg-2026/edit/").context["agreed"]
    services.withdraw_consent(participant=registration, what=Consent.What.PHOTOGRAPHS, by=registration.user)
    return corrected(may_be_photographed="on", phone="+353 1 555 0199", agreed=mark)


def test_an_old_form_agrees_to_nothing_anew(browser, registration, old_form):
    response = browser.post("/my/strasbourg-2026/edit/", old_form)

    registration.refresh_from_db()
    assert response.status_code == 409
    assert registration.may_be_photographed is False


def test_an_old_form_comes_back_with_what_was_typed(browser, old_form):
    form = browser.post("/my/strasbourg-2026/edit/", old_form).context["form"]

    assert (form.initial["phone"], form.initial["may_be_photographed"]) == ("+353 1 555 0199", False)


def test_a_form_looked_at_again_is_saved(browser, registration, old_form):
    mark = browser.post("/my/strasbourg-2026/edit/", old_form).context["agreed"]

    browser.post("/my/strasbourg-2026/edit/", {**old_form, "agreed": mark})

    registration.refresh_from_db()
    assert (registration.phone, registration.may_be_photographed) == ("+353 1 555 0199", True)
