"""What a cell means: each field has a reader that takes text and returns a value, or raises ValidationError with the reason."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.text import fold
from delegations.models import Body, Country
from delegations.names import Names, body_names, country_names
from delegations.reference import read_rows
from meetings.audiences import Category
from meetings.dates import day
from meetings.models import Meeting
from participants import choices
from participants.forms.fields import AddressField
from participants.forms.registration import AROUND_THE_MEETING
from participants.models import Participant, Sector

SECTOR_ALIASES = Path(__file__).parents[1] / "data" / "sector_aliases.csv"

# Titles without "Ms" or "Mr" in them say nothing that we keep.
TITLES: Mapping[str, str] = {
    **dict.fromkeys(("mr", "m", "mister", "sir", "monsieur", "herr", "hr", "sr", "senor", "signor", "sig"), "mr"),
    **dict.fromkeys(("ms", "mrs", "miss", "madam", "mme", "mlle", "madame", "mademoiselle", "frau", "fr", "sra", "signora"), "ms"),
    **dict.fromkeys(("mr dr", "dr mr", "mr prof", "herr dr", "m le docteur"), "mr"),
    **dict.fromkeys(("ms dr", "mrs dr", "dr ms", "ms prof", "frau dr", "mme dr"), "ms"),
    **dict.fromkeys(("dr", "dr prof", "prof", "prof dr", "professor", "professeur", "doctor", "docteur", "mx", "me", "maitre", "-"), ""),
}
YES = frozenset({"yes", "y", "oui", "o", "true", "vrai", "1", "x", "✓", "✔"})
NO = frozenset({"no", "n", "non", "false", "faux", "0", "-"})
MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "janv fevr mars avr mai juin juil aout sept oct nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
IN_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?[ .-]*([a-z]+)[ .,-]*(\d{4})")
EXCEL_DAYS = re.compile(r"[2-6]\d{4}(?:\.\d+)?")  # days since the end of 1899, as a sheet shows a date without its format
EXCEL_BEGAN = dt.date(1899, 12, 30)

# Who is not to be entered as coming, and who is, in the words of our list, Indico's and pretix's.
STAYS_OUT = (
    *("withdrawn", "declined", "rejected", "cancelled", "canceled", "expired", "retired", "unconfirmed", "address not confirmed"),
    *("retiree", "refusee", "annulee", "annule", "rejetee", "refuse", "adresse non confirmee", "expiree", "no", "non", "excused", "excuse"),
)


@dataclass(slots=True)
class Known:
    """Everything a cell can name, read once for a file, and what was understood of each text so far."""

    meeting: Meeting
    countries: Names
    country_rows: dict[str, Country]
    bodies: Names
    body_keys: dict[str, int]
    sectors: Names
    sector_rows: dict[str, choices.SectorRow]
    categories: dict[str, str]
    states_left_out: frozenset[str]
    visibilities: dict[str, str]
    memory: dict[tuple[str, str], tuple[Any, str]] = field(default_factory=dict)

    def value(self, key: str, text: str) -> tuple[Any, str]:
        """What ``text`` means in that field, and why not where it means nothing; one of the two. The same text is read once."""
        if (key, text) not in self.memory:
            try:
                self.memory[key, text] = READERS[key](self, text), ""
            except ValidationError as error:
                self.memory[key, text] = None, " ".join(error.messages)
        return self.memory[key, text]


def known_for(meeting: Meeting) -> Known:
    """What the cells of a list for this meeting can name."""
    return Known(
        meeting=meeting,
        countries=country_names(),
        country_rows={country.code: country for country in Country.objects.all()},
        bodies=body_names(),
        body_keys=dict(Body.objects.values_list("code", "pk")),
        sectors=sector_names(),
        sector_rows={row.code: row for row in choices.sectors()},
        categories=words_of(
            Category, {"member": "member_state", "other": "other_state", "host": "host", "igo": "international_organisation"}
        ),
        states_left_out=frozenset(words_of_states()),
        visibilities=words_of(Participant.Visibility, {}),
    )


def sector_names() -> Names:
    """Sectors by code, name in both languages, and what else people write."""
    rows = list(Sector.objects.values_list("code", "name_en", "name_fr"))
    pairs = [(name, code) for code, *names in rows for name in (*names, code)]
    known = {code for code, *_names in rows}
    return Names([*pairs, *((row["alias"], row["code"]) for row in read_rows(SECTOR_ALIASES) if row["code"] in known)])


def words_of(kinds: Any, others: Mapping[str, str]) -> dict[str, str]:
    """The choices by their code and by their label in both languages."""
    found = {fold(value): value for value in kinds.values} | dict(others)
    for language in ("en", "fr"):
        with override(language):
            found |= {fold(str(label)): value for value, label in kinds.choices}
    return found


def words_of_states() -> set[str]:
    """What a status says of somebody who is not coming: ours in both languages, and others'."""
    out = {Participant.State.DECLINED, Participant.State.WITHDRAWN, Participant.State.UNCONFIRMED}
    return {word for word, state in words_of(Participant.State, {}).items() if state in out} | set(STAYS_OUT)


# --- the readers ---


def not_known(text: str, names: Names | None = None) -> ValidationError:
    """The refusal of a name that leads nowhere, with what it may have meant."""
    like = names.like(text) if names else []
    if like:
        return ValidationError(_("“%(text)s” is not known. Did you mean %(like)s?") % {"text": text[:60], "like": _(" or ").join(like)})
    return ValidationError(_("“%(text)s” is not known.") % {"text": text[:60]})


def read_country(known: Known, text: str) -> int:
    code = known.countries.find(text)
    if code is None:
        raise not_known(text, known.countries)
    return known.country_rows[code].pk


def read_body(known: Known, text: str) -> int:
    code = known.bodies.find(text)
    if code is None:
        raise not_known(text, known.bodies)
    return known.body_keys[code]


def read_sector(known: Known, text: str) -> int:
    code = known.sectors.find(text)
    if code is None:
        raise not_known(text, known.sectors)
    return known.sector_rows[code].pk


def read_category(known: Known, text: str) -> str:
    word = fold(text).strip()
    if word not in known.categories:
        raise not_known(text)
    return known.categories[word]


def read_visibility(known: Known, text: str) -> str:
    word = fold(text).strip()
    if word not in known.visibilities:
        raise not_known(text)
    return known.visibilities[word]


def read_status(known: Known, text: str) -> str:
    """``out`` for somebody who does not come, else ``in``: what becomes of those who come is chosen for the whole file."""
    return "out" if fold(text).strip() in known.states_left_out else "in"


def read_title(known: Known, text: str) -> str:
    title = " ".join(fold(text).replace(".", " ").split())
    if title not in TITLES:
        raise ValidationError(_("Write Ms or Mr, or leave it empty."))
    return TITLES[title]


def read_language(known: Known, text: str) -> str:
    """Whoever reads neither is written to in English."""
    return User.Language.FRENCH if fold(text).startswith("fr") else User.Language.ENGLISH


def read_yes_or_no(known: Known, text: str) -> bool:
    word = fold(text).strip()
    if word not in YES | NO:
        raise ValidationError(_("Write yes or no."))
    return word in YES


def read_date(known: Known, text: str) -> dt.date:
    """A day in ISO form, day before month, in words, or as the number a spreadsheet keeps."""
    plain = fold(text).strip()
    try:
        if match := YEAR_FIRST.match(plain):
            return dt.date(*map(int, match.groups()))
        if match := DAY_FIRST.match(plain):
            number, month, year = map(int, match.groups())
            return dt.date(year + 2000 if year < 100 else year, month, number)
        if (match := IN_WORDS.match(plain)) and match[2] in MONTHS:
            return dt.date(int(match[3]), MONTHS[match[2]], int(match[1]))
        if EXCEL_DAYS.fullmatch(plain):
            return EXCEL_BEGAN + dt.timedelta(days=int(float(plain)))
    except ValueError:
        pass
    raise ValidationError(_("Write the day like 2026-11-24 or 24/11/2026."))


def read_stay(known: Known, text: str) -> dt.date:
    """A day that can have to do with the meeting, as on the registration form."""
    value = read_date(known, text)
    first, last = known.meeting.starts_on - AROUND_THE_MEETING, known.meeting.ends_on + AROUND_THE_MEETING
    if not first <= value <= last:
        raise ValidationError(_("Enter a day between %(first)s and %(last)s.") % {"first": day(first), "last": day(last)})
    return value


def read_moment(known: Known, text: str) -> dt.datetime:
    """A moment; of a day alone, noon at the venue."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        moment = dt.datetime.combine(read_date(known, text), dt.time(12))
    else:
        if moment.time() == dt.time() and len(text.strip()) <= 10:
            moment = moment.replace(hour=12)
    return moment if moment.tzinfo else moment.replace(tzinfo=known.meeting.zone)


def read_address(known: Known, text: str) -> str:
    return str(ADDRESS.clean(text))


def reader_of(name: str) -> Callable[[Known, str], Any]:
    """Text that a person typed, as the column of that name takes it: through the one cleaner, within its length."""
    column: Any = Participant._meta.get_field(name)
    return lambda known, text: column.clean(text, None)


ADDRESS = AddressField()
TEXTS = ("given_name", "family_name", "phone", "organisation", "service", "function")
READERS: Mapping[str, Callable[[Known, str], Any]] = {
    **{name: reader_of(name) for name in TEXTS},
    "name": lambda known, text: Participant._meta.get_field("organisation").clean(text, None),  # as long, and as clean
    "reference": lambda known, text: text.strip()[:24],
    "email": read_address,
    "country": read_country,
    "body": read_body,
    "sector": read_sector,
    "category": read_category,
    "status": read_status,
    "salutation": read_title,
    "language": read_language,
    "listening_language": read_language,
    "visibility": read_visibility,
    "may_be_photographed": read_yes_or_no,
    "is_first_timer": read_yes_or_no,
    "arrives_on": read_stay,
    "departs_on": read_stay,
    "registered_at": read_moment,
}
