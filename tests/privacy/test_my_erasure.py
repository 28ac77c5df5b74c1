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
