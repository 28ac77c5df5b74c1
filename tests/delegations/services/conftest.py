"""Who acts in the tests of services."""

import pytest

from accounts.models import User
from tests.factories import CorrespondentFactory, UserFactory


@pytest.fixture
def secretary(db: None) -> User:
    """Somebody who invites; what they may do is not asked here."""
    return UserFactory(staff=True)


@pytest.fixture
def correspondent(db: None) -> User:
    """Speaks for Ireland."""
    return CorrespondentFactory(user__email="pc@ministry.example", user__name="Nora Kinsella").user
