"""Scans sent one by one, as devices with network send them: how long an answer takes, and how many there are in a second."""

import datetime as dt
import json
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from statistics import median

from bench.clients import Connection, press
from bench.place import Server, say
from bench.table import Measure, at_least, at_most

PEOPLE, DEVICES = 500, 8


@dataclass
class Scans:
    """Each client is one device, which scans one badge after the other."""

    port: int
    path: str
    slot: str
    devices: list[tuple[str, str]]  # cookies and token of each
    codes: list[str]

    def client(self, number: int) -> Iterator[None]:
        cookies, token = self.devices[number % len(self.devices)]
        connection, turn = Connection(self.port), number
        with closing(connection):
            while True:
                now = dt.datetime.now(dt.UTC).isoformat()
                scan = {"id": str(uuid.uuid4()), "at": now, "offset": 0, "slot": self.slot, "code": self.codes[turn % len(self.codes)]}
                turn += DEVICES
                body = json.dumps({"sent_at": now, "scans": [scan]}).encode()
                reply = connection.send(head(self, cookies, token, number, len(body)) + body)
                if reply.status != 200 or json.loads(reply.body)["answers"][0]["answer"] not in {"green", "amber"}:
                    raise RuntimeError(f"{self.path} answered {reply.status} {reply.body[:200]!r}")
                yield


def head(scans: Scans, cookies: str, token: str, number: int, length: int) -> bytes:
    """The head of one request; each device comes from a network of its own."""
    lines = [
        f"POST {scans.path} HTTP/1.1",
        f"Host: 127.0.0.1:{scans.port}",
        f"Cookie: {cookies}",
        f"X-CSRFToken: {token}",
        f"Origin: http://127.0.0.1:{scans.port}",
        f"X-Forwarded-For: 192.0.2.{number + 1}",
        "Content-Type: application/json",
        f"Content-Length: {length}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def scanning(server: Server, *, seconds: float) -> list[Measure]:
    """Make a meeting that goes on with badges and devices, and scan."""
    say("Making badges and devices")
    scans = prepared(server)
    say("Scanning badges at eight doors")
    alone = alone_times(scans)
    load = press(scans, seconds=seconds)
    return [
        Measure("One scan answered, median", alone, "ms", aim="under 50 ms", met=at_most(50)),
        Measure("Scans answered at eight doors at once", load.rate, "/s", aim="50 a second", met=at_least(50)),
    ]


def alone_times(scans: Scans) -> float:
    """The median of a hundred answers, one device at a time, in milliseconds."""
    steps, times = scans.client(0), []
    for _turn in range(100):
        began = time.perf_counter()
        next(steps)
        times.append((time.perf_counter() - began) * 1000)
    return median(times)


def prepared(server: Server) -> Scans:
    """Badges for five hundred people, and eight open devices with the cookies a browser would hold."""
    from django.conf import settings
    from django.core import signing
    from django.middleware.csrf import _get_new_csrf_string
    from django.utils import timezone

    from attendance.access import SALT
    from attendance.models import half_of
    from attendance.services.badges import make_badges
    from attendance.services.desk import begin, make_device
    from bench.people import fill, make_running_meeting

    meeting = make_running_meeting()
    fill(meeting, PEOPLE, seed=1)
    people = list(meeting.participants.filter(state="confirmed"))
    codes = [f"PG:{badge.code}" for badge in make_badges(participants=people, by=None)]
    devices = []
    for number in range(DEVICES):
        device = begin(device=make_device(meeting=meeting, name=f"Door {number}", by=None).device)
        token = _get_new_csrf_string()
        cookie = signing.dumps([device.pk, device.session_key], salt=SALT)
        devices.append((f"{settings.DESK_COOKIE_NAME}={cookie}; {settings.CSRF_COOKIE_NAME}={token}", token))
    day, half = half_of(timezone.now(), meeting)
    return Scans(server.here.port, f"/check-in/{meeting.slug}/scans/", f"{day}/{half}", devices, codes)
