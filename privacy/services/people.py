"""Who somebody is here: the account, the registrations, and every name, address and number under which they are kept."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q

from accounts.erasure import has_left_traces, is_nobody
from accounts.models import User
from accounts.text import fold
from delegations.erasure import names_at
from meetings.models import Meeting
from participants.models import Participant
from privacy.finding import Terms, folded_pair, terms_of

WHO = ("given_name", "family_name", "email", "phone", "reference", "alias")


@dataclass(frozen=True, slots=True)
class Person:
    """Everything that is kept under one account; or, for somebody without one, under one address or in one registration."""

    user: User | None
    registrations: tuple[Participant, ...]

    @property
    def keys(self) -> list[int]:
        return [participant.pk for participant in self.registrations]

    @property
    def reference(self) -> str:
        """What a member of staff types to show whom they mean: the newest reference, else the address."""
        return self.registrations[0].reference if self.registrations else self.user.email if self.user else ""

    @property
    def is_erased(self) -> bool:
        return (self.user is None or is_nobody(self.user)) and all(participant.is_erased for participant in self.registrations)


def person_behind(participant: Participant) -> Person:
    """Whoever made this registration, with all that is theirs."""
    if participant.user is not None:
        return person_of(participant.user)
    same = Q(pk=participant.pk) | Q(email=participant.email, user=None) & ~Q(email="")
    return Person(user=None, registrations=registrations(same))


def person_of(user: User) -> Person:
    """Whoever signs in with this account, with forms of the same address that were never confirmed."""
    own = Q(user=user) | Q(user=None, email__in=addresses_of_account(user)) | Q(merged_into__survivor__user=user)
    return Person(user=user, registrations=registrations(own))


def find(words: str) -> Person | None:
    """Somebody by reference or address; None where nobody is kept under it."""
    if user := User.objects.filter(email=words.strip().lower()).first():
        return person_of(user)
    participant = registrations(Q(reference=words.strip().upper()) | Q(email=words.strip().lower()) & ~Q(email=""))[:1]
    return person_behind(participant[0]) if participant else None


def registrations_of(keys: Collection[int]) -> tuple[Participant, ...]:
    return registrations(Q(pk__in=keys))


def registrations(which: Q) -> tuple[Participant, ...]:
    rows: Any = Participant.objects.select_related("meeting", "sector", "country", "body", "user")
    return tuple(rows.filter(which).order_by("-pk"))


def addresses_of_account(user: User) -> set[str]:
    return {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}


def known_of(person: Person) -> list[dict[str, str]]:
    """What each registration says and said of who it is, from the newest to the oldest."""
    keys = person.keys
    return [*Participant.objects.filter(pk__in=keys).values(*WHO), *Participant.history.filter(id__in=keys).values(*WHO).distinct()]


def addresses_of(person: Person) -> set[str]:
    """Every address they have or had here."""
    of_account = addresses_of_account(person.user) if person.user else set()
    return (of_account | {known["email"] for known in known_of(person)}) - {""}


def earlier_accounts(person: Person) -> list[User]:
    """Accounts made for an address they had before, or by a slip of the pen; those with a life of their own are somebody else's."""
    found = User.objects.filter(email__in=addresses_of(person), is_staff=False, is_superuser=False, participations=None)
    return [user for user in found if user != person.user and not has_left_traces(user)]


def references_of(person: Person) -> set[str]:
    return {known["reference"] for known in known_of(person)}


def terms_for(person: Person) -> Terms:
    """What leads to this person in any text."""
    known = known_of(person)
    addresses = addresses_of(person)
    names = {(one["given_name"], one["family_name"]) for one in known} | set(names_at(addresses))
    account = person.user.name if person.user else ""
    return terms_of(
        names=[*names, *halves(account)],
        addresses=addresses,
        phones={one["phone"] for one in known},
        references=references_of(person),
        others={one["alias"] for one in known},
        shared=names_of_others(person) & {folded_pair(*pair) for pair in names},
    )


def halves(name: str) -> list[tuple[str, str]]:
    """A name in one piece, divided before its last word."""
    given, _space, family = name.strip().rpartition(" ")
    return [(given, family)] if family else []


def names_of_others(person: Person) -> set[tuple[str, str]]:
    """The names of everybody else who was ever registered, folded: what two people are called is certain for neither."""
    others = Participant.objects.exclude(pk__in=person.keys).values_list("given_name", "family_name")
    return {folded_pair(given, family) for given, family in others}


def is_current(participant: Participant, at: Any) -> bool:
    """Whether the meeting is not over and the registration may still hold a place or wait for one."""
    meeting: Meeting = participant.meeting
    waits = (Participant.State.PENDING, Participant.State.CONFIRMED, Participant.State.WAITLISTED)
    return not participant.is_erased and participant.state in waits and meeting.ends_on >= meeting.today(at)


def families_of_others(person: Person) -> frozenset[str]:
    """The family names of everybody else, folded."""
    return frozenset(fold(family) for _given, family in names_of_others(person))
