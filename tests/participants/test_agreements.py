"""What one's own page says of what one agreed to, and its buttons."""

import pytest
from django.utils import timezone

from meetings.dates import day
from participants import agreements, services
from participants.models import Consent, Needs

MINE = "/my/strasbourg-2026/"


@pytest.fixture
def maeve(registration):
    registration.may_be_photographed = True
    registration.save()
    services.note_consents(registration, how="form", by=None, at=timezone.now())
    return registration


def told(participant):
    return {one.what: (one.sentence, one.may_take_back) for one in agreements.agreements_of(participant)}


def test_each_is_told_with_its_day(maeve):
    today = day(timezone.localdate())

    assert told(maeve) == {
        "notice": ("Not agreed.", False),
        "entry": (f"Agreed since {today}.", True),
        "name": (f"Agreed since {today}.", True),
        "photographs": (f"Agreed since {today}.", True),
        "needs": ("Not agreed.", False),
    }


def test_a_protected_person_reads_that_the_name_is_not_shown(maeve):
    maeve.is_protected = True

    today = day(timezone.localdate())
    assert told(maeve)["name"] == (f"Your name is not shown, whatever was agreed. Agreed since {today}.", True)
    assert told(maeve)["photographs"] == (f"Agreed since {today}.", True)


def test_a_notice_is_read_and_not_agreed_to(maeve):
    maeve.privacy_notice = "2026-7"
    services.note_consents(maeve, how="form", by=None, at=timezone.now())

    assert told(maeve)["notice"] == (f"Read on {day(timezone.localdate())}.", False)


def test_what_was_taken_back_says_when(maeve):
    services.withdraw_consent(participant=maeve, what="photographs", by=maeve.user)
    maeve.refresh_from_db()

    assert told(maeve)["photographs"] == (f"Taken back on {day(timezone.localdate())}.", False)


def test_what_no_log_tells_of_has_no_day(registration):
    assert told(registration)["entry"] == ("Agreed.", True)


def test_the_button_takes_it_back(client_of, maeve):
    browser = client_of(maeve.user)

    response = browser.post(f"{MINE}agreed/photographs/", follow=True)

    maeve.refresh_from_db()
    assert maeve.may_be_photographed is False
    assert [str(message) for message in response.context["messages"]] == ["Taken back. It has effect from now on."]
    assert f'action="{MINE}agreed/photographs/"' not in response.content.decode()


def test_needs_are_deleted_by_the_button(client_of, maeve):
    Needs.objects.create(participant=maeve, diet="vegan")

    client_of(maeve.user).post(f"{MINE}agreed/needs/")

    assert not Needs.objects.exists()


def test_nobody_takes_back_for_somebody_else(client_of, maeve, stranger):
    assert client_of(stranger).post(f"{MINE}agreed/photographs/").status_code == 404
    assert Consent.objects.latest(maeve)["photographs"].is_given


def test_the_page_of_the_back_office_shows_the_log(client_of, maeve, secretariat, auditor, desk):
    address = f"/admin/participants/participant/{maeve.pk}/change/"
    shown = {user: "What the person agreed to" in client_of(user).get(address).content.decode() for user in (secretariat, auditor, desk)}

    assert shown == {secretariat: True, auditor: True, desk: False}


def test_who_was_signed_out_meanwhile_comes_back_to_the_page_with_the_button(client, maeve):
    response = client.post(f"{MINE}agreed/photographs/")

    assert response.headers["Location"] == f"/accounts/login/?next={MINE}"
    maeve.refresh_from_db()
    assert maeve.may_be_photographed
