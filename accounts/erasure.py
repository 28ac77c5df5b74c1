"""Making an account lead to nobody: deleted, or, where others' records hang on it, emptied."""

from collections import Counter
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import PROTECT

from accounts import sessions
from accounts.models import User

DOMAIN = "@nobody.invalid"
NOBODY = "erased-{}" + DOMAIN


def is_nobody(user: User) -> bool:
    """Whether this account was emptied."""
    return str(user.email).endswith(DOMAIN)


@transaction.atomic
def erase_account(*, user: User) -> Counter[str]:
    """Delete an account with its sessions, second factors and addresses; says how many rows of each kind went.

    The account of somebody who exported, decided or looked stays as "Erased account": that it was done, and when, is what
    others have a right to know.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    gone = Counter({"usersessions.usersession": sessions.end_all(user=user), "admin.logentry": let_go_of_name(user)})
    if has_left_traces(user):
        gone.update(emptied(user))
        return gone
    gone.update({label.lower(): number for label, number in user.delete()[1].items()})
    return gone


def let_go_of_name(user: User) -> int:
    """Lines of the back office's trail that say whose account was changed keep its key and not its address."""
    lines = LogEntry.objects.filter(content_type=get_content_type_for_model(user), object_id=str(user.pk))
    return lines.exclude(object_repr="").update(object_repr="")


def has_left_traces(user: User) -> bool:
    """Whether rows that must stay name this account as who did something."""
    return any(model._base_manager.filter(**{column: user.pk}).exists() for model, column in kept_for_others())


def kept_for_others() -> list[tuple[Any, str]]:
    """The tables, each with its column, in which an account stands as who did something, or by whom something is held."""
    relations: list[Any] = User._meta.get_fields(include_hidden=True)
    found = [one for one in relations if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)]
    return [(one.related_model, one.field.name) for one in found if one.on_delete is PROTECT or one.related_model is LogEntry]


def emptied(user: User) -> Counter[str]:
    """Take from an account that stays everything but its key."""
    gone = Counter({"accounts.user": 1})
    for relation in ("emailaddress_set", "authenticator_set"):
        rows = getattr(user, relation).all()
        gone[rows.model._meta.label_lower] += rows.delete()[0]
    user.groups.clear()
    user.user_permissions.clear()
    user.email, user.name, user.password = NOBODY.format(user.pk), "", make_password(None)
    user.is_active = user.is_staff = user.is_superuser = False
    user.language, user.last_login = User.Language.ENGLISH, None
    user.save()
    return gone
