"""Fixtures of the registration tests."""

from collections.abc import Callable

import pytest

from correspondence.models import Message


@pytest.fixture
def outbox(db: None) -> Callable[[], list[str]]:
    """The kinds of the mails written so far, oldest first."""
    return lambda: list(Message.objects.order_by("pk").values_list("kind", flat=True))
