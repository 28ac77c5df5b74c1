"""Somebody asks on their own pages to be erased."""

import pytest

from privacy.models import ErasureRequest

PAGE = "/my/erasure/"


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_asking_writes_a_request(client_of, expert):
    response = client_of(expert).post(PAGE, follow=True)

    assert [asked.user for asked in ErasureRequest.objects.all()] == [expert]
    assert said(response) == ["The secretariat will see that you ask to be erased."]
    assert "You have asked to be erased" in response.text


def test_asking_twice_is_one_request(client_of, expert):
    browser = client_of(expert)
    browser.post(PAGE)
    first = ErasureRequest.objects.get().made_at

    browser.post(PAGE)

    assert ErasureRequest.objects.get().made_at == first


def test_looking_asks_nothing(client_of, expert):
    assert client_of(expert).get(PAGE).status_code == 200
    assert not ErasureRequest.objects.exists()


def test_one_click_asks_a_second_question_first(client_of, expert):
    browser = client_of(expert)

    assert 'href="?sure=1"' in browser.get(PAGE).text
    assert "Ask to be erased?" in browser.get(f"{PAGE}?sure=1").text
    assert not ErasureRequest.objects.exists()


def test_the_page_says_whom_to_write_to(client_of, expert, settings):
    settings.CONTACT_EMAIL = "cyber@secretariat.example"

    assert 'href="mailto:cyber@secretariat.example"' in client_of(expert).get(PAGE).text.split("<main", 1)[1].split("</main", 1)[0]


def test_it_can_be_taken_back(client_of, expert):
    browser = client_of(expert)
    browser.post(PAGE)

    response = browser.post(PAGE, {"take_back": "1"}, follow=True)

    assert not ErasureRequest.objects.exists()
    assert said(response)[-1] == "You no longer ask to be erased."


@pytest.mark.parametrize("address", [PAGE, f"/fr{PAGE}"])
def test_visitors_sign_in_first(client, db, address):
    assert client.get(address).status_code == 302


def test_own_pages_lead_there(client_of, expert):
    assert f'href="{PAGE}"' in client_of(expert).get("/my/").text
