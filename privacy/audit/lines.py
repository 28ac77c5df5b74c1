"""What each row of the timeline says, in the reader's words. A person is shown by reference and face, whoever reads."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Model, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from accounts.models import Look, SecurityEvent, User
from attendance import days_file
from attendance.services import corrections
from participants.admin.history import reason_shown
from participants.admin.page import EVENTS
from participants.exports import PURPOSES
from participants.faces import face_of, sight_of
from participants.models import Consent, ExportRecord, ImportRecord, Participant, Reveal
from privacy.audit.sources import PAGES_OF_PARTICIPANTS, PARTICIPANT, USER, Kind, Source
from privacy.models import Erasure, PurgeRun

MOST_NAMED = 5  # people on one line
# What the back office wrote into its own log, beside the names of columns.
KNOWN_ENTRIES = {
    "second factor forgotten": _lazy("Second factor forgotten."),
    "sessions ended": _lazy("Signed out everywhere."),
    corrections.RECORDED: _lazy("Presence recorded by hand."),
}
# Rows whose own text names nobody.
TELL_THEMSELVES = {"meetings", "delegations", "correspondence"}
OTHER_PURPOSES = {
    "audit": _lazy("Who did what"),
    "own_data": _lazy("Everything held on one person"),
    days_file.PURPOSE: _lazy("Days attended"),
}
PROOFS = {
    "password": _lazy("password"),
    "code": _lazy("code by e-mail"),
    "mfa": _lazy("second factor"),
    "totp": _lazy("app with codes"),
    "webauthn": _lazy("passkey"),
    "recovery_codes": _lazy("recovery codes"),
}
DAYS_KEPT = {
    "created_at": _lazy("Form sent (only the day is kept)"),
    "registered_at": _lazy("Registered (only the day is kept)"),
    "decided_at": _lazy("Last change of status (only the day is kept)"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a line is about, as this reader may see them."""

    key: int
    reference: str
    name: str
    is_protected: bool
    account: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says beside when and by whom."""

    what: str
    why: str = ""
    page: str = ""  # where the row itself is shown
    others: int = 0  # people beyond those named
    by: str = ""  # where nobody did it


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline."""

    at: dt.datetime
    kind: Kind
    by: str
    what: str
    about: tuple[Subject, ...]
    others: int
    why: str
    page: str


@dataclass(frozen=True, slots=True)
class Keys:
    """Whom a row names: registrations by key or reference, accounts by key."""

    participants: tuple[int, ...] = ()
    references: tuple[str, ...] = ()
    accounts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Words:
    """Everybody whom the lines of a page name, read at once."""

    by_key: Mapping[int, Subject]
    by_reference: Mapping[str, Subject]
    by_account: Mapping[int, Subject]
    staff: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def for_subjects(cls, keys: Iterable[Keys], viewer: Any) -> "Words":
        """Two queries, whatever the number of lines."""
        named = list(keys)
        accounts = {key for one in named for key in one.accounts}
        rows = Participant.objects.filter(
            Q(pk__in={key for one in named for key in one.participants})
            | Q(reference__in={reference for one in named for reference in one.references})
            | Q(user__in=accounts)
        ).order_by("pk")
        sight = sight_of(viewer)
        subjects = {row: Subject(row.pk, row.reference, face_of(row, sight).name, row.is_protected, row.user_id) for row in rows}
        return cls(
            by_key={row.pk: subject for row, subject in subjects.items()},
            by_reference={row.reference: subject for row, subject in subjects.items()},
            by_account={row.user_id: subject for row, subject in subjects.items() if row.user_id},
            staff={user.pk: str(user) for user in User.objects.filter(pk__in=accounts, is_staff=True)},
        )

    def found(self, keys: Keys) -> tuple[Subject, ...]:
        """Those of these keys who are still there, each once."""
        found = [self.by_key.get(key) for key in keys.participants]
        found += [self.by_reference.get(reference) for reference in keys.references]
        found += [self.by_account.get(key) for key in keys.accounts if key not in self.staff]
        return tuple(dict.fromkeys(filter(None, found)))

    def account(self, user: User) -> str:
        """Who did something: staff by name, anybody else by the reference of their latest registration."""
        if user.is_staff:
            return str(user)
        subject = self.by_account.get(user.pk)
        return subject.reference if subject else _("an account without registration")


def line_of(source: Source, row: Any, moment: dt.datetime, words: Words) -> Line:
    """The row as a line."""
    said = SAYS[source.name](row, words)
    user = getattr(row, source.by) if source.by else None
    about = words.found(keys_of(source, row))
    by = words.account(user) if user else said.by or _("the system")
    if user and user.pk in {subject.account for subject in about}:
        by = _("the person concerned")
    return Line(moment, source.kind, by, said.what, about, said.others, said.why, said.page)


def subjects_of(source: Source, row: Any) -> Keys:
    """Everybody a row names, who did it included."""
    keys = keys_of(source, row)
    actor = getattr(row, f"{source.by}_id") if source.by else None
    return Keys(keys.participants, keys.references, (*keys.accounts, *([actor] if actor else [])))


# --- whom a row is about ---


def keys_of(source: Source, row: Any) -> Keys:
    """Whom the row is about."""
    return ABOUT[type(row)](row)


def keys_of_look(look: Look) -> Keys:
    label, _colon, key = look.key.partition(":")
    if key.isdecimal() and label == PARTICIPANT:
        return Keys(participants=(int(key),))
    if key.isdecimal() and label == USER:
        return Keys(accounts=(int(key),))
    return Keys(references=(look.reference,) if look.reference else ())


def keys_of_event(event: SecurityEvent) -> Keys:
    asked = str(event.facts.get("row", ""))
    of_participant = str(event.facts.get("page", "")).startswith(PAGES_OF_PARTICIPANTS) and asked.isdecimal()
    return Keys(participants=(int(asked),) if of_participant else (), accounts=(event.about_id,) if event.about_id else ())


def keys_of_entry(entry: LogEntry) -> Keys:
    label = label_of_entry(entry)
    if not str(entry.object_id).isdecimal():
        return Keys()
    key = int(str(entry.object_id))
    return Keys(participants=(key,)) if label == PARTICIPANT else Keys(accounts=(key,)) if label == USER else Keys()


def keys_of_erasure(erasure: Erasure) -> Keys:
    return Keys(participants=tuple(erasure.registrations[:MOST_NAMED]))


ABOUT: dict[type[Model], Callable[[Any], Keys]] = {
    PurgeRun: lambda run: Keys(),
    Erasure: keys_of_erasure,
    Participant: lambda participant: Keys(participants=(participant.pk,)),
    Participant.history.model: lambda record: Keys(participants=(record.id,)),
    LogEntry: keys_of_entry,
    SecurityEvent: keys_of_event,
    Consent: lambda consent: Keys(participants=(consent.participant_id,)),
    ExportRecord: lambda record: Keys(),
    ImportRecord: lambda record: Keys(),
    Reveal: lambda reveal: Keys(participants=(reveal.participant_id,)),
    Look: keys_of_look,
}

# --- what a row says ---


def say_purge(run: PurgeRun, words: Words) -> Said:
    what = _("Looked for what was due, as a dry run") if run.is_dry else _("Purged what was due")
    return Said(f"{what} ({run.get_channel_display()})", rows_in(run.counts), page_of(run))


def say_erasure(erasure: Erasure, words: Words) -> Said:
    what = _("Erased on request") if erasure.purpose == Erasure.Purpose.REQUEST else _("Erased because the time was over")
    return Said(what, rows_in(erasure.counts), page_of(erasure), others=max(0, len(erasure.registrations) - MOST_NAMED))


def say_day_kept(name: str) -> Callable[[Participant, Words], Said]:
    return lambda participant, words: Said(str(DAYS_KEPT[name]), by=_("no longer known"))


def say_record(record: Any, words: Words) -> Said:
    """A step of a registration: the new status, or why it was written."""
    why = reason_shown(record.history_change_reason, frozenset())
    if record.history_type == "-":
        return Said(_("Form deleted"), why)
    if record.state != record.before:
        sent = record.state == Participant.State.UNCONFIRMED
        return Said(str(EVENTS[Participant.State(record.state)]), why, by=_("the person concerned") if sent else "")
    return Said(why or _("Changed"))


def say_entry(entry: LogEntry, words: Words) -> Said:
    what = str(KNOWN_ENTRIES.get(entry.change_message) or entry.get_change_message() or _("Changed."))
    label = label_of_entry(entry)
    if label in {PARTICIPANT, USER}:
        return Said(what)
    model = entry.content_type.model_class() if entry.content_type else None
    noun = capfirst(str(model._meta.verbose_name)) if model else label
    tells = bool(model) and label.split(".")[0] in TELL_THEMSELVES
    return Said(what, page=entry_page(entry, model), why=f"{noun}{_(':')} {entry.object_repr if tells else entry.object_id}")


def say_event(event: SecurityEvent, words: Words) -> Said:
    label = str(dict(SecurityEvent.Event.choices).get(event.event, event.event))
    return Said(label, ", ".join(details(event)), by=_("nobody signed in"))


def details(event: SecurityEvent) -> Iterator[str]:
    """Page, columns and reasons that an event names."""
    names = {one.name: one.verbose_name for one in (*User._meta.fields, *User._meta.many_to_many)}
    if event.event == SecurityEvent.Event.DENIED and event.facts.get("page"):
        yield _("page “%(name)s”") % {"name": event.facts["page"]}
    if changed := event.facts.get("changed"):
        yield ", ".join(str(names.get(name, name)) for name in changed)
    if how := event.facts.get("how") or event.facts.get("kind"):
        yield ", ".join(str(PROOFS.get(one, one)) for one in (how if isinstance(how, list) else [how]))
    if event.about_id and not event.by_id and event.event == SecurityEvent.Event.SIGN_IN_FAILED:
        yield _("known account")


def say_export(record: ExportRecord, words: Words) -> Said:
    purpose = PURPOSES[record.purpose].label if record.purpose in PURPOSES else OTHER_PURPOSES.get(record.purpose, record.purpose)
    text = _("Exported with protected names: %(purpose)s") if record.protected_names else _("Exported: %(purpose)s")
    count = _("broken off") if record.rows is None else ngettext("%(n)s row", "%(n)s rows", record.rows) % {"n": record.rows}
    facts = [str(record.meeting) if record.meeting else "", count, record.options.get("reason", "")]
    by = _("the command line") if record.channel != "admin" else ""
    return Said(text % {"purpose": purpose}, ", ".join(filter(None, facts)), page_of(record), by=by)


def say_import(record: ImportRecord, words: Words) -> Said:
    """Who was on the list stands in the lines of the people themselves."""
    by = _("the command line") if record.channel != "admin" else ""
    return Said(_("Imported a list: %(stage)s") % {"stage": record.get_stage_display()}, str(record.meeting), page_of(record), by=by)


def say_consent(consent: Consent, words: Words) -> Said:
    text = _("Agreed: %(what)s") if consent.is_given else _("Took back: %(what)s")
    facts = [consent.get_how_display(), consent.notice]
    by = _("the person concerned") if consent.how == Consent.How.FORM else ""
    return Said(text % {"what": consent.get_what_display()}, ", ".join(filter(None, facts)), page_of(consent), by=by)


def say_reveal(reveal: Reveal, words: Words) -> Said:
    return Said(_("Had the real name shown"), reveal.reason, page_of(reveal))


def say_look(look: Look, words: Words) -> Said:
    return Said(_("Opened %(what)s") % {"what": look.get_what_display()})


SAYS: dict[str, Callable[[Any, Words], Said]] = {
    "purges": say_purge,
    "erasures": say_erasure,
    **{name: say_day_kept(name) for name in DAYS_KEPT},
    "registrations": say_record,
    "entries": say_entry,
    "rights": say_event,
    "consents": say_consent,
    "imports": say_import,
    "exports": say_export,
    "reveals": say_reveal,
    "looks": say_look,
    "refusals": say_event,
    "sign_ins": say_event,
}

# --- parts ---


def label_of_entry(entry: LogEntry) -> str:
    return f"{entry.content_type.app_label}.{entry.content_type.model}" if entry.content_type else ""


def rows_in(counts: Any) -> str:
    """How many rows went, all tables together."""
    total = total_of(counts)
    return ngettext("%(n)s row", "%(n)s rows", total) % {"n": total}


def total_of(counts: Any) -> int:
    if isinstance(counts, dict):
        return sum(map(total_of, counts.values()))
    return counts if isinstance(counts, int) else 0


def page_of(row: Model) -> str:
    """The page of a ledger's row, where the back office has one."""
    if not admin.site.is_registered(type(row)):
        return ""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def entry_page(entry: LogEntry, model: type[Model] | None) -> str:
    """The page of what was changed, where there is one."""
    if model is None or not admin.site.is_registered(model) or entry.is_deletion():
        return ""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[entry.object_id])
