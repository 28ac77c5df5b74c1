"""Going over to the other language in the middle of a form: everything that was typed comes along, and nothing is saved."""

import re

import pytest

from participants.models import Participant

REGISTER = "/meetings/strasbourg-2026/register/"
EDIT = "/my/strasbourg-2026/edit/"
SWITCH = re.compile(r'id="other-language" type="submit" name="redraw" value="(\w+)" formaction="([^"]+)" formnovalidate>([^<]+)<')


def switch_of(page):
    """What the button to the other language sends, where to, and what it says."""
    return SWITCH.search(page.content.decode()).groups()


def value_of(page, name):
    """What stands in a field of the page."""
    return re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page.content.decode())[1]


@pytest.mark.parametrize(
    ("path", "button"),
    [
        (f"{REGISTER}?sector=police", ("form", f"/fr{REGISTER}?sector=police", "Continuer en français")),
        (f"/fr{REGISTER}?sector=police", ("form", f"{REGISTER}?sector=police", "Continue in English")),
    ],
)
def test_the_blank_form_has_a_button_to_its_twin(client, meeting, path, button):
    page = client.get(path)

    assert switch_of(page) == button
    assert re.search(r'<li class="pg-nav-language"><a href="([^"]+)"', page.content.decode())[1] == "#other-language"


def test_the_start_page_holds_no_answers_and_links_its_twin(client, meeting):
    html = client.get(REGISTER).content.decode()

    assert SWITCH.search(html) is None
    assert re.search(r'<li class="pg-nav-language"><a href="([^"]+)"', html)[1] == f"/fr{REGISTER}"


def test_the_form_comes_in_french_with_what_was_typed_and_is_not_judged(client, meeting, typed):
    page = client.post(f"/fr{REGISTER}", typed(email="siobhan@", country=None) | {"redraw": "form"})

    assert page.status_code == 200
    assert '<html lang="fr">' in page.content.decode()
    assert (value_of(page, "email"), value_of(page, "function")) == ("siobhan@", "Detective Sergeant")
    assert 'id="error-summary"' not in page.content.decode()


def test_the_languages_asked_for_follow_as_on_a_blank_form(client, meeting, typed):
    page = client.post(f"/fr{REGISTER}", typed() | {"redraw": "form"}).content.decode()

    chosen = re.findall(r'name="((?:listening_)?language)" value="(\w+)"[^>]*checked', page)
    assert chosen == [("language", "fr"), ("listening_language", "fr")]


def test_a_form_with_mistakes_has_the_button_too(client, meeting, typed):
    page = client.post(REGISTER, typed(email="siobhan@"))

    assert switch_of(page) == ("form", f"/fr{REGISTER}", "Continuer en français")


def test_the_answers_to_check_come_in_french_as_they_were_given(client, meeting, typed):
    page = client.post(f"/fr{REGISTER}", typed(step=None) | {"redraw": switch_of(client.post(REGISTER, typed()))[0]})

    assert "<h1>Vérifiez vos réponses</h1>" in page.content.decode()
    assert [value_of(page, name) for name in ("email", "language")] == ["siobhan@garda.example", "en"]
    assert not Participant.objects.exists()


def test_the_question_for_the_sector_keeps_the_answers_too(client, meeting, typed):
    asked = client.post(REGISTER, typed(focus="sector"))

    page = client.post(f"/fr{REGISTER}", typed(step="change", sector=None) | {"redraw": switch_of(asked)[0]})

    assert page.status_code == 200
    assert value_of(page, "email") == "siobhan@garda.example"


def test_a_correction_goes_over_with_what_was_typed_and_saves_nothing(client_of, registration, typed):
    browser = client_of(registration.user)

    page = browser.post(f"/fr{EDIT}", typed(function="Inspector", language="fr") | {"redraw": switch_of(browser.get(EDIT))[0]})

    assert (page.status_code, value_of(page, "function")) == (200, "Inspector")
    registration.refresh_from_db()
    assert registration.function != "Inspector"
