"""Accounts whose address and name the back office does not show. The apps that know of such people register who they are.

An account of somebody protected is a number to everybody, administrators too; the name is asked for where the person is shown.
Whoever works in the back office is known to colleagues and never hidden.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, CharField, Expression, F, OrderBy, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from accounts.models import User

_sources: list[Callable[[], QuerySet[Any, Any]]] = []


def register(source: Callable[[], QuerySet[Any, Any]]) -> None:
    """Hide the accounts whose keys ``source`` selects at the time of asking."""
    if source not in _sources:
        _sources.append(source)


def is_hidden() -> Q:
    """The condition on users."""
    hidden = Q(pk__in=[])
    for source in _sources:
        hidden |= Q(pk__in=source())
    return hidden & Q(is_staff=False, is_superuser=False)


def instead_of(column: str | None, shown: Expression) -> Case:
    """``shown`` for accounts that are hidden, the column for the others, or nothing."""
    return Case(When(is_hidden(), then=shown), default=F(column) if column else Value(""), output_field=CharField())


def stand_in() -> Expression:
    """What an account that is hidden is called."""
    return Concat(Value(_("Account") + " "), Cast("pk", CharField()))


def order() -> OrderBy:
    """By address, those that are hidden by number: the place among the others would tell how an address begins."""
    return instead_of("email", stand_in()).asc()


def marked(users: QuerySet[User]) -> QuerySet[User]:
    """The same users with what may be shown of each: ``stand_in`` ("" where all may be), ``seen_email`` and ``seen_name``."""
    return users.annotate(  # type: ignore[no-redef]  # fills in the attribute of the class
        stand_in=instead_of(None, stand_in()),
        seen_email=instead_of("email", stand_in()),
        seen_name=instead_of("name", Value("")),
    )
