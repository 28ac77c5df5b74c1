"""Fixtures of the back office's participant pages."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from accounts.models import User
from participants.models import Participant
from tests.factories import ParticipantFactory

LIST = "/admin/participants/participant/"
# What the browser sends of the forms for needs and journey where nothing is in them.
NOTHING_APART = {f"{prefix}-{name}_FORMS": 0 for prefix in ("needs", "journey") for name in ("TOTAL", "INITIAL")}


def ask(user: User, query: str) -> HttpRequest:
    """That user's request for the list, without a browser."""
    request = RequestFactory().get(f"{LIST}?{query}")
    request.user, request.session = user, {}
    return request


@pytest.fixture
def office(client_of, secretariat: User) -> Client:
    """The secretariat's browser."""
    return client_of(secretariat)


@pytest.fixture
def person(meeting) -> Callable[..., Participant]:
    """Somebody at Strasbourg 2026, named by family name: ``person("Brandt", pending=True)``."""

    def make(family_name: str, **fields) -> Participant:
        return ParticipantFactory(**{"meeting": meeting, "given_name": "", "family_name": family_name, **fields})

    return make


@pytest.fixture
def shown(office: Client) -> Callable[..., list[str]]:
    """The names on the list that a query string gives, in their order."""

    def names(query: str = "", browser: Client = office) -> list[str]:
        return [participant.face.name for participant in browser.get(f"{LIST}?{query}").context["cl"].result_list]

    return names


@pytest.fixture
def said() -> Callable[..., list[str]]:
    """The messages on the page that a response leads to."""
    return lambda response: [str(message) for message in response.context["messages"]]
