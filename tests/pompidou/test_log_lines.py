"""What production's log says of real failures: enough to find the fault, nothing of the person."""

import io
import json
import logging
import runpy
import smtplib
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import path

from accounts import security_log
from accounts.models import User
from correspondence.delivery import deliver
from correspondence.management.commands.worker import sweep_once
from correspondence.models import Message
from pompidou.logs import Discreet
from pompidou.urls import handler400, handler404, handler500
from pompidou.urls import urlpatterns as site
from tests.project import source

__all__ = ["handler400", "handler404", "handler500"]

CANARIES = ("Livia", "Canary", "polizia", "hG7-token", "secret-search")


def fails(request):
    name, address = "Livia Canary", "livia.canary@polizia.example"
    raise RuntimeError(f"Cannot greet {name} <{address}>")


def fails_twice(request):
    try:
        fails(request)
    except RuntimeError as error:
        raise ValueError("and nor can Livia Canary be refused") from error


def repeats(request):
    for _ in range(2):
        User.objects.create_user("livia.canary@polizia.example", name="Livia Canary")


def quotes_its_row(request):
    raise IntegrityError('duplicate key violates "user_email"\nDETAIL:  Key (name, email)=(Livia Canary, livia@polizia.example) exists.')


def names_the_error(request):
    try:
        fails(request)
    except RuntimeError as error:
        logging.getLogger("participants").warning("Could not greet: %s", error)
        raise


urlpatterns = [
    path("fails/", fails),
    path("fails-twice/", fails_twice),
    path("repeats/", repeats),
    path("quotes/", quotes_its_row),
    path("names/", names_the_error),
    *site,
]

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def written():
    """Everything the console's own handler writes, with its filter and format."""
    [console] = [handler for handler in logging.root.handlers if any(isinstance(part, Discreet) for part in handler.filters)]
    stream, before = io.StringIO(), console.stream
    console.setStream(stream)
    yield stream
    console.setStream(before)


def lines(written):
    """The lines as the objects they are; fails for one that is none."""
    return [json.loads(line) for line in written.getvalue().splitlines()]


def assert_discreet(written):
    assert lines(written), "nothing was logged, so nothing was shown"
    assert [canary for canary in CANARIES if canary.lower() in written.getvalue().lower()] == []


@pytest.mark.parametrize("page", ["fails", "fails-twice", "repeats", "quotes", "names"])
def test_a_failure_is_logged_without_the_person_it_happened_to(written, page):
    response = Client(raise_request_exception=False).get(f"/{page}/?q=secret-search", headers={"referer": "http://x/?q=secret-search"})

    assert response.status_code == 500
    assert_discreet(written)


def test_a_failure_can_be_found_in_the_code(written):
    Client(raise_request_exception=False).get("/fails-twice/")

    [line] = [line for line in lines(written) if line["logger"] == "django.request"]
    assert line["message"] == "Internal Server Error: /fails-twice/"
    kinds = [entry for entry in line["error"] if " " not in entry]
    assert kinds == ["builtins.ValueError", "builtins.RuntimeError"]
    assert line["error"][1].endswith(" fails_twice")
    assert f"{__file__}:" in line["error"][1]


def test_an_unknown_address_is_logged_without_what_it_says_of_people(written):
    Client().get("/registrations/confirm/hG7-token/more/?q=secret-search")
    Client().get("/fr/invitations/hG7-token/letter.pdf")
    Client().get("/invitations/answered/hG7-token/")
    Client().get("/my/livia.canary@polizia.example/nowhere/")

    assert_discreet(written)


def test_a_form_from_elsewhere_is_logged_without_its_referer(written):
    page = "https://testserver.example/registrations/confirm/hG7-token/?q=secret-search"
    Client(enforce_csrf_checks=True).post("/accounts/login/", secure=True, headers={"referer": page})

    assert_discreet(written)


def test_a_refused_mail_is_logged_without_its_address(written, monkeypatch, db):
    message = Message.objects.create(kind="sign_in_code", dedup_key="x", to="livia.canary@polizia.example", language="en", body="hG7-token")
    answer = (550, b"5.1.1 <livia.canary@polizia.example>: Livia Canary does not work here")
    refused = smtplib.SMTPRecipientsRefused({"livia.canary@polizia.example": answer})
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", lambda *_: (_ for _ in ()).throw(refused))

    assert deliver(message.pk) == "failed"
    assert_discreet(written)


def test_a_sweep_that_fails_is_logged_without_what_it_failed_over(written, settings, monkeypatch):
    settings.SWEEPS = ["meetings.services.sweep"]
    monkeypatch.setattr("meetings.services.sweep", lambda: fails(None), raising=False)

    sweep_once()

    assert_discreet(written)


def test_nobody_begins_a_line_of_their_own(written):
    Client().get("/nowhere/%0A%0D{%22level%22:%22INFO%22}%1B[31m%C2%85%E2%80%A8/")
    logging.getLogger("participants").warning("Said: %s", "one\r\ntwo\x1b[31m\u2028three")

    assert [line["logger"] for line in lines(written)] == ["django.request", "participants"]
    assert "\x1b" not in written.getvalue()


def test_a_line_whose_values_do_not_fit_is_written_without_them(written):
    logging.getLogger("participants").warning("%s and %s", "Livia Canary")

    assert lines(written)[0]["message"] == "%s and %s"


def test_the_security_log_holds_keys_and_no_names(written, rf, protected_registration):
    request = rf.get("/?q=secret-search", REMOTE_ADDR="192.0.2.7")
    request.resolver_match = SimpleNamespace(view_name="confirm_address")

    security_log.record("reveal", request=request, by=protected_registration.user, person=protected_registration, error=ValueError("Livia"))

    [line] = lines(written)
    assert_discreet(written)
    assert "192.0.2.7" not in written.getvalue()
    assert {name: line[name] for name in ("event", "page", "method", "by", "person", "error")} == {
        "event": "reveal",
        "page": "confirm_address",
        "method": "GET",
        "by": protected_registration.user.pk,
        "person": f"participants.participant:{protected_registration.pk}",
        "error": "ValueError",
    }


def test_the_security_log_is_kept_whatever_the_level(settings):
    assert settings.LOGGING["loggers"]["pompidou.security"]["level"] == "INFO"


def test_the_access_log_is_as_discreet_whatever_its_format():
    """The web server asks its logger for the parts of a line, whichever of them a format then shows."""
    configuration = runpy.run_path(str(source.ROOT / "gunicorn.conf.py"))
    logger = configuration["logger_class"].__new__(configuration["logger_class"])
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": "/registrations/confirm/hG7-token/?q=secret-search",
        "PATH_INFO": "/registrations/confirm/hG7-token/",
        "QUERY_STRING": "q=secret-search",
        "HTTP_REFERER": "https://testserver/registrations/confirm/hG7-token/?q=secret-search",
        "HTTP_COOKIE": "sessionid=hG7-token",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
    }
    response = SimpleNamespace(status="200 OK", sent=10, headers=[("Location", "/registrations/confirmed/hG7-token/")])
    time = SimpleNamespace(seconds=0, microseconds=1000)

    atoms = logger.atoms(response, SimpleNamespace(headers=[("REFERER", environ["HTTP_REFERER"])]), environ, time)

    told = " ".join(str(value) for value in atoms.values())
    assert (atoms["m"], atoms["U"], atoms["s"]) == ("GET", "/registrations/confirm/…/", "200")
    assert [canary for canary in (*CANARIES, "192.0.2.7") if canary in told] == []


def test_the_web_server_writes_json_lines_too():
    """Its own faults come with the address that was asked for and with a traceback."""
    program = """
import runpy
from gunicorn.config import Config
settings = runpy.run_path("gunicorn.conf.py")
config = Config()
config.set("accesslog", "-")
logger = settings["logger_class"](config)
try:
    raise ValueError("Livia Canary")
except ValueError:
    logger.exception("Error handling request %s", "/register/sent/hG7-token/?q=secret-search")
logger.access_log.info("GET\\n/")
"""
    run = subprocess.run([sys.executable, "-c", program], cwd=source.ROOT, capture_output=True, text=True, check=True)

    [fault] = [json.loads(line) for line in run.stderr.splitlines()]
    [access] = [json.loads(line) for line in run.stdout.splitlines()]
    assert fault["message"] == "Error handling request /register/sent/…/?…"
    assert fault["error"][0] == "builtins.ValueError"
    assert access["message"] == "GET\n/"
    assert [canary for canary in CANARIES if canary in run.stdout + run.stderr] == []
