"""What the tests of badges in the back office share."""

import pytest
from django.test import Client

from accounts.models import User


@pytest.fixture
def office(client_of, secretariat: User) -> Client:
    """The secretariat's browser."""
    return client_of(secretariat)


@pytest.fixture
def said():
    """The messages on the page that a response leads to."""
    return lambda response: [str(message) for message in response.context["messages"]]
