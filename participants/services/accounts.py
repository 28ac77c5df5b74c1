"""The account behind a registration."""

from django.contrib.auth.hashers import make_password

from accounts.models import User
from participants.models import Participant


def account_for(participant: Participant) -> tuple[User, bool]:
    """The account that signs in with the participant's address, and whether it was made just now: without a password,
    for codes by e-mail."""
    defaults = {"language": participant.language, "password": make_password(None)}
    return User.objects.get_or_create(email=participant.email, defaults=defaults)
