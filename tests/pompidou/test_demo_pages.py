"""The demo's first page, its mails and its gallery."""

import pytest
from django.core.mail import EmailMultiAlternatives

from correspondence.html import framed
from pompidou.demo.accounts import ACCOUNTS

pytestmark = [pytest.mark.urls("tests.pompidou.demo_urls"), pytest.mark.django_db]

HTML = '<html><head></head><body style="margin:0"><p>Confirm</p></body></html>'


@pytest.fixture(autouse=True)
def demo(settings, tmp_path):
    """The demo, with an empty folder for its mails."""
    settings.DEMO = True
    settings.DEMO_MAIL_DIR = settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"


def send(subject="Your code: K7QM-2XPL", body="Your code is K7QM-2XPL.\n\nConfirm:\nhttp://testserver/x/", to="siobhan@garda.example"):
    mail = EmailMultiAlternatives(subject, body, to=[to])
    mail.attach_alternative(HTML, "text/html")
    mail.send()


def name_of_only_mail(client):
    [mail] = client.get("/demo/mails/").context["mails"]
    return mail.name


def test_every_account_is_on_the_first_page(client):
    html = client.get("/demo/").content.decode()

    assert [account.email for account in ACCOUNTS if f"<code>{account.email}</code>" not in html] == []


def test_only_staff_have_passwords_and_they_are_long():
    short = [account.email for account in ACCOUNTS if account.password and len(account.password) < 15]

    assert short == []
    assert {account.start for account in ACCOUNTS if not account.password} == {"/my/", "/delegation/"}


def test_without_mails_the_page_says_what_will_be_here(client):
    assert "No mail yet" in client.get("/demo/mails/").content.decode()


def test_mails_are_listed_with_accents_and_the_newest_first(client):
    send(subject="Première", to="zoë@police.example")
    send(subject="Deuxième")

    mails = client.get("/demo/mails/").context["mails"]

    assert [mail.subject for mail in mails] == ["Deuxième", "Première"]


def test_a_mail_is_shown_as_text_with_its_links(client):
    send()

    html = client.get(f"/demo/mails/{name_of_only_mail(client)}/").content.decode()

    assert "Your code is K7QM-2XPL." in html
    assert '<a href="http://testserver/x/"' in html


def test_what_a_mail_says_is_not_markup(client):
    send(subject="<b>bold</b>", body="<script>alert(1)</script>")

    html = client.get(f"/demo/mails/{name_of_only_mail(client)}/").content.decode()

    assert "<b>bold" not in html
    assert "<script>alert" not in html


def test_the_html_twin_stands_in_a_frame_that_runs_nothing(client):
    send()

    html = client.get(f"/demo/mails/{name_of_only_mail(client)}/").content.decode()

    assert 'sandbox="allow-top-navigation-by-user-activation" srcdoc="&lt;html&gt;&lt;head&gt;&lt;base target=&quot;_top&quot;&gt;' in html
    assert "&lt;body data-style=&quot;0&quot;&gt;" in html


def test_the_page_of_a_mail_allows_its_style_sheet_and_nothing_else_new(client):
    send()

    policy = client.get(f"/demo/mails/{name_of_only_mail(client)}/").headers["Content-Security-Policy"]

    usual = client.get("/demo/mails/").headers["Content-Security-Policy"]
    assert set(policy.split("; ")) - set(usual.split("; ")) == {f"style-src 'self' {framed(HTML).allowed}"}


@pytest.mark.parametrize("name", ["20261124-1-0", "..", "..%2f..%2fetc%2fpasswd"])
def test_an_unknown_mail_is_a_page_not_found(client, name):
    send()

    assert client.get(f"/demo/mails/{name}/").status_code == 404


@pytest.mark.parametrize("path", ["", "confirm/", "banner/announced/", "banner/open/", "banner/closed/", "banner/running/", "banner/over/"])
@pytest.mark.parametrize("language", ["", "/fr"])
def test_the_gallery_opens_in_both_languages(client, language, path):
    assert client.get(f"{language}/demo/gallery/{path}").status_code == 200


def test_the_gallery_has_no_banner_for_an_unknown_phase(client):
    assert client.get("/demo/gallery/banner/cancelled/").status_code == 404


# --- the door ---


def test_the_door_is_on_the_first_page_while_the_meeting_goes_on_and_its_badge_is_green(client):
    from attendance.models import Scan
    from pompidou.demo import doors
    from pompidou.demo.build import build
    from pompidou.demo.stages import Stage

    without = client.get("/demo/badge.png").status_code
    build(Stage.RUNNING)
    html = client.get("/demo/").content.decode()
    opened = client.post("/check-in/strasbourg-2026/open/demo-door/", {"pin": doors.PIN})

    assert (without, "/check-in/strasbourg-2026/open/demo-door/" in html, opened.status_code) == (404, True, 303)
    assert client.get("/demo/badge.png").content.startswith(b"\x89PNG")
    assert set(Scan.objects.values_list("answer", flat=True)) == {"green"}
