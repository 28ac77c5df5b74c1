"""Addresses and forms of the back office that no page of ours links to: each is refused, none breaks it, whatever the model."""

import pytest
from django.contrib import admin
from django.urls import reverse

from delegations.models import Country
from tests.corpus import KEYS, QUERIES
from tests.factories import CountryFactory, RoomFactory
from tests.filled import filled
from tests.security.canaries import undrawn

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def browser(client_of, administrator):
    browser = client_of(administrator)
    browser.raise_request_exception = False
    return browser


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_no_key_breaks_a_page_about_one_row(browser, model, page):
    with undrawn():
        answers = {key: browser.get(f"{list_of(model)}{key}/{page}/").status_code for key in KEYS}

    assert {key: status for key, status in answers.items() if status not in {302, 403, 404}} == {}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_query_string_breaks_a_list(browser, meeting, registration, model):
    answers = {query: browser.get(f"{list_of(model)}?{query}").status_code for query in QUERIES}

    assert {query: status for query, status in answers.items() if status not in {200, 302, 400, 403}} == {}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_ticked_row_breaks_a_list(browser, model):
    action = next(iter(admin.site._registry[model].get_actions(browser.get(list_of(model)).wsgi_request)), "none")

    def tick(key):
        return browser.post(list_of(model), {"action": action, "index": 0, "_selected_action": key}).status_code

    answers = {key: tick(key) for key in [*KEYS, "\x00", "", "1,2"]}

    assert {key: status for key, status in answers.items() if status not in {200, 302, 400, 403}} == {}


def test_no_hidden_key_of_a_row_below_a_form_breaks_it(browser):
    """Thirty digits there reached the database."""
    country = CountryFactory(member=True)
    address = f"{list_of(Country)}{country.pk}/change/"
    form = filled(browser.get(address), "country_form")
    answers = {key: browser.post(address, {**form, "statuses-0-id": key}).status_code for key in ["9" * 30, "-1", "x", "\x00", "9" * 5000]}

    assert {key: status for key, status in answers.items() if status not in {200, 400}} == {}


def test_a_row_that_does_not_exist_is_refused_in_words(browser):
    page = browser.post("/admin/participants/participant/", {"action": "approve", "_selected_action": "x"})

    assert page.status_code == 400
    assert "We did not understand that" in page.content.decode()


def test_a_filter_that_cannot_be_read_shows_the_whole_list(browser):
    response = browser.get("/admin/meetings/meeting/?starts_on__year=99999")

    assert response.headers["Location"] == "/admin/meetings/meeting/?e=1"


def test_nobody_filters_by_patterns(browser):
    assert browser.get("/admin/meetings/meeting/?slug__regex=(a%2B)%2B$").status_code == 400


def test_an_unknown_row_has_no_history(browser):
    assert browser.get("/admin/meetings/meeting/x/history/").status_code == 404


@pytest.mark.parametrize("page", ["add/", "{room}/change/"])
def test_the_other_language_is_reached_by_saving_where_something_can_be_typed(browser, page):
    address = f"/admin/meetings/room/{page.format(room=RoomFactory().pk)}"

    html = browser.get(address).content.decode()

    assert f'<a href="#other-language" id="language-link" data-twin="/fr{address}"' in html
    assert f'<button class="button" id="other-language" type="submit" name="_continue" value="1" formaction="/fr{address}"' in html


@pytest.mark.parametrize("page", ["", "{room}/history/", "{room}/delete/"])
def test_the_other_language_is_a_link_where_nothing_can_be_saved(browser, page):
    address = f"/admin/meetings/room/{page.format(room=RoomFactory().pk)}"

    html = browser.get(address).content.decode()

    assert f'<a href="/fr{address}" id="language-link"' in html
    assert 'id="other-language"' not in html


def test_those_who_may_only_read_a_row_have_no_button_for_saving_it(client_of, host_liaison):
    address = f"/admin/meetings/room/{RoomFactory().pk}/change/"

    html = client_of(host_liaison).get(address).content.decode()

    assert f'<a href="/fr{address}" id="language-link"' in html
    assert 'id="other-language"' not in html


def test_a_form_with_errors_comes_in_the_other_language_with_what_was_typed(browser):
    room = RoomFactory()

    page = browser.post(f"/fr/admin/meetings/room/{room.pk}/change/", {"_continue": "1", "name_en": "Great hall", "seats": "many"})

    assert page.status_code == 200
    assert 'name="name_en" value="Great hall"' in page.content.decode()
    assert '<a href="#other-language" id="language-link" data-twin="/admin/' in page.content.decode()
