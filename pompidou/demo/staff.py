"""Makes the accounts of the demo that sign in with a password."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from accounts.models import User
from pompidou.demo.accounts import ACCOUNTS, DemoAccount


def write_accounts() -> None:
    """Make each account, or give it back its password alone, name and rights; the others come with their registrations."""
    for account in ACCOUNTS:
        if account.password:
            write_account(account)


def write_account(account: DemoAccount) -> User:
    """Make one member of staff."""
    fields = {"name": account.name, "is_staff": True, "is_active": True, "is_superuser": account.is_administrator}
    user, _created = User.objects.update_or_create(email=account.email, defaults={**fields, "password": make_password(account.password)})
    Authenticator.objects.filter(user=user).delete()  # whoever tried the enrolment would shut out the next visitor
    user.groups.set(Group.objects.filter(name=account.group))
    return user


def secretary() -> User:
    """The account in whose name the demo's decisions were taken."""
    return User.objects.get(email=next(account.email for account in ACCOUNTS if account.group == "Secretariat"))
