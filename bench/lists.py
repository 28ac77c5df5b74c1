"""The secretariat's list of participants: how long a page takes and how many statements, as the list grows."""

import time
from statistics import median

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts.models import User
from bench.clients import Browser
from bench.counting import statements_of
from bench.place import Server, say
from bench.table import Measure, at_most

LIST = "/admin/participants/participant/"
FLOOR = "/admin/participants/sector/"  # the same frame round a dozen rows


def staff_client() -> Client:
    """A member of the secretariat, signed in with a second factor."""
    user, is_new = User.objects.get_or_create(email="bench@secretariat.example", defaults={"is_staff": True})
    if is_new:
        user.groups.add(Group.objects.get(name="Secretariat"))
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    at = timezone.now().timestamp()
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": at, "email": user.email},
        {"method": "mfa", "at": at, "type": "totp"},
    ]
    session.update(
        {"account_authentication_methods_user": str(user.pk), "session_began": at, "session_seen": at, "recovery_codes_seen": True}
    )
    session.save()
    return client


def staff_browser(server: Server) -> Browser:
    """The same over HTTP."""
    browser = Browser(server.here.port)
    browser.cookies = {name: morsel.value for name, morsel in staff_client().cookies.items()}
    return browser


def participant_list(server: Server, meeting: int, people: int, *, times: int) -> list[Measure]:
    """The list of one meeting with so many people."""
    browser, address = staff_browser(server), f"{LIST}?meeting__id__exact={meeting}"
    say(f"Participant list with {people:,} rows, {times} times")
    found = [
        Measure(
            f"{name}, {people:,} rows, median",
            milliseconds(browser, path, times),
            "ms",
            milliseconds(browser, FLOOR, times),
            "(list of sectors)",
            "under 200 ms",
            at_most(200),
        )
        for name, path in (("Participant list", address), ("Participant search", f"{address}&q=orrin+inspector"))
    ]
    client = staff_client()
    queries = len(statements_of(lambda browser: browser.get(address), client))
    return [*found, Measure(f"Participant list, {people:,} rows, SQL statements", queries, "")]


def milliseconds(browser: Browser, path: str, times: int) -> float:
    """The median time of the page, after two that warm up either worker."""
    taken = []
    for _ in range(times + 2):
        before = time.perf_counter()
        reply = browser.get(path)
        taken.append(time.perf_counter() - before)
        if reply.status != 200:
            raise RuntimeError(f"{path} answered {reply.status}")
    return median(taken[2:]) * 1000
