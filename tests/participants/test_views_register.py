"""Registering, step by step, as a browser without JavaScript does it."""

import re

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from correspondence.models import Message
from participants.models import Needs, Participant, PersonalLink
from tests.corpus import CORPUS, REFUSED, case_id, urlencoded
from tests.factories import MeetingFactory, ParticipantFactory, in_days

REGISTER = "/meetings/strasbourg-2026/register/"
FORM = "application/x-www-form-urlencoded"


def text_of(response):
    """The page as a reader sees it, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def hidden_fields(response):
    """What the page's own form would send along unseen."""
    inputs = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', response.content.decode())
    return {name: value for name, value in inputs if name != "csrfmiddlewaretoken"}


def everything():
    """Every row that a registration could have touched."""
    return [list(model.objects.order_by("pk").values()) for model in (Participant, Participant.history.model, Needs, PersonalLink)]


# --- start ---


def test_the_start_page_says_what_is_needed_and_asks_one_question(client, meeting):
    page = client.get(REGISTER)

    assert page.status_code == 200
    assert "It takes about five minutes." in text_of(page)
    assert page.content.decode().count('type="radio"') == 11
    assert not Participant.objects.exists()


def test_the_start_page_speaks_french(client, meeting):
    page = client.get("/fr/meetings/strasbourg-2026/register/")

    assert page.status_code == 200
    assert "Garde-frontières" in text_of(page)
    assert '<html lang="fr">' in page.content.decode()


@pytest.mark.parametrize(
    "query", ["?asked=1", "?sector=", "?sector=astronaut", "?sector=%00", "?sector=a&sector=b", "?sector=" + "x" * 5000]
)
def test_an_answer_that_is_none_is_asked_again(client, meeting, query):
    page = client.get(REGISTER + query)

    assert page.status_code == 422
    assert "There is a problem Choose where you work." in text_of(page)
    assert "<title>Error: " in page.content.decode()


def test_the_form_starts_with_the_language_of_the_page(client, meeting):
    page = client.get("/fr/meetings/strasbourg-2026/register/?sector=police").content.decode()

    assert re.search(r'name="language" value="fr"[^>]*checked', page)
    assert not re.search(r'name="language" value="en"[^>]*checked', page)


def test_each_page_of_the_form_has_a_key_of_its_own(client, meeting):
    first, second = (hidden_fields(client.get(f"{REGISTER}?sector=police"))["submission_key"] for _tab in range(2))

    assert first != second


def test_the_empty_form_may_be_kept_by_the_browser_only(client, meeting):
    assert client.get(f"{REGISTER}?sector=police")["Cache-Control"] == "private, no-cache"


def test_a_page_with_answers_is_kept_nowhere(client, meeting, typed):
    pages = [client.post(REGISTER, form) for form in (typed(), typed(email="siobhan@"), typed(step="change"), typed(focus="email"))]

    assert [page["Cache-Control"] for page in pages] == ["no-store"] * 4


def test_photographs_and_the_notice_are_not_agreed_to_beforehand(client, meeting):
    page = client.get(f"{REGISTER}?sector=police").content.decode()

    assert not re.search(r'type="checkbox"[^>]*checked', page)
    assert not re.search(r'name="visibility"[^>]*checked', page)


# --- check ---


def test_the_answers_are_shown_for_checking_and_nothing_is_stored(client, meeting, typed):
    page = client.post(REGISTER, typed())

    assert page.status_code == 200
    assert "Check your answers" in text_of(page)
    assert "Ní Bhriain-O&#x27;Connor" in page.content.decode()
    assert not Participant.objects.exists()
    assert not client.session.keys()


def test_every_answer_travels_with_the_page(client, meeting, typed):
    page = client.post(REGISTER, typed(accessibility="Step-free,\nplease."))

    carried = hidden_fields(page)
    assert carried["family_name"] == "Ní Bhriain-O&#x27;Connor"
    assert carried["accessibility"] == "Step-free,\nplease."
    assert carried["privacy_accepted"] == "on"
    assert "may_be_photographed" not in carried  # as a box that is not ticked is sent


def test_mistakes_keep_what_was_typed_and_name_the_field(client, meeting, typed):
    page = client.post(REGISTER, typed(email="siobhan@", family_name=""))

    html = page.content.decode()
    assert page.status_code == 422
    assert "<title>Error: " in html
    assert '<a href="#id_family_name">Enter your family name.</a>' in html
    assert 'value="siobhan@"' in html
    assert 'value="An Garda Síochána"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html


def test_change_goes_back_to_the_field_with_everything_typed(client, meeting, typed):
    page = client.post(REGISTER, typed(focus="function", step=None, may_be_photographed="False"))

    html = page.content.decode()
    assert page.status_code == 200
    assert re.search(r'name="function"[^>]*autofocus', html)
    assert 'value="An Garda Síochána"' in html
    assert not re.search(r'name="may_be_photographed"[^>]*checked', html)
    assert "There is a problem" not in html


def test_the_sector_can_be_changed_without_typing_again(client, meeting, typed):
    question = client.post(REGISTER, typed(focus="sector", step=None))
    carried = hidden_fields(question)
    form = client.post(REGISTER, {**carried, "sector": "industry"})

    assert "Where do you work?" in text_of(question)
    assert "Company" in text_of(form)
    assert 'value="siobhan@garda.example"' in form.content.decode()


def test_a_lost_sector_is_asked_again_and_the_answers_kept(client, meeting, typed):
    page = client.post(REGISTER, typed(sector="astronaut"))

    assert page.status_code == 422
    assert hidden_fields(page)["family_name"] == "Ní Bhriain-O&#x27;Connor"


# --- send ---


def test_sending_makes_one_unconfirmed_registration_and_one_mail(client, meeting, typed, outbox):
    response = client.post(REGISTER, typed(step="send"))

    assert response.status_code == 303
    participant = Participant.objects.get()
    assert (participant.state, participant.family_name, participant.sector.code) == ("unconfirmed", "Ní Bhriain-O'Connor", "police")
    assert outbox() == ["registration_confirm_address"]
    page = client.get(response["Location"])
    assert participant.reference in text_of(page)
    assert "A mail was sent to the address you gave" in text_of(page)
    assert "siobhan" not in text_of(page).lower()


def test_a_french_registration_gets_french_mail(client, meeting, typed):
    client.post("/fr" + REGISTER, typed(step="send", language="fr"))

    message = Message.objects.get()
    assert message.language == "fr"
    assert "/fr/registrations/confirm/" in message.body


def test_an_expert_from_an_organisation_not_in_the_list(client, meeting, typed):
    client.post(
        REGISTER,
        typed(
            step="send",
            sector="international",
            body="other",
            organisation="International Narcotics Watch",
            given_name="",
            family_name="김민준",
        ),
    )

    participant = Participant.objects.get()
    assert (participant.family_name, participant.category) == ("김민준", "international_organisation")
    assert participant.country is None


def test_needs_go_into_their_own_table(client, meeting, typed):
    client.post(REGISTER, typed(step="send", diet="vegan", accessibility="Step-free access"))

    needs = Needs.objects.get()
    assert (needs.diet, needs.accessibility) == ("vegan", "Step-free access")


def test_a_request_for_protection_hides_the_name_from_the_first_moment(client, meeting, typed):
    client.post(REGISTER, typed(step="send", asks_protection="on"))

    participant = Participant.objects.get()
    assert participant.is_protected
    assert participant.face_for(None).is_masked


def test_sending_without_checking_first_is_judged_just_the_same(client, meeting, typed):
    page = client.post(REGISTER, typed(step="send", privacy_accepted=None))

    assert page.status_code == 422
    assert not Participant.objects.exists()


def test_sending_twice_changes_nothing_and_answers_the_same(client, meeting, typed, outbox):
    first = client.post(REGISTER, typed(step="send"))
    before = everything()

    second = client.post(REGISTER, typed(step="send"))

    assert second["Location"] == first["Location"]
    assert everything() == before
    assert outbox() == ["registration_confirm_address"]


def test_going_back_and_sending_a_correction_takes_it_in(client, meeting, typed):
    client.post(REGISTER, typed(step="send"))
    client.post(REGISTER, typed(step="send", function="Detective Inspector"))

    assert [p.function for p in Participant.objects.all()] == ["Detective Inspector"]


def test_two_tabs_make_one_registration_and_the_later_one_counts(client, meeting, typed):
    client.post(REGISTER, typed(step="send", submission_key="a" * 32, service="First tab"))
    client.post(REGISTER, typed(step="send", submission_key="b" * 32, service="Second tab"))

    assert [p.service for p in Participant.objects.all()] == ["Second tab"]


def test_a_known_address_gets_the_same_answer_and_no_row_changes(client, meeting, typed, outbox):
    ParticipantFactory(meeting=meeting, email="siobhan@garda.example", function="Unchanged")
    before = everything()

    known = client.post(REGISTER, typed(step="send", submission_key="a" * 32))
    after = everything()
    fresh = client.post(REGISTER, typed(step="send", submission_key="b" * 32, email="other@garda.example"))

    assert after == before
    assert outbox() == ["registration_known", "registration_confirm_address"]
    assert (known.status_code, sorted(known.headers)) == (fresh.status_code, sorted(fresh.headers))
    pages = [client.get(response["Location"]) for response in (known, fresh)]
    references = [re.search(r"CYB26-\w{7}", text_of(page))[0] for page in pages]
    bodies = [page.content.decode().replace(reference, "REFERENCE") for page, reference in zip(pages, references, strict=True)]
    addresses = [re.sub(r"/sent/[^/\"]+/", "/sent/RECEIPT/", body) for body in bodies]
    assert addresses[0] == addresses[1]


def test_a_key_that_was_lost_is_made_anew(client, meeting, typed):
    page = client.post(REGISTER, typed(step="send", submission_key=None))

    assert page.status_code == 422
    assert "This page was out of date." in text_of(page)
    again = client.post(REGISTER, typed(step="send", submission_key=hidden_fields(page)["submission_key"]))
    assert again.status_code == 303


def test_a_form_without_its_csrf_token_is_refused(meeting, typed):
    response = Client(enforce_csrf_checks=True).post(REGISTER, typed(step="send"))

    assert response.status_code == 403
    assert not Participant.objects.exists()


# --- the receipt ---


@pytest.mark.parametrize("receipt", ["x", "CYB26-AAAAAAA", "WyJDWUIyNiJd:altered", "%00", "x" * 3000])
def test_an_altered_receipt_is_not_found(client, meeting, receipt):
    assert client.get(f"{REGISTER}sent/{receipt}/").status_code == 404


def test_a_receipt_belongs_to_its_meeting(client, meeting, typed):
    MeetingFactory(slug="lisbon-2028", code="CYB28")
    receipt = client.post(REGISTER, typed(step="send"))["Location"].rsplit("/", 2)[1]

    assert client.get(f"/meetings/lisbon-2028/register/sent/{receipt}/").status_code == 404


def test_a_receipt_signed_for_something_else_is_not_found(client, meeting):
    other = signing.Signer(salt="something.else").sign_object(["CYB26-AAAAAAA", "2026-12-01"])

    assert client.get(f"{REGISTER}sent/{other}/").status_code == 404


# --- when nobody can register ---


def test_before_it_opens_the_page_says_when(client, db):
    meeting = MeetingFactory(slug="lisbon-2028", announced=True)

    page = client.get("/meetings/lisbon-2028/register/")

    assert page.status_code == 200
    assert "Registration is not open yet" in text_of(page)
    assert str(meeting.registration_opens_at.year) in text_of(page)


def test_a_closed_registration_names_the_secretariat(client, db):
    MeetingFactory(slug="lisbon-2028", closed=True)

    page = client.get("/meetings/lisbon-2028/register/")

    assert page.status_code == 403
    assert "Registration is closed" in text_of(page)
    assert "meeting@secretariat.example" in text_of(page)


def test_a_meeting_that_is_over_is_gone(client, past_meeting):
    page = client.get("/meetings/dublin-2017/register/")

    assert page.status_code == 410
    assert "This meeting is over" in text_of(page)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("slug", ["lisbon-2027", "atlantis-1999"])
def test_drafts_and_unknown_meetings_are_not_found(client, draft_meeting, slug, method):
    assert getattr(client, method)(f"/meetings/{slug}/register/").status_code == 404


def test_a_deadline_that_passes_while_typing_gives_the_answers_back(client, meeting, typed):
    meeting.registration_closes_at = in_days(0.5)
    meeting.save()

    with time_machine.travel(in_days(1)):
        page = client.post(REGISTER, typed(step="send"))

    assert page.status_code == 403
    assert "Your answers were not sent" in text_of(page)
    assert "Ní Bhriain-O&#x27;Connor" in page.content.decode()
    assert not Participant.objects.exists()
    assert not Message.objects.exists()


def test_other_methods_are_not_allowed(client, meeting):
    assert client.delete(REGISTER).status_code == 405


# --- hostile input, through the whole page ---

FIELDS = {"line": "organisation", "text": "diet_details", "email": "email", "telephone": "phone", "date": "departs_on", "choice": "country"}


@pytest.mark.parametrize("case", [case for case in CORPUS if case.surface in FIELDS], ids=case_id)
def test_no_input_breaks_the_page(client, meeting, typed, case):
    page = client.post(REGISTER, urlencoded(typed(**{FIELDS[case.surface]: case.payload})), content_type=FORM)

    assert page.status_code == (422 if case.expected == REFUSED else 200)
    assert "<script>alert(1)</script>" not in page.content.decode()
    assert not Participant.objects.exists()


def test_a_megabyte_is_refused_before_it_is_read(client, meeting, typed):
    assert client.post(REGISTER, typed(organisation="x" * 1_100_000)).status_code == 400


def test_lists_where_one_value_is_expected_take_the_last(client, meeting, typed):
    page = client.post(REGISTER, {**typed(), "family_name": ["First", "Last"], "country[]": "FR"})

    assert page.status_code == 200
    assert hidden_fields(page)["family_name"] == "Last"


# --- cost ---


def test_the_form_takes_few_queries(client, meeting):
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{REGISTER}?sector=police")

    assert len(queries) <= 10


def test_a_complete_registration_takes_at_most_fifty_one_statements(client, committed_db, typed, last_link):
    MeetingFactory(slug="strasbourg-2026", code="CYB26")

    with CaptureQueriesContext(connection) as form:
        client.get(REGISTER)
        client.get(f"{REGISTER}?sector=police")
        client.post(REGISTER, typed())
        sent = client.post(REGISTER, typed(step="send"))
        client.get(sent["Location"])
    link = last_link()
    with CaptureQueriesContext(connection) as confirmation:
        client.get(link)
        client.post(link)

    assert Participant.objects.get().state == "pending"
    assert len(form) + len(confirmation) <= 51  # five of them count tries, three ask which notice is in force
