"""What stands around every page."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

STATEMENT = "/accessibility/"


def page(response):
    return response.content.decode()


def links(html, part):
    """The addresses linked within the first element of that class, in their order."""
    start = html.index(f'class="{part}"')
    return re.findall(r'href="([^"]+)"', html[start : html.index("</nav>" if part == "pg-nav" else "</footer>", start)])


def test_a_visitor_may_sign_in_and_read_in_the_other_language(client, db):
    assert links(page(client.get(STATEMENT)), "pg-nav") == ["/meetings/", "/accounts/login/", "/fr/accessibility/"]


def test_the_french_page_says_so_and_leads_to_the_english_one(client, db):
    html = page(client.get("/fr/accessibility/"))

    assert '<html lang="fr">' in html
    assert links(html, "pg-nav") == ["/fr/meetings/", "/fr/accounts/login/", "/accessibility/"]


def test_an_expert_finds_the_registrations_and_the_way_out(client_of, stranger):
    html = page(client_of(stranger).get(STATEMENT))

    assert links(html, "pg-nav") == ["/meetings/", "/my/", "/accounts/2fa/", "/fr/accessibility/"]
    assert '<form method="post" action="/accounts/logout/">' in html


def test_staff_find_the_back_office(client_of, secretariat):
    html = page(client_of(secretariat).get(STATEMENT))

    assert links(html, "pg-nav") == ["/meetings/", "/admin/", "/accounts/2fa/", "/fr/accessibility/"]


def test_help_stands_at_the_same_place_on_every_page(client, db):
    places = {tuple(links(page(client.get(path)), "pg-footer")) for path in (STATEMENT, "/meetings/", "/accounts/login/")}

    assert places == {("/privacy/", "/accessibility/", "mailto:meetings@secretariat.example")}


def test_search_engines_are_told_of_both_languages(client, db):
    html = page(client.get(STATEMENT))

    assert re.findall(r'hreflang="(\w+)" href="([^"]+)">', html)[:2] == [
        ("fr", "http://testserver/fr/accessibility/"),
        ("en", "http://testserver/accessibility/"),
    ]


def test_an_unknown_address_offers_the_other_languages_first_page(client, db):
    html = page(client.get("/nowhere/"))

    assert links(html, "pg-nav")[-1] == "/fr/"
    assert 'rel="alternate"' not in html


def test_the_frame_asks_nothing_of_the_database_for_a_visitor(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(STATEMENT)


def test_the_frame_sets_no_cookie_for_a_visitor(client, db):
    assert dict(client.get(STATEMENT).cookies) == {}


def test_the_demo_says_that_it_is_one(client, db, settings):
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.pompidou.demo_urls"

    assert "Demo: every person and figure here is invented." in page(client.get(STATEMENT))


def test_the_real_site_says_nothing_of_a_demo(client, db):
    assert "Demo" not in page(client.get(STATEMENT))


def test_the_title_of_a_page_with_errors_begins_with_it():
    html = render_to_string("base.html", {"page_error": True}, RequestFactory().get(STATEMENT))

    assert re.search("<title>(.*)</title>", html)[1].startswith("Error: ")


def test_a_form_with_errors_needs_no_word_from_its_view(client, db):
    html = page(client.post("/accounts/login/", {"login": "", "password": ""}))

    assert re.search("<title>(.*)</title>", html)[1] == "Error: Sign in – Pompidou Group meetings"


@pytest.mark.parametrize("path", ["/livez", "/accessibility/"])
def test_nothing_is_styled_or_scripted_within_a_page(client, db, path):
    html = page(client.get(path))

    assert re.findall(r"<style|\sstyle=|\son\w+=|<script>", html) == []
