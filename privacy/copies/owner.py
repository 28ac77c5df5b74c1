"""Whose data a copy holds: an account with its registrations, or a registration that has no account."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q

from accounts.looks import key_of
from accounts.models import User
from participants.models import ExportedPeople, ImportRecord, Participant
from participants.unnamed import without_names, without_words


@dataclass(frozen=True)
class Owner:
    """One person, and what leads to their rows in every table."""

    account: User | None
    registrations: tuple[Participant, ...]

    @classmethod
    def of_account(cls, user: User) -> "Owner":
        """Registrations whose address was never proven are nobody's yet, so they are not among them."""
        own = Participant.objects.registered().filter(Q(user=user) | Q(merged_into__survivor__user=user))
        return cls(user, tuple(own.select_related("meeting").order_by("pk")))

    @classmethod
    def of_registration(cls, participant: Participant) -> "Owner":
        return cls.of_account(participant.user) if participant.user else cls(None, (participant,))

    @cached_property
    def keys(self) -> list[int]:
        return [one.pk for one in self.registrations]

    @cached_property
    def references(self) -> list[str]:
        return [one.reference for one in self.registrations]

    @cached_property
    def addresses(self) -> set[str]:
        """Proven ones: where a form was sent with somebody else's address, mail about it is not this person's."""
        own = {one.email for one in self.registrations if one.state != Participant.State.UNCONFIRMED}
        return {address for address in {*own, self.account.email if self.account else ""} if address}

    @cached_property
    def traces(self) -> list[str]:
        """The keys under which traces speak of them."""
        return [*map(key_of, self.registrations), *([key_of(self.account)] if self.account else [])]

    @cached_property
    def exports(self) -> list[int]:
        """The exports they were in."""
        return ExportedPeople.exports_with_any(self.keys)

    @cached_property
    def imports(self) -> list[int]:
        """The imports that entered or changed them."""
        return ImportRecord.keys_of(self.keys)

    @cached_property
    def roles(self) -> dict[int, str]:
        """In what role each member of staff acts, in the words that are stored: English."""
        staff = User.objects.filter(Q(is_staff=True) | Q(is_superuser=True)).prefetch_related("groups")
        return {user.pk: role_of(user) for user in staff}

    def left_out_of(self, text: str) -> str:
        """``text`` without their name and address."""
        text = without_names(text, self.registrations)
        return without_words(text, [self.account.name, self.account.email]) if self.account else text

    def is_protected(self) -> bool:
        return any(one.is_protected for one in self.registrations)

    def account_in(self, *columns: str) -> Q:
        """Rows with this person's account in one of the columns; none where there is no account."""
        found = Q(pk__in=[])
        if self.account:
            for column in columns:
                found |= Q(**{column: self.account.pk})
        return found

    def is_me(self, user: Any) -> bool:
        return self.account is not None and user is not None and user.pk == self.account.pk


def role_of(user: User) -> str:
    """The name of the group; of an administrator that."""
    names = sorted(str(group.name) for group in user.groups.all())
    return "Administrator" if user.is_superuser else next(iter(names), "Staff")
