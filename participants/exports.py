"""The list of participants as a file: what each purpose holds, the rows, and the ledger of what left.

A purpose decides the columns; the filters of the list decide the people. Nobody's food or accessibility needs leave
with a name, in any purpose: the caterer gets counts. Arrival and departure leave only for those purposes that are about them,
and passports in none.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from delegations.models import Body, Country
from meetings.audiences import Category, Family
from meetings.languages import wording
from meetings.models import Meeting
from participants import cells
from participants.faces import Face, Sight, face_of
from participants.head_counts import exactly, head_counts, roughly
from participants.models import ExportedPeople, ExportRecord, Participant, ParticipantQuerySet, Sector
from participants.unnamed import without_protected_names

CHUNK = 1_000  # rows held at a time
PIECE = 64 * 1024

# What every row is made of. No needs, no passport and no notes: what is not fetched cannot leave.
FIELDS = (
    *("pk", "user_id", "given_name", "family_name", "email", "phone", "salutation", "function", "service", "organisation"),
    *("alias", "is_protected", "meeting_id", "reference", "state", "category", "sector_id", "country_id", "body_id"),
    *("language", "listening_language", "visibility", "may_be_photographed", "is_first_timer"),
    *("privacy_notice", "sent", "registered", "decided"),
)
# Times come as text: making a moment from text ourselves takes a fifth of what the driver takes.
TIMES = {name: Cast(f"{name}_at", TextField()) for name in ("registered", "decided")} | {"sent": Cast("created_at", TextField())}


class Words:
    """Everything a row names by a key, in one language, read once: countries, organisations, sectors, choices."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.first_days = dict(Meeting.objects.values_list("pk", "starts_on"))
        self.countries = {country.pk: country for country in Country.objects.prefetch_related("former_names")}
        self.bodies = {body.pk: wording(body, "name", language).text for body in Body.objects.all()}
        sectors = list(Sector.objects.all())
        self.sectors = {sector.pk: wording(sector, "name", language).text for sector in sectors}
        with override(language):
            families = labels(Family)
            self.families = {sector.pk: families[sector.family] for sector in sectors}
            self.states, self.categories = labels(Participant.State), labels(Category)
            self.languages, self.visibilities = labels(User.Language), labels(Participant.Visibility)
            self.titles = {"": "", **labels(Participant.Salutation)}
            self.yes_no = {True: gettext("Yes"), False: gettext("No")}
        self.zone = timezone.get_default_timezone()
        self.names_then: dict[tuple[int, int], str] = {}

    def country(self, row: Any) -> str:
        """What the row's country was called when its meeting began."""
        if row.country_id is None:
            return ""
        key = (row.country_id, row.meeting_id)
        if key not in self.names_then:
            self.names_then[key] = self.countries[row.country_id].name_on(self.first_days[row.meeting_id], self.language)
        return self.names_then[key]

    def moment(self, text: str | None) -> str:
        """A moment as the database writes it, on the clock of the secretariat, to the second."""
        if not text:
            return ""
        at = dt.datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=dt.UTC)).astimezone(self.zone).isoformat(timespec="seconds")


def labels(choices: Any) -> dict[str, str]:
    """The choices' words in the active language."""
    return {value: str(label) for value, label in choices.choices}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading in both languages, and its cell for a row."""

    key: str
    heading_en: str
    heading_fr: str
    cell: Callable[[Any, Face, Words], Hashable]
    fetched: tuple[str, ...] = ()  # what a row needs beside FIELDS

    def heading(self, language: str) -> str:
        return self.heading_fr if language == "fr" else self.heading_en


ARRIVES_ON, DEPARTS_ON = "journey__arrives_on", "journey__departs_on"


def nights(row: Any) -> int | None:
    """How many nights somebody stays, once both days are known."""
    arrives_on, departs_on = row.journey__arrives_on, row.journey__departs_on
    return (departs_on - arrives_on).days if arrives_on and departs_on else None


def detail(name: str) -> Callable[[Any, Face, Words], Hashable]:
    """The cell for how or where somebody travels or sleeps; of somebody whose name is hidden it would lead to the person."""
    return lambda row, face, words: "" if face.is_masked else getattr(row, name) or ""


FORMAL_NAME = Column("name", "Name", "Nom", lambda row, face, words: face.formal_name)
COUNTRY = Column("country", "Country", "Pays", lambda row, face, words: words.country(row))
ORGANISATION = Column(
    "organisation", "Organisation", "Organisation", lambda row, face, words: face.organisation or words.bodies.get(row.body_id, "")
)
FUNCTION = Column("function", "Function", "Fonction", lambda row, face, words: face.function)
ARRIVAL = Column("arrival", "Arrival", "Arrivée", lambda row, face, words: row.journey__arrives_on, (ARRIVES_ON,))
DEPARTURE = Column("departure", "Departure", "Départ", lambda row, face, words: row.journey__departs_on, (DEPARTS_ON,))
NIGHTS = Column("nights", "Nights", "Nuits", lambda row, face, words: nights(row), (ARRIVES_ON, DEPARTS_ON))
HOW_THEY_ARRIVE = Column("arrives_by", "Arrives by", "Moyen d’arrivée", detail("journey__arrival_details"), ("journey__arrival_details",))
HOW_THEY_LEAVE = Column("leaves_by", "Leaves by", "Moyen de départ", detail("journey__departure_details"), ("journey__departure_details",))
HOTEL = Column("hotel", "Hotel", "Hôtel", detail("journey__hotel"), ("journey__hotel",))
# The list of participants is for everybody, so it leaves out a name whose owner said so.
LISTED_NAME = Column(
    "name",
    "Name",
    "Nom",
    lambda row, face, words: "" if row.visibility == Participant.Visibility.FUNCTION else face.formal_name,
)
COUNTED = Column("what", "What", "Objet", lambda row, face, words: row[0])
COUNT = Column("count", "Count", "Nombre", lambda row, face, words: row[1])

EVERYTHING = (
    Column("reference", "Reference", "Référence", lambda row, face, words: row.reference),
    Column("status", "Status", "Statut", lambda row, face, words: words.states[row.state]),
    Column("category", "Category", "Catégorie", lambda row, face, words: words.categories[row.category]),
    Column("shown_name", "Name", "Nom", lambda row, face, words: face.name),
    Column("title", "Title", "Civilité", lambda row, face, words: words.titles[face.salutation]),
    Column("given_names", "Given names", "Prénoms", lambda row, face, words: face.given_name),
    Column("family_name", "Family name", "Nom de famille", lambda row, face, words: face.family_name),
    FUNCTION,
    Column("service", "Service or unit", "Service ou unité", lambda row, face, words: face.service),
    Column("organisation", "Organisation", "Organisation", lambda row, face, words: face.organisation),
    Column("body", "International organisation", "Organisation internationale", lambda row, face, words: words.bodies.get(row.body_id, "")),
    COUNTRY,
    Column("sector", "Sector", "Secteur", lambda row, face, words: words.sectors[row.sector_id]),
    Column("family", "Family of sectors", "Famille de secteurs", lambda row, face, words: words.families[row.sector_id]),
    Column("email", "E-mail address", "Adresse électronique", lambda row, face, words: face.email),
    Column("phone", "Telephone", "Téléphone", lambda row, face, words: face.phone),
    Column("language", "Language of mails", "Langue des courriels", lambda row, face, words: words.languages[row.language]),
    Column("listening", "Listening language", "Langue d’écoute", lambda row, face, words: words.languages[row.listening_language]),
    Column("first_time", "First time", "Première fois", lambda row, face, words: words.yes_no[row.is_first_timer]),
    Column(
        "visibility",
        "On the list of participants",
        "Sur la liste des participants",
        lambda row, face, words: words.visibilities[row.visibility],
    ),
    Column("photo", "May be photographed", "Peut être photographié(e)", lambda row, face, words: words.yes_no[row.may_be_photographed]),
    Column("privacy_notice", "Privacy notice read", "Avis de confidentialité lu", lambda row, face, words: row.privacy_notice),
    Column("sent", "Form sent", "Formulaire envoyé", lambda row, face, words: words.moment(row.sent)),
    Column("registered", "Registered", "Inscription", lambda row, face, words: words.moment(row.registered)),
    Column("decided", "Last change of status", "Dernier changement de statut", lambda row, face, words: words.moment(row.decided)),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """How somebody wants the file."""

    purpose: "Purpose"
    language: str = "en"
    format: str = "csv"
    separator: str = ","
    bom: bool = True
    protected_names: bool = False
    reason: str = ""
    rough_counts: bool = False

    def as_options(self) -> dict[str, Any]:
        """What the ledger keeps beside the purpose."""
        options: dict[str, Any] = {"format": self.format, "language": self.language}
        if self.format == "csv":
            options |= {"separator": self.separator, "bom": self.bom}
        if self.rough_counts:
            options |= {"rough_counts": True}
        return options | ({"reason": self.reason} if self.reason else {})


@dataclass(frozen=True, slots=True)
class Purpose:
    """What somebody needs the list for: the columns, who may take it, and who is on it."""

    key: str
    label: Any
    explanation: Any
    columns: tuple[Column, ...]
    permission: str
    confirmed_only: bool = True  # unless the filters name a status
    has_people: bool = True
    left_out: Q | None = None

    def people(self, queryset: ParticipantQuerySet) -> ParticipantQuerySet:
        """Those of ``queryset`` who are on this list."""
        return queryset.exclude(self.left_out) if self.left_out else queryset

    def rows(self, queryset: ParticipantQuerySet, choice: Choice) -> Iterator[cells.Batch]:
        """The rows in batches, in a stable order, without the headings."""
        if not self.has_people:
            return iter([list(head_counts(queryset, choice.language, roughly if choice.rough_counts else exactly))])
        return people_rows(self.people(queryset), self.columns, choice)


MAY_EXPORT = "participants.export_participant"
MAY_SEE_JOURNEYS = "participants.view_journey"
# Whoever may read every field on the participant's own page may have them in a file.
MAY_SEE_EVERYTHING = "participants.change_participant"

PURPOSES: Mapping[str, Purpose] = {
    purpose.key: purpose
    for purpose in (
        Purpose(
            key="host_security",
            label=_("Host security"),
            explanation=_("Who enters the building and when. For the security service of the host."),
            columns=(FORMAL_NAME, COUNTRY, ORGANISATION, FUNCTION, ARRIVAL, DEPARTURE),
            permission=MAY_SEE_JOURNEYS,
        ),
        Purpose(
            key="catering",
            label=_("Catering"),
            explanation=_("Counts only: people, diets, accessibility needs. No names. For the caterer and the venue."),
            columns=(COUNTED, COUNT),
            permission=MAY_EXPORT,
            has_people=False,
        ),
        Purpose(
            key="hotel",
            label=_("Hotel"),
            explanation=_("Who sleeps there, from which night to which. For the hotel."),
            columns=(FORMAL_NAME, COUNTRY, ARRIVAL, DEPARTURE, NIGHTS),
            permission=MAY_SEE_JOURNEYS,
        ),
        Purpose(
            key="transport",
            label=_("Transport"),
            explanation=_("Who is to be fetched when and where, and brought back. For the drivers of the host."),
            columns=(FORMAL_NAME, COUNTRY, ARRIVAL, HOW_THEY_ARRIVE, HOTEL, DEPARTURE, HOW_THEY_LEAVE),
            permission=MAY_SEE_JOURNEYS,
        ),
        Purpose(
            key="participants_list",
            label=_("List of participants"),
            explanation=_("The official list in its order, without those who do not wish to be on it. For all who take part."),
            columns=(LISTED_NAME, FUNCTION, ORGANISATION, COUNTRY),
            permission=MAY_SEE_EVERYTHING,
            left_out=Q(visibility=Participant.Visibility.HIDDEN),
        ),
        Purpose(
            key="full",
            label=_("Full list"),
            explanation=_(
                "Everything except journeys, passports, needs and notes. For the secretariat's own work; it does not leave the house."
            ),
            columns=EVERYTHING,
            permission=MAY_SEE_EVERYTHING,
            confirmed_only=False,
        ),
    )
}


def purposes_for(user: Any) -> list[Purpose]:
    """The purposes for which this user may take the list."""
    return [purpose for purpose in PURPOSES.values() if user.has_perms([MAY_EXPORT, purpose.permission])]


def start_export(
    *,
    queryset: ParticipantQuerySet,
    choice: Choice,
    by: User | None,
    filters: Mapping[str, Any],
    channel: str = "admin",
    progress: Callable[[int], None] = lambda count: None,
) -> tuple[ExportRecord, Iterator[bytes]]:
    """Write the ledger row and return it with the file in pieces; the row's count is filled in once the last piece is made.

    ``by`` must hold what the purpose asks: the caller checks, and also that protected names come with a reason.
    """
    # A plain selection by key frees the rows from the list's joins and annotations, which may repeat a row.
    people: ParticipantQuerySet = Participant.objects.filter(pk__in=queryset.order_by().values("pk"))
    record = ExportRecord.objects.create(
        made_by=by,
        channel=channel,
        meeting=only_meeting(people),
        purpose=choice.purpose.key,
        filters=dict(filters),
        columns=[column.key for column in choice.purpose.columns],
        options=replace(choice, reason=without_protected_names(choice.reason)).as_options(),
        protected_names=choice.protected_names and choice.purpose.has_people,
    )
    if choice.purpose.has_people:
        ExportedPeople.write(record, choice.purpose.people(people).values_list("pk", flat=True))
    return record, file_of(people, choice, record, progress)


def only_meeting(people: ParticipantQuerySet) -> Meeting | None:
    """The meeting all of them are registered for; None where there is more than one, or nobody."""
    meetings = list(Meeting.objects.filter(pk__in=people.values("meeting"))[:2])
    return meetings[0] if len(meetings) == 1 else None


def file_of(people: ParticipantQuerySet, choice: Choice, record: ExportRecord, progress: Callable[[int], None]) -> Iterator[bytes]:
    """The file in pieces; a file broken off leaves the ledger's count empty. The headings go out before the first query."""
    rows = Tally(choice.purpose.rows(people, choice), progress)
    headings = [[column.heading(choice.language) for column in choice.purpose.columns]]
    if choice.format == "xlsx":
        with one_snapshot():
            file = cells.xlsx_file(chain([headings], rows), title=str(choice.purpose.label))
        with file:
            yield from iter(partial(file.read, PIECE), b"")
    else:
        with one_snapshot():
            yield from cells.csv_chunks(chain([headings], rows), separator=choice.separator, bom=choice.bom)
    ExportRecord.objects.filter(pk=record.pk).update(rows=rows.count)


class Tally:
    """Batches of rows, counted as they pass."""

    def __init__(self, batches: Iterator[cells.Batch], progress: Callable[[int], None]) -> None:
        self.batches = batches
        self.progress = progress
        self.count = 0

    def __iter__(self) -> Iterator[cells.Batch]:
        for batch in self.batches:
            yield batch
            self.count += len(batch)
            self.progress(self.count)


def one_snapshot() -> AbstractContextManager[Any]:
    """What a server-side cursor needs on PostgreSQL so as not to be copied to disk first: a transaction round it.

    Not on SQLite, where a transaction takes the write lock and would stop registrations for as long as somebody downloads.
    """
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()


def people_rows(people: ParticipantQuerySet, columns: Sequence[Column], choice: Choice) -> Iterator[cells.Batch]:
    """One row for each of ``people``, in the order of the list of participants in that language."""
    # Whoever opens the file is not the one who made it, so the viewer's own identity opens nothing.
    sight = Sight(sees_protected=choice.protected_names)
    words = Words(choice.language)
    fields = dict.fromkeys((*FIELDS, *chain.from_iterable(column.fetched for column in columns)))
    found = people.in_official_order(choice.language).annotate(**TIMES).values_list(*fields, named=True).iterator(chunk_size=CHUNK)
    getters = [column.cell for column in columns]
    while batch := list(islice(found, CHUNK)):
        with override(choice.language):
            faces = [face_of(row, sight) for row in batch]
            made = [[cell(row, face, words) for cell in getters] for row, face in zip(batch, faces, strict=True)]
        yield made


def file_name(record: ExportRecord, choice: Choice) -> str:
    """A name that says what the file is: participants-dublin-2017-host-security-2026-11-24.csv."""
    parts = ["participants", record.meeting.slug if record.meeting else "", choice.purpose.key.replace("_", "-")]
    return f"{'-'.join(filter(None, parts))}-{timezone.localdate(record.made_at)}.{choice.format}"
