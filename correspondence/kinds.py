"""The kinds of mail there are, each with its fixed placeholders; the apps that send them register them.

A template is never code: ``{name}`` is replaced by a plain string, and nothing else in it means anything.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")

Label = str | Promise


@dataclass(frozen=True)
class Kind:
    """One kind of mail: its key, its name for the secretariat, its placeholders, and how to make real values for a preview.

    ``sample`` takes a language and returns values taken from the newest real row, or None where there is none yet.
    ``secrets`` names the placeholders that hold a link or code which opens something: they never stand in a subject, which
    lists show, and a text with one is wiped from the outbox once sent. Without a template the words come with each mail.
    """

    key: str
    label: Label
    placeholders: Mapping[str, Label]
    sample: Callable[[str], Mapping[str, str] | None] = field(default=lambda language: None)
    secrets: frozenset[str] = frozenset()
    has_template: bool = True

    @property
    def is_secret(self) -> bool:
        """True when the text holds something that opens something."""
        return bool(self.secrets)


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known; called once from the ``ready`` of the app that sends them."""
    _kinds.update({kind.key: kind for kind in kinds})


def get(key: str) -> Kind:
    """Return a kind; raises KeyError for one that nobody registered."""
    return _kinds[key]


def every() -> list[Kind]:
    """All kinds, in the order they were registered."""
    return list(_kinds.values())


def with_templates() -> list[Kind]:
    """Those whose words the secretariat edits."""
    return [kind for kind in every() if kind.has_template]


def label_of(key: str) -> Any:
    """The name of a kind, or its key where the kind has gone since."""
    return _kinds[key].label if key in _kinds else key


def placeholders_in(text: str) -> set[str]:
    """The names between braces in ``text``, whatever they are."""
    return set(PLACEHOLDER.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace each ``{name}`` that has a value; anything else between braces stays as it stands."""
    return PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), text)


@cache
def mail_domain() -> str:
    """The domain of the sender's address, for Message-ID headers."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
