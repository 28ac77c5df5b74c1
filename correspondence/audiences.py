"""Whom a campaign can be written to; the apps that know people register how they are found.

An audience is chosen by a query string, which is kept with the campaign and asked again when it is sent.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise

from accounts.models import normal_address

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person as a campaign meets them. ``key`` names them within the audience and tells nothing of them.

    ``shown`` is what staff may read of them, ``trace`` the row a look at them is a look at, ``why_not`` a reason of
    ``CampaignRecipient.Reason`` for somebody who cannot be written to.
    """

    key: str
    address: str
    language: str
    shown: str
    reference: str = ""
    trace: str = ""
    hides_address: bool = False
    why_not: str = ""
    row: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Audience:
    """A group of people and its fixed placeholders.

    ``find`` gives everybody whom a query string shows to a user; ``get`` gives people by their keys, whoever asks.
    ``values`` fills the placeholders in a language; only for a mail that leaves (``live``) may it make links that open
    something. ``settle`` writes a query so that it means the same tomorrow, ``describe`` says it in the
    words of whoever reads, ``forget`` takes out of it what may name somebody. ``begun`` hears, in the same transaction, that a
    campaign to these people begins, and may refuse (``campaigns.Refused``). ``outdated`` is asked in the transaction that writes
    mails for whom the reason to write is over, ``again`` hears that it goes on on a later day and says who gets none that day; both
    answer with reasons by key. Of templates only those of ``kinds`` fit, if given.
    """

    key: str
    label: Label
    placeholders: Mapping[str, Label]
    find: Callable[[str, Any], list[Recipient]]
    get: Callable[[Collection[str]], dict[str, Recipient]]
    values: Callable[[Recipient, str, bool], Mapping[str, str]]
    settle: Callable[[str, Any], str]
    describe: Callable[[str, Any], dict[str, str]]
    list_address: Callable[[str], str]
    forget: Callable[[str], str] = str
    begun: Callable[[str, list[Recipient], Any, dt.datetime], None] | None = None
    outdated: Callable[[str, list[Recipient], dt.datetime], dict[str, str]] | None = None
    again: Callable[[str, list[Recipient], Any, dt.datetime], dict[str, str]] | None = None
    kinds: frozenset[str] | None = None
    permissions: tuple[str, ...] = ()
    secrets: frozenset[str] = frozenset()

    def is_open_to(self, user: Any) -> bool:
        """True for whoever may see these people."""
        return bool(user.has_perms(self.permissions))


_audiences: dict[str, Audience] = {}


def register(*audiences: Audience) -> None:
    """Make audiences known; called once from the ``ready`` of the app that knows the people."""
    _audiences.update({audience.key: audience for audience in audiences})


def get(key: str) -> Audience:
    """Return an audience; raises KeyError for one that nobody registered."""
    return _audiences[key]


def label_of(key: str) -> Any:
    """The name of an audience, or its key where it has gone since."""
    return _audiences[key].label if key in _audiences else key


def each_address_once(recipients: Iterable[Recipient], *, duplicate: str, nobody: str) -> list[Recipient]:
    """The same people, with the reason for those who have no address or share one with somebody before them."""
    seen: set[str] = set()
    sorted_out = []
    for recipient in recipients:
        address = normal_address(recipient.address)
        if not recipient.why_not and (not address or address in seen):
            recipient = replace(recipient, why_not=duplicate if address else nobody)
        if not recipient.why_not:
            seen.add(address)
        sorted_out.append(recipient)
    return sorted_out
