"""A copy of the database shows nothing of what sessions hold."""

import base64
import re
import zlib

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client

from correspondence.models import Message


def stored(session):
    """What the row of a session says to somebody who has no key: the text itself and whatever can be unpacked of it."""
    text = Session.objects.get(pk=session.session_key).session_data
    packed = text.partition(":")[0].encode()
    opened = [base64.urlsafe_b64decode(packed.lstrip(b".") + b"===")]
    if packed.startswith(b"."):
        opened.append(zlib.decompress(opened[0]))
    return text.encode() + b" ".join(opened)


def test_a_code_and_its_address_cannot_be_read_from_the_session(expert):
    browser = Client()
    browser.post("/accounts/login/code/", {"email": expert.email})
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", Message.objects.get().body)[0]

    row = stored(browser.session)

    assert browser.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"] == code
    assert code.encode() not in row
    assert expert.email.encode() not in row
    assert b"account_login" not in row


def test_a_session_is_read_back(db):
    session = SessionStore()
    session["known"] = {"n": 1, "text": "é"}
    session.save()

    assert SessionStore(session.session_key)["known"] == {"n": 1, "text": "é"}


def test_an_earlier_key_still_opens_what_it_closed(db, settings):
    session = SessionStore()
    session["known"] = 1
    session.save()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "newer", [settings.SECRET_KEY]

    assert SessionStore(session.session_key).get("known") == 1


@pytest.mark.parametrize("change", ["other key", "altered"])
def test_what_cannot_be_opened_is_an_empty_session(db, settings, change):
    session = SessionStore()
    session["known"] = 1
    session.save()
    if change == "other key":
        settings.SECRET_KEY = "another"
    else:
        row = Session.objects.get()
        row.session_data = row.session_data[:-3] + "abc"
        row.save()

    assert SessionStore(session.session_key).get("known") is None


def test_a_used_code_is_nowhere_in_the_database(expert):
    """Neither in the session nor in the outbox, once the mail has gone."""
    from correspondence.delivery import deliver

    browser = Client()
    browser.post("/accounts/login/code/", {"email": expert.email})
    message = Message.objects.get()
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", message.body)[0]
    deliver(message.pk)
    browser.post("/accounts/login/code/confirm/", {"code": code})

    assert "_auth_user_id" in browser.session
    assert code not in str(dict(browser.session.items()))
    rows = [row for model in apps.get_models() for row in model._base_manager.values()]
    assert [row for row in rows if code in str(row)] == []
