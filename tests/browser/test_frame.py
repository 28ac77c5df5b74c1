"""The frame, the pieces and the sign-in pages: by keyboard, without script."""

import re

from django.core.mail import EmailMultiAlternatives

from correspondence.html import html_of
from correspondence.models import Message
from tests.browser.screen import axe_findings, focused


def test_every_piece_is_drawn_within_the_policy(open_page):
    assert open_page("/demo/gallery/").complaints == []


def test_the_first_key_leads_past_the_header(open_page):
    page = open_page("/accounts/login/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert focused(page) == "main"


def test_focus_is_a_yellow_ring_with_a_dark_line(open_page):
    page = open_page("/accessibility/")

    page.keyboard.press("Tab")

    style = "(e => [getComputedStyle(e).outline, getComputedStyle(e).boxShadow])(document.activeElement)"
    assert page.evaluate(style) == ["rgb(255, 210, 63) solid 3px", "rgb(22, 32, 46) 0px 0px 0px 2px"]


def test_an_error_is_told_first_and_leads_to_its_field(open_page):
    page = open_page("/accounts/password/reset/")
    page.fill("#id_email", "nobody")

    page.keyboard.press("Enter")
    page.wait_for_selector("#error-summary")
    assert focused(page) == "error-summary"
    assert axe_findings(page) == []

    page.click("#error-summary a")
    assert focused(page) == "id_email"


def test_an_error_of_a_choice_leads_to_its_first_answer(open_page):
    page = open_page("/demo/gallery/")

    page.click("#error-summary a[href='#id_wrong-language_0']")

    assert focused(page) == "id_wrong-language_0"


def test_an_expert_signs_in_and_out_by_keyboard(open_page, expert):
    page = open_page("/accounts/login/")
    page.focus("#id_email")
    page.keyboard.type(expert.email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/login/code/confirm/")
    assert axe_findings(page) == []

    code = re.search(r"Your code is (\S+)\.", Message.objects.get().body)[1]
    page.focus("#id_code")
    page.keyboard.type(code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/")

    page.focus("text=Sign out")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/signed-out/")
    assert page.context.cookies() == []


def test_signing_in_needs_no_script(open_page, expert):
    page = open_page("/accounts/login/", java_script_enabled=False)

    page.fill("#id_email", expert.email)
    page.click("text=Send me a code")

    assert page.inner_text("h1") == "Enter the code"


def test_a_mail_is_shown_as_it_was_sent(open_page, settings):
    body = "Dear Maeve,\n\nConfirm my address:\nhttp://localhost/x/\n"
    mail = EmailMultiAlternatives("Please confirm", body, to=["maeve.orrin@garda.example"])
    mail.attach_alternative(html_of(subject="Please confirm", body=body, language="en"), "text/html")
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    mail.send()

    page = open_page("/demo/mails/")
    page.click("text=Please confirm")
    button = page.frame_locator("iframe").locator("text=Confirm my address")

    assert button.evaluate("e => getComputedStyle(e.parentElement).backgroundColor") == "rgb(18, 60, 122)"
    assert page.complaints == []
    assert axe_findings(page) == []
