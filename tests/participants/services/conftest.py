"""Who decides in the tests of services."""

import pytest

from accounts.models import User
from tests.factories import UserFactory


@pytest.fixture
def secretary(db: None) -> User:
    """Somebody who decides; what they may do is not asked here."""
    return UserFactory(staff=True)
