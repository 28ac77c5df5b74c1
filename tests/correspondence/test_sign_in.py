"""Signing in with a code: the library's pages, our words, our outbox."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from correspondence.models import Message
from tests.factories import PASSWORD

ASK = "/accounts/login/code/"
ENTER = "/accounts/login/code/confirm/"
CODE = re.compile(r"Your code is ([A-Z0-9-]+)\.")


@pytest.fixture
def browser():
    return Client()


def ask(browser, address):
    """Ask for a code, as the form on the sign-in page does; returns the page that then asks for it."""
    return browser.post(ASK, {"email": address}, follow=True)


def code_sent():
    return CODE.search(Message.objects.get(kind="sign_in_code").body)[1]


def text_of(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_an_expert_signs_in_with_the_code_from_the_mail(browser, expert):
    ask(browser, "Maeve.Orrin@GARDA.example")

    response = browser.post(ENTER, {"code": code_sent()})

    assert response.headers["Location"] == "/my/"
    assert browser.get("/my/").context["user"] == expert


def test_the_code_comes_in_the_language_of_the_account_whatever_that_of_the_page(browser, expert):
    User.objects.filter(pk=expert.pk).update(language="fr")

    ask(browser, expert.email)

    assert Message.objects.get(kind="sign_in_code").language == "fr"


def test_an_unknown_address_is_answered_in_the_language_of_the_page(browser, db):
    browser.post("/fr/accounts/login/code/", {"email": "nobody@garda.example"})

    assert Message.objects.get(kind="sign_in_unknown").language == "fr"


def test_the_code_arrives_once_the_worker_has_run(browser, expert, committed_db):
    ask(browser, expert.email)
    assert mail.outbox == []

    call_command("worker", "--batch")

    [letter] = mail.outbox
    assert letter.to == ["maeve.orrin@garda.example"]
    assert browser.post(ENTER, {"code": CODE.search(letter.body)[1]}).headers["Location"] == "/my/"
    assert Message.objects.get().body == "—"


def test_the_page_asked_for_comes_after_signing_in(browser, expert):
    browser.post(f"{ASK}?next=/my/strasbourg-2026/", {"email": expert.email, "next": "/my/strasbourg-2026/"})

    response = browser.post(ENTER, {"code": code_sent(), "next": "/my/strasbourg-2026/"})

    assert response.headers["Location"] == "/my/strasbourg-2026/"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(browser, expert, address):
    ask(browser, expert.email)

    assert browser.post(ENTER, {"code": code_sent(), "next": address}).headers["Location"] == "/my/"


def test_known_and_unknown_addresses_see_the_same_page(expert):
    known = text_of(ask(Client(), "maeve.orrin@garda.example"))
    unknown = text_of(ask(Client(), "nobody.known@post.example"))

    assert known.replace("maeve.orrin@garda.example", "X") == unknown.replace("nobody.known@post.example", "X")
    assert "If <strong>X</strong> is registered, a code is on its way." in known.replace("maeve.orrin@garda.example", "X")


def test_an_unknown_address_is_told_by_mail_only(browser, db):
    ask(browser, "nobody@post.example")

    assert [(m.kind, m.to) for m in Message.objects.all()] == [("sign_in_unknown", "nobody@post.example")]


def test_staff_get_no_code(browser, secretariat):
    ask(browser, secretariat.email)

    assert [m.kind for m in Message.objects.all()] == ["sign_in_unknown"]


def test_somebody_switched_off_gets_no_code(browser, stranger):
    stranger.is_active = False
    stranger.save()

    ask(browser, stranger.email)

    assert [m.kind for m in Message.objects.all()] == ["sign_in_unknown"]


def test_a_wrong_code_is_an_error_beside_its_field(browser, expert):
    ask(browser, expert.email)

    response = browser.post(ENTER, {"code": "WRONG"})

    assert response.context["form"].errors == {"code": ["This is not the code. Look at the newest mail."]}


def test_the_third_wrong_code_ends_it(browser, expert):
    ask(browser, expert.email)
    code = code_sent()
    for _ in range(3):
        browser.post(ENTER, {"code": "WRONG"})

    browser.post(ENTER, {"code": code})

    assert "_auth_user_id" not in browser.session


def test_a_code_works_once(browser, expert):
    ask(browser, expert.email)
    code = code_sent()
    browser.post(ENTER, {"code": code})
    browser.post("/accounts/logout/")

    browser.post(ENTER, {"code": code})

    assert "_auth_user_id" not in browser.session


def test_a_code_works_only_in_the_browser_that_asked(browser, expert):
    ask(browser, expert.email)
    thief = Client()

    thief.post(ENTER, {"code": code_sent()})

    assert "_auth_user_id" not in thief.session


def test_a_new_code_can_be_asked_for_and_replaces_the_first(browser, expert):
    ask(browser, expert.email)
    first = code_sent()
    Message.objects.all().delete()

    browser.post(ENTER, {"action": "resend"})
    browser.post(ENTER, {"code": first})
    assert "_auth_user_id" not in browser.session
    browser.post(ENTER, {"code": code_sent()})

    assert "_auth_user_id" in browser.session


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b", "a" * 400 + "@post.example", "x\x00@post.example", "a@b.example\nBcc: c@d.example"]
)
def test_an_address_that_is_none_is_an_error_and_no_mail(browser, db, address):
    response = ask(browser, address)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["email"]
    assert Message.objects.count() == 0


def test_asking_again_and_again_is_slowed_down(browser, expert):
    answers = [ask(Client(), expert.email) for _ in range(8)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 3
    assert Message.objects.count() == 5


def test_a_password_reset_goes_through_the_outbox(browser, secretariat):
    browser.post("/accounts/password/reset/", {"email": secretariat.email})

    message = Message.objects.get()
    assert (message.kind, message.to, message.is_secret) == ("password_reset", secretariat.email, True)
    assert re.search(r"http://testserver/accounts/password/reset/key/\w+-[\w-]+/", message.body)


def test_the_link_of_a_reset_lets_one_choose_a_password(browser, secretariat):
    browser.post("/accounts/password/reset/", {"email": secretariat.email})
    link = re.search(r"http://testserver(/\S+)", Message.objects.get().body)[1]

    page = browser.get(link, follow=True)
    browser.post(page.request["PATH_INFO"], {"password1": "four words one remembers", "password2": "four words one remembers"})

    secretariat.refresh_from_db()
    assert secretariat.check_password("four words one remembers")


def test_staff_with_a_password_go_to_the_back_office(browser, secretariat):
    response = browser.post("/accounts/login/", {"login": secretariat.email, "password": PASSWORD})

    assert response.headers["Location"] == "/admin/"


def test_a_wrong_password_does_not_tell_whether_the_address_is_known(secretariat):
    answers = [
        Client().post("/accounts/login/", {"login": address, "password": "wrong"}).context["form"].errors
        for address in (secretariat.email, "nobody@post.example")
    ]

    assert answers[0] == answers[1] == {"__all__": ["Address and password do not belong together."]}


def test_nobody_signs_up(browser, db):
    response = browser.post("/accounts/signup/", {"email": "new@post.example", "password1": "x" * 20, "password2": "x" * 20})

    assert "You need no account" in response.content.decode()
    assert Message.objects.count() == 0


def test_a_code_stands_in_the_text_alone_and_its_address_in_no_list(browser, expert):
    ask(browser, expert.email)

    message = Message.objects.get()
    assert (message.subject, message.hides_address) == ("Your code to sign in", True)
