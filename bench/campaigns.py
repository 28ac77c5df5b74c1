"""A campaign to 500, from the press of the button until the mail server has all, beside sending as many bare mails to it."""

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from accounts.models import User
from bench.people import fill
from bench.place import ROOT, free_port, say
from bench.table import Measure, at_most
from correspondence import campaigns
from correspondence.models import Campaign, Message
from meetings.models import Meeting

MAILS = 500
WORDS = {
    "subject_en": "{meeting}: another room",
    "subject_fr": "{meeting} : une autre salle",
    "body_en": "Dear {name},\n\nWe meet in another room in {city}.",
    "body_fr": "Bonjour {name},\n\nNous nous réunissons dans une autre salle à {city}.",
}


class Sink:
    """Accepts every mail and counts it."""

    def __init__(self) -> None:
        self.accepted = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.accepted += 1
        return "250 OK"


@contextmanager
def sink() -> Iterator[tuple[Sink, int]]:
    """A mail server on this machine, and its port."""
    handler, port = Sink(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    try:
        yield handler, port
    finally:
        controller.stop()


def campaign_of_500(meeting: Meeting) -> list[Measure]:
    """Written in batches and sent one by one by one worker, whose start is part of it."""
    say(f"A campaign of {MAILS} mails")
    fill(meeting, MAILS - meeting.participants.count())
    with sink() as (handler, port):
        floor = bare_mails(port)
        handler.accepted = 0
        seconds = sent_by_worker(meeting, port)
        if handler.accepted != MAILS:
            raise RuntimeError(f"{handler.accepted} mails arrived instead of {MAILS}")
    return [Measure(f"Campaign of {MAILS} mails, one worker", seconds, "s", floor, "(smtplib, one connection)", "under 60 s", at_most(60))]


def bare_mails(port: int) -> float:
    """As many mails as short over one connection, with nothing noted."""
    start = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(MAILS):
            mail = EmailMessage()
            mail["Subject"], mail["From"], mail["To"] = "Another room", "meetings@secretariat.example", f"reader{number}@post.example"
            mail.set_content("Dear reader,\n\nWe meet in another room.")
            server.send_message(mail)
    return time.perf_counter() - start


def sent_by_worker(meeting: Meeting, port: int) -> float:
    """Begin the campaign, and let a worker run until nothing is left to do."""
    by, _ = User.objects.get_or_create(email="campaigns@secretariat.example", defaults={"is_staff": True, "is_superuser": True})
    campaign = Campaign.objects.create(name="Another room", audience="participants", query=f"meeting__id__exact={meeting.pk}", **WORDS)
    start = time.perf_counter()
    campaigns.begin(campaign=campaign, by=by, mails=MAILS)
    environment = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    subprocess.run([sys.executable, "manage.py", "worker", "--batch"], cwd=ROOT, env=environment, check=True)
    seconds = time.perf_counter() - start
    unsent = Message.objects.filter(campaign_recipient__campaign=campaign).exclude(state=Message.State.SENT).count()
    if unsent:
        raise RuntimeError(f"{unsent} mails were not sent")
    return seconds
