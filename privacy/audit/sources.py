"""The tables that the timeline is made of: when, by whom, about whom. What each row says is in ``privacy.audit.lines``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import models
from django.db.models import F, Q, QuerySet, Value
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from accounts.models import Look, SecurityEvent, User
from participants.models import Consent, ExportRecord, ImportRecord, Participant, Reveal
from privacy.audit.people import People, Person
from privacy.models import Erasure, PurgeRun

Event = SecurityEvent.Event
REFUSALS = (Event.DENIED, Event.SIGN_IN_FAILED, Event.SECOND_FACTOR_FAILED)
PAGES_OF_PARTICIPANTS = "admin:participants_participant_"
PARTICIPANT, USER = Participant._meta.label_lower, User._meta.label_lower
NOBODY = Q(pk__in=[])
EVERYBODY = ~NOBODY


class Kind(models.TextChoices):
    """What was done, as the filter offers it."""

    SEEN = "seen", _("Seen")
    REVEALED = "revealed", _("Name shown")
    EXPORTED = "exported", _("Exported")
    IMPORTED = "imported", _("Imported")
    AGREED = "agreed", _("Agreed, taken back")
    DECIDED = "decided", _("Registered, corrected, decided")
    CHANGED = "changed", _("Changed in the back office")
    ERASED = "erased", _("Erased and purged")
    SIGNED_IN = "signed_in", _("Signing in")
    REFUSED = "refused", _("Refused")


@dataclass(frozen=True)
class Source:
    """One table, or the part of it that belongs to one kind.

    ``of_protected`` is what concerns somebody protected beside the rows that are about one of them.
    """

    name: str
    kind: Kind
    rows: Callable[[], QuerySet[Any]]
    moment: str
    by: str
    about: Callable[[People], Q]
    of_protected: Q = NOBODY

    def entries(self, number: int) -> QuerySet[Any]:
        """Its rows as the union takes them: when, which source, which row."""
        marked = self.rows().order_by().annotate(moment=F(self.moment), source=Value(number, models.IntegerField()), row=F("pk"))
        return marked.values_list("moment", "source", "row")


def looks_about(people: People) -> Q:
    found = Q(key__in=people.keys_in_traces) | people.is_account_as_text("key", prefix=f"{USER}:")
    return found | (Q(reference__in=people.references) & ~Q(reference=""))


def exports_about(people: People) -> Q:
    return Q(pk__in=people.exports) if isinstance(people, Person) else NOBODY


def events_about(people: People) -> Q:
    asked_for = Q(facts__page__startswith=PAGES_OF_PARTICIPANTS, asked__in=people.keys_as_text)
    return people.is_account("by") | people.is_account("about") | asked_for


def entries_about(people: People) -> Q:
    registration = Q(content_type__app_label="participants", content_type__model="participant", object_id__in=people.keys_as_text)
    account = Q(content_type__app_label="accounts", content_type__model="user") & people.is_account_as_text("object_id")
    return registration | account


def erasures_about(people: People) -> Q:
    return Q(pk__in=[one.pk for one in people.erasures]) if isinstance(people, Person) else NOBODY


def nobody(people: People) -> Q:
    return NOBODY


def events() -> QuerySet[Any]:
    return SecurityEvent.objects.annotate(asked=KT("facts__row"))


def day_kept(moment: str) -> Source:
    """What an erased registration still tells: that something happened, and on which day."""
    rows = Participant.objects.filter(family_name="").exclude(**{moment: None})
    return Source(moment, Kind.DECIDED, rows.all, moment, "", lambda people: Q(pk__in=people.keys))


# Their order decides between lines of the same moment: what was done stands above what it led to.
SOURCES = (
    Source("purges", Kind.ERASED, PurgeRun.objects.all, "started_at", "", nobody),
    Source("erasures", Kind.ERASED, Erasure.objects.all, "made_at", "made_by", erasures_about),
    day_kept("decided_at"),
    day_kept("registered_at"),
    day_kept("created_at"),
    Source("registrations", Kind.DECIDED, Participant.history.all, "history_date", "history_user", lambda people: Q(id__in=people.keys)),
    Source("consents", Kind.AGREED, Consent.objects.all, "at", "by", lambda people: Q(participant__in=people.keys)),
    Source("imports", Kind.IMPORTED, ImportRecord.objects.all, "made_at", "made_by", nobody),
    Source("entries", Kind.CHANGED, LogEntry.objects.all, "action_time", "user", entries_about),
    Source("rights", Kind.CHANGED, lambda: events().filter(event=Event.ROLE_CHANGE), "at", "by", events_about),
    Source("exports", Kind.EXPORTED, ExportRecord.objects.all, "made_at", "made_by", exports_about, Q(protected_names=True)),
    Source("reveals", Kind.REVEALED, Reveal.objects.all, "made_at", "made_by", lambda people: Q(participant__in=people.keys), EVERYBODY),
    Source("looks", Kind.SEEN, Look.objects.all, "at", "by", looks_about, Q(what=Look.What.PROTECTED_NAME)),
    Source("refusals", Kind.REFUSED, lambda: events().filter(event__in=REFUSALS), "at", "by", events_about),
    Source("sign_ins", Kind.SIGNED_IN, lambda: events().exclude(event__in=[*REFUSALS, Event.ROLE_CHANGE]), "at", "by", events_about),
)
