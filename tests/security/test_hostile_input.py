"""Everything hostile, everywhere: at each address, and in each form on each page that somebody can open.

Nothing here knows a page or a form by name, so a new one is attacked as soon as it is in the access table. Every column that
holds text holds a canary while it runs. What must hold: no answer of 5xx, no canary that is more than text on any page, and a log whose
every line is one object that we wrote.
"""

import io
import json
import logging
import random
import re
from contextlib import nullcontext

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from pompidou.logs import Discreet, JsonLines
from tests.corpus import PIECES, QUESTIONS
from tests.security.access import READING
from tests.security.canaries import fault, plant, undrawn
from tests.security.forms import TOKEN, forms_of, urlencoded
from tests.security.world import World, all_patterns

pytestmark = [pytest.mark.urls("tests.pompidou.demo_urls"), pytest.mark.django_db]

SEED = 20261124
URLENCODED = "application/x-www-form-urlencoded"
ROUNDS = 2
ADDRESSES = [line.split()[0] for line in READING.splitlines() if line.startswith("/")]
BACK_OFFICE = [address for address in ADDRESSES if address.startswith("/admin/")]


@pytest.fixture
def log():
    """The lines of production's log."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(Discreet())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def forged(stream):
    """Lines of the log that are not one object each, or that hold an address that somebody typed."""
    found = []
    for line in stream.getvalue().splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            entry = {}
        if not {"time", "level", "logger", "message"} <= entry.keys() or "@evil.example" in line:
            found.append(line)
    return found


# --- addresses ---


def misled(choice):
    """Each address that the site knows with something hostile where something belongs."""
    for _name, route in all_patterns():
        shape = re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]+>", "{}", "/" + route).replace("$", "").replace("\\", "")
        if "{}" in shape:
            yield from (re.sub("{}", lambda found: choice.choice(PIECES), shape) for _again in range(3))


@pytest.mark.parametrize("role", ["visitor", "administrator"])
def test_no_address_breaks_the_site(role, log):
    world, choice = World(), random.Random(SEED)
    found = []
    with undrawn():
        for address in misled(choice):
            found += fault(world.ask(role, "GET", address), address[:150])
    for address in ADDRESSES if role == "visitor" else BACK_OFFICE:
        asked = f"{address.split('?')[0]}?{choice.choice(QUESTIONS)}"
        found += fault(world.ask(role, "GET", asked), asked[:150])

    assert found == []
    assert forged(log) == []


# --- forms ---


class Attacker:
    """Somebody who opens every page as one role, and sends every form on it in every way."""

    def __init__(self, role, addresses):
        self.world, self.role, self.addresses = World(), role, addresses
        self.choice = random.Random(SEED)
        self.found, self.seen = [], {}
        plant()

    def walk(self):
        """Attack the forms of all pages, and those of the pages that come of it; what was found."""
        for address in self.addresses:
            self.read(self.world.ask(self.role, "GET", address), self.world.address(address), ())
        done = 0
        while done < len(self.seen):
            self.attack(*list(self.seen.values())[done])
            done += 1
        return self.found

    def read(self, response, page, way):
        """Keep the forms of a page that were not met before, with what must be sent before them."""
        if response.headers.get("Content-Type", "").startswith("text/html"):
            for form in forms_of(response.content.decode(), page):
                if form.method == "post":
                    self.seen.setdefault(form.signature, (form, way))

    def attack(self, form, way):
        for pressed in [{}, *form.buttons()]:
            self.send(form, way, form.filled(**pressed), follow=True)
        for _round in range(ROUNDS):
            self.send(form, way, form.hostile(self.choice))
        with undrawn():
            self.send(form, way, form.misshapen(self.choice))
            self.send_files(form)

    def send(self, form, way, pairs, *, follow=False):
        """Send it after what comes before it, look at the answer, and undo everything."""
        client, body = self.world.client(self.role), urlencoded(pairs)
        with transaction.atomic():
            with undrawn() if way else nullcontext():
                for address, before in way:
                    client.post(address, before, content_type=URLENCODED)
            response = client.post(form.address, body, content_type=URLENCODED, follow=follow)
            self.found += fault(response, f"{form.address} {ascii(pairs)[:1500]}")
            if response.streaming:
                b"".join(response.streaming_content)  # or its file stays open
            elif follow:
                self.read(response, response.request["PATH_INFO"], (*way, (form.address, body)))
            transaction.set_rollback(True)
        cache.clear()

    def send_files(self, form):
        """Files where there are none to be sent, under names that are no names."""
        names = [control.name for control in form.controls if control.name != TOKEN]
        data = {name: SimpleUploadedFile('../../"<kanari>\r\n.svg', b"<svg onload=kanari()>", "image/svg+xml") for name in names}
        self.found += fault(self.world.ask(self.role, "POST", form.address, data), f"{form.address} files")
        cache.clear()


@pytest.mark.parametrize(
    ("role", "addresses", "least"), [("visitor", ADDRESSES, 10), ("participant", ADDRESSES, 15), ("administrator", BACK_OFFICE, 40)]
)
def test_no_form_breaks_the_site(role, addresses, least, log):
    attacker = Attacker(role, addresses)

    assert attacker.walk() == []
    assert forged(log) == []
    assert len(attacker.seen) >= least  # or it did not look
