"""Complete registrations a second, from the form to the confirmed address, and the SQL statements of one."""

import secrets
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from bench.clients import Pages, Registrations, Reply, mail_reader, press, register
from bench.counting import statements_of
from bench.place import Server, say
from bench.table import Measure, at_least, at_most

REQUESTS = 7  # of one registration, with the pages that redirects lead to

ANSWERS = {
    "sector": "police",
    "salutation": "ms",
    "given_name": "Siobhán",
    "family_name": "Ní Bhriain-O'Connor",
    "phone": "+353 1 555 01 00",
    "language": "en",
    "country": "IE",
    "organisation": "National Police",
    "service": "Cybercrime Unit",
    "function": "Detective Inspector",
    "diet": "vegetarian",
    "needs_agreed": "on",
    "listening_language": "en",
    "visibility": "full",
    "may_be_photographed": "on",
    "privacy_accepted": "on",
}


class InProcess:
    """The same browser without a server between, so that statements can be counted."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str) -> Reply:
        response = self.client.get(path)
        return Reply(response.status_code, [], response.content)

    def post(self, path: str, fields: Any) -> Reply:
        response = self.client.post(path, fields)
        if response.status_code in {302, 303}:
            return self.get(urlsplit(response["Location"]).path)
        return Reply(response.status_code, [], response.content)


def registrations(server: Server, slug: str, *, seconds: float) -> list[Measure]:
    """The meeting gives a place at once to whoever proves an address: the longest way through."""
    here, path = server.here, f"/meetings/{slug}/register/"
    load = Registrations(here.port, path, ANSWERS, here.database, run=secrets.token_hex(4))
    press(load, seconds=1)
    say(f"Complete registrations with 8 clients, for {seconds:g} s")
    floor = press(Pages(here.port, "/livez"), seconds=seconds / 2)
    load.run = secrets.token_hex(4)
    before = server.cpu_seconds()
    done = press(load, seconds=seconds)
    cpu = (server.cpu_seconds() - before) / done.count * 1000
    counted = statements_of(
        lambda client: register(InProcess(client), path, ANSWERS | {"email": "counted@service.example"}, mail_reader(here.database))
    )
    name = f"({REQUESTS} × livez)"
    return [
        Measure("Complete registrations, 8 clients", done.rate, "/s", floor.rate / REQUESTS, name, "50 a second", at_least(50)),
        Measure("One of them takes", done.middle * 1000, "ms"),
        Measure("One of them, processor time of the workers", cpu, "ms"),
        Measure("One of them, SQL statements", len(counted), "", aim="at most 40", met=at_most(40)),
    ]
