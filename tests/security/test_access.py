"""Every address answers every role as the table says, with every header, and whatever is stored is shown as text.

An address that is not in the table fails.
"""

import re

import pytest
from django.template.backends.django import Template
from django.urls import Resolver404, resolve

from tests.security.access import READING, SENDING
from tests.security.canaries import loose, plant
from tests.security.headers import weaknesses
from tests.security.world import ROLES, STAFF, World, all_patterns

pytestmark = pytest.mark.urls("tests.pompidou.demo_urls")  # the demo's addresses too, which exist only where it is on

Table = dict[str, dict[str, str]]
TO_SIGN_IN = re.compile(r"(/fr)?/(accounts|admin)/login/\?next=")
# Addresses for files and machines, or made by a library, that lead nowhere on purpose.
DRAWN = {"visitor", "participant", "administrator"}
LEADS_NOWHERE = {"/nowhere/", "/static/nothing.css", "/.git/config"}


def parsed(text: str) -> Table:
    """The table by address and role."""
    table: Table = {}
    for line in text.strip().splitlines():
        if not line or line.startswith("#"):
            continue
        address, *answers = line.split()
        assert len(answers) in (1, len(ROLES)), f"{address} has {len(answers)} answers"
        assert address not in table, f"{address} stands twice"
        table[address] = dict(zip(ROLES, answers * (len(ROLES) if len(answers) == 1 else 1), strict=True))
    return table


def answer_of(response) -> str:
    """As the table writes it."""
    to = response.headers.get("Location", "")
    return "in" if response.status_code == 302 and TO_SIGN_IN.match(to) else str(response.status_code)


def surprises(world: World, role: str, method: str, table: Table) -> list[str]:
    """Lines of the table that are not so, headers that are missing, and canaries that got out.

    Three questions to one walk, because asking is what takes the time.
    """
    found = []
    for address, roles in table.items():
        response = world.ask(role, method, address, secure=True)
        if answer_of(response) != roles[role]:
            found.append(f"{method} {address}: {answer_of(response)}, not {roles[role]}")
        found += [f"{method} {address}: {weak}" for weak in [*weaknesses(response, address), *loose(response)]]
    return found


@pytest.fixture
def world(db):
    """In which every text is hostile."""
    world = World()
    assert plant() > 100
    return world


def routes_of(world: World, text: str) -> set[str]:
    """The patterns that the addresses of a table lead to."""
    found = set()
    for address in parsed(text).keys() - LEADS_NOWHERE:
        try:
            found.add(resolve(world.address(address).split("?")[0]).route)
        except Resolver404:
            pytest.fail(f"{address} leads nowhere")
    return found


@pytest.mark.parametrize("text", [READING, SENDING], ids=["reading", "sending"])
def test_every_address_is_in_the_table(world, text):
    assert sorted({route for _name, route in all_patterns()} - routes_of(world, text)) == []


def test_both_tables_name_the_same_addresses():
    assert list(parsed(READING)) == list(parsed(SENDING))


@pytest.mark.parametrize("role", ROLES)
def test_reading(world, role):
    assert surprises(world, role, "GET", parsed(READING)) == []


@pytest.mark.parametrize("role", ROLES)
def test_sending_an_empty_form(world, monkeypatch, role):
    """The pages that come back are drawn for those who are answered most; for the others the status is enough, in a third of the time."""
    if role not in DRAWN:
        monkeypatch.setattr(Template, "render", lambda *args, **kwargs: "")
    assert surprises(world, role, "POST", parsed(SENDING)) == []


def test_a_visitor_is_answered_in_french_as_in_english(world):
    table = {f"/fr{address}": roles for address, roles in parsed(READING).items() if address.endswith(("/", ".ics"))}

    assert surprises(world, "visitor", "GET", table) == []


def test_nobody_without_an_account_on_the_staff_gets_into_the_back_office():
    """What the table says, read as a rule."""
    let_in = [
        (address, role)
        for address, roles in parsed(READING).items()
        for role in ROLES
        if address.startswith("/admin/") and role not in STAFF and roles[role] not in {"in", "403"}
    ]

    assert {address for address, _role in let_in} == {"/admin/logout/"}


@pytest.fixture
def without_second_factor(db):
    return World(second_factor=False)
