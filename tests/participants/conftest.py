"""Fixtures of the registration tests."""

import re
from collections.abc import Callable

import pytest

from correspondence.models import Message

KEY = "k" * 32


@pytest.fixture
def outbox(db: None) -> Callable[[], list[str]]:
    """The kinds of the mails written so far, oldest first."""
    return lambda: list(Message.objects.order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def typed() -> Callable[..., dict[str, str]]:
    """What Siobhán types into the form, as the browser sends it; keywords change or, with None, leave out a field."""

    def make(**changes: str | None) -> dict[str, str]:
        answers = {
            "sector": "police",
            "step": "check",
            "submission_key": KEY,
            "salutation": "ms",
            "given_name": "Siobhán",
            "family_name": "Ní Bhriain-O'Connor",
            "email": "siobhan@garda.example",
            "phone": "",
            "language": "en",
            "country": "IE",
            "organisation": "An Garda Síochána",
            "service": "Cyber Crime Bureau",
            "function": "Detective Sergeant",
            "arrives_on": "",
            "departs_on": "",
            "diet": "",
            "diet_details": "",
            "accessibility": "",
            "needs_agreed": "on",
            "listening_language": "en",
            "visibility": "full",
            "privacy_accepted": "on",
        } | changes
        return {name: value for name, value in answers.items() if value is not None}

    return make


@pytest.fixture
def last_link(db: None) -> Callable[[], str]:
    """The address of the page that confirms, from the latest mail, without the host."""
    return lambda: re.search(r"http://[^/]+(/\S*registrations/confirm/\S+)", Message.objects.latest("pk").body)[1]
