"""Signing out, and the order of the doors on the sign-in page."""

import pytest


def test_signing_out_makes_the_browser_forget(client_of, stranger):
    browser = client_of(stranger)

    response = browser.post("/accounts/logout/")

    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response.headers["Location"] == "/accounts/signed-out/"
    assert "_auth_user_id" not in browser.session


def test_looking_at_the_page_signs_nobody_out(client_of, stranger):
    browser = client_of(stranger)

    response = browser.get("/accounts/logout/")

    assert "Clear-Site-Data" not in response.headers
    assert "_auth_user_id" in browser.session


def test_an_old_cookie_is_dead_after_signing_out(client_of, stranger):
    browser = client_of(stranger)
    cookie = browser.cookies["__Host-sessionid"].value
    browser.post("/accounts/logout/")

    browser.cookies["__Host-sessionid"] = cookie

    assert browser.get("/my/").headers["Location"] == "/accounts/login/?next=/my/"


def test_the_back_offices_own_way_out_is_the_same(client_of, secretariat):
    response = client_of(secretariat).post("/admin/logout/")

    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


@pytest.mark.parametrize(
    ("address", "first"),
    [("/accounts/login/", "door-code"), ("/accounts/login/?next=/my/", "door-code"), ("/accounts/login/?next=/fr/admin/", "door-password")],
)
def test_the_door_that_is_likely_yours_comes_first(client, db, address, first):
    html = client.get(address).content.decode()

    assert min(("door-code", "door-password"), key=lambda door: html.index(f'id="{door}"')) == first


def test_the_back_office_has_no_sign_in_page_of_its_own(client, db):
    assert client.get("/admin/login/?next=/admin/meetings/").headers["Location"] == "/accounts/login/?next=/admin/meetings/"


def test_whoever_may_not_enter_the_back_office_is_told_so(client_of, stranger):
    assert client_of(stranger).get("/admin/login/?next=/admin/").status_code == 403


def test_changing_the_password_in_the_back_office_leads_to_the_one_page(client_of, secretariat):
    assert client_of(secretariat).get("/admin/password_change/").headers["Location"] == "/accounts/password/change/"
