"""The privacy notice: made from the register and the retention periods, and published as versions that never change."""

import difflib
import hashlib
import html
import re
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from accounts.personal_data import DataClass, Personal
from participants.models.participant import UNCONFIRMED_KEPT
from privacy import register, retention
from privacy.models import NoticeVersion

# What concerns everybody first, what concerns the staff last.
ORDER = (
    *(DataClass.REGISTRATION, DataClass.TRAVEL, DataClass.NEEDS, DataClass.PASSPORT, DataClass.CONSENT, DataClass.MAIL),
    *(DataClass.ACCOUNT, DataClass.SECURITY, DataClass.TRACE, DataClass.PUBLISHED),
)


class NothingChangedError(Exception):
    """The version in force says the same already; the text is for people."""

    def __str__(self) -> str:
        return str(_("The notice in force says the same already."))


class Text(NamedTuple):
    """The notice in both languages, as HTML."""

    en: str
    fr: str

    @property
    def digest(self) -> str:
        return hashlib.sha256("\0".join(self).encode()).hexdigest()


class Heading(NamedTuple):
    """One line of the list of contents, with those under it."""

    key: str
    title: str
    below: list["Heading"]


class Item(NamedTuple):
    """One line of the notice: what is kept, why, on what basis, and who sees it."""

    what: str
    purpose: str
    basis: str
    readers: str


class Part(NamedTuple):
    """What is kept for the same time."""

    title: str
    kept: str
    items: list[Item]


def generated() -> Text:
    """The notice as register, retention periods, wording and settings make it now."""
    return Text(*map(written_in, ("en", "fr")))


def written_in(language: str) -> str:
    """The notice in one language."""
    with override(language):
        context = {
            "organiser": settings.ORGANISER_FR if language == "fr" else settings.ORGANISER_EN,
            "contact_email": settings.CONTACT_EMAIL,
            "parts": parts(),
            "unconfirmed_days": UNCONFIRMED_KEPT.days,
        }
        text = render_to_string(f"privacy/notice.{language}.html", context).strip() + "\n"
        return with_contents(text, language)


def with_contents(text: str, language: str) -> str:
    """The text after a list of its headings; each heading gets a name to be linked to, one for each language."""
    top: list[Heading] = []

    def name(found: re.Match[str]) -> str:
        level, title = found.groups()
        above = top if level == "2" else top[-1].below
        parents = "" if level == "2" else f"{len(top)}-"
        above.append(Heading(f"{language}-{parents}{len(above) + 1}", html.unescape(title), []))
        return f'<h{level} id="{above[-1].key}">{title}</h{level}>'

    named = re.sub(r"<h([23])>(.*)</h\1>", name, text)
    return render_to_string("privacy/notice_contents.html", {"headings": top}) + named


def parts() -> list[Part]:
    """What is kept, in the active language, by the time it is kept for, in the order in which the apps tell it."""
    kept = retention.in_words()
    found: dict[DataClass, dict[Personal, None]] = {one: {} for one in ORDER}
    for fields in register.said()[0].values():
        for entry in fields.values():
            found[entry.data_class][entry] = None
    return [Part(str(one.label), kept[one], [item_of(said) for said in entries]) for one, entries in found.items() if entries]


def item_of(said: Personal) -> Item:
    """One entry of the register as a line of the notice."""
    return Item(register.sentence(said.what), str(said.purpose), str(said.basis.label), register.listed(said.readers))


def in_force() -> NoticeVersion | None:
    """The version published last."""
    version: NoticeVersion | None = NoticeVersion.objects.order_by("-published_at", "-pk").first()
    return version


def version_in_force() -> str:
    """Its number; empty while none is published."""
    return NoticeVersion.objects.order_by("-published_at", "-pk").values_list("version", flat=True).first() or ""


def is_outdated() -> bool:
    """True when the notice in force no longer says what the software does."""
    current = in_force()
    return current is None or current.digest != generated().digest


@transaction.atomic
def publish(*, by: User | None, at: Any = None) -> NoticeVersion:
    """Put what is generated now in force as a new version. Raises NothingChangedError."""
    now, text, current = at or timezone.now(), generated(), in_force()
    if current and current.digest == text.digest:
        raise NothingChangedError
    version: NoticeVersion = NoticeVersion.objects.create(
        version=next_number(timezone.localdate(now).year),
        text_en=text.en,
        text_fr=text.fr,
        digest=text.digest,
        published_at=now,
        published_by=by,
    )
    return version


def next_number(year: int) -> str:
    """2026-1, 2026-2 and so on: the year, and which of that year."""
    known = NoticeVersion.objects.filter(version__startswith=f"{year}-").values_list("version", flat=True)
    return f"{year}-{max((int(one.partition('-')[2]) for one in known), default=0) + 1}"


class Line(NamedTuple):
    """One line of a comparison: new, gone, or the same in both."""

    sign: str
    text: str


def changes(old: str, new: str) -> list[Line]:
    """What differs between two texts, line by line, without the lines that stayed."""
    found = difflib.ndiff(lines_of(old), lines_of(new))
    return [Line(line[0], line[2:]) for line in found if line[0] in "+-"]


def lines_of(text: str) -> list[str]:
    """The words of the notice, a line for each paragraph, heading or item."""
    lines = (re.sub(r"[ \t]+", " ", strip_tags(line)).strip() for line in text.splitlines())
    return [line for line in lines if line]


def publish_first(**kwargs: object) -> None:
    """Give a new installation its first version, so that nobody registers without one."""
    if in_force() is None:
        publish(by=None)
