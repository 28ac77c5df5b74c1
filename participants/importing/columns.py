"""Which column holds what: guessed from the headings in English and French, and from those of exports we know."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.text import fold
from delegations.reference import read_rows
from participants import exports

IN_BRACKETS = re.compile(r"\s*[(\[].*?[)\]]\s*")
MOST_LOOKED_AT = 50  # rows, to see whether a column "Title" holds titles


@dataclass(frozen=True, slots=True)
class Field:
    """What a column can be matched with."""

    key: str
    label: Any
    is_choice: bool = False  # its cells name one of a few things, so that the same text means the same in every row


# In the order of the form. Food, access and other needs are not here: they are asked of the person, not taken from a list.
FIELDS = (
    Field("reference", _("reference")),
    Field("salutation", pgettext_lazy("column", "title (Ms, Mr)"), is_choice=True),
    Field("given_name", _("given names")),
    Field("family_name", _("family name")),
    Field("name", _("whole name")),
    Field("email", _("e-mail address")),
    Field("phone", _("telephone")),
    Field("country", _("country"), is_choice=True),
    Field("organisation", _("organisation")),
    Field("body", _("international organisation"), is_choice=True),
    Field("service", _("service or unit")),
    Field("function", _("function")),
    Field("sector", _("sector"), is_choice=True),
    Field("category", _("category"), is_choice=True),
    Field("status", _("status"), is_choice=True),
    Field("arrives_on", _("arrival")),
    Field("departs_on", _("departure")),
    Field("registered_at", _("registered on")),
    Field("language", _("language of mails"), is_choice=True),
    Field("listening_language", _("listening language"), is_choice=True),
    Field("visibility", _("on the list of participants"), is_choice=True),
    Field("may_be_photographed", _("may be photographed"), is_choice=True),
    Field("is_first_timer", _("first time"), is_choice=True),
)
# What others call them; of one field the likeliest heading first.
HEADINGS_FILE = Path(__file__).parents[1] / "data" / "import_headings.csv"
BY_KEY: Mapping[str, Field] = {field.key: field for field in FIELDS}

# Our own full list: what its columns are here. The others say nothing that an import could take.
OWN_COLUMNS = {
    **{key: key for key in ("reference", "status", "category", "family_name", "function", "service", "organisation", "body", "country")},
    **{"sector": "sector", "email": "email", "phone": "phone", "language": "language", "visibility": "visibility"},
    **{"shown_name": "name", "title": "salutation", "given_names": "given_name", "arrival": "arrives_on", "departure": "departs_on"},
    **{"listening": "listening_language", "first_time": "is_first_timer", "photo": "may_be_photographed", "registered": "registered_at"},
}
NOT_TAKEN = frozenset({"family", "privacy_notice", "sent", "decided"})
OWN, INDICO, PRETIX = "own", "indico", "pretix"


def written(heading: str) -> str:
    """What headings are compared by: "E-Mail :" and "e mail" are the same."""
    return " ".join(re.sub(r"[^\w:/.-]+", " ", fold(heading).replace("-", " ")).strip(" :*.").split())


def table_of_headings() -> dict[str, tuple[str, int]]:
    """Each heading we know → its field, and how likely it is among that field's headings (0 is the likeliest)."""
    found: dict[str, tuple[str, int]] = {}
    for column in exports.EVERYTHING:
        if field := OWN_COLUMNS.get(column.key):
            for heading in (column.heading_en, column.heading_fr):
                found.setdefault(written(heading), (field, 0))
    for place, row in enumerate(read_rows(HEADINGS_FILE), start=1):
        found.setdefault(written(row["heading"]), (row["field"], place))
    for each in FIELDS:
        found.setdefault(written(each.key), (each.key, 1))
    return found


HEADINGS = table_of_headings()


def meaning(heading: str) -> tuple[str, int] | None:
    """The field a heading names, and how likely; what stands in brackets is looked at last: "Telephone (office)"."""
    found = HEADINGS.get(written(heading)) or HEADINGS.get(written(IN_BRACKETS.sub(" ", heading)))
    return found or meaning_of_parts([HEADINGS.get(written(part)) for part in heading.split("/")])


def meaning_of_parts(parts: Sequence[tuple[str, int] | None]) -> tuple[str, int] | None:
    """What "Pays / Country" or "Administration / société" names, where both parts name the same."""
    fields = {part and part[0] for part in parts}
    return parts[0] if len(parts) > 1 and len(fields) == 1 else None


def known(cells: Iterable[str]) -> int:
    """How many of the cells are headings that we know."""
    return sum(1 for cell in cells if len(cell) < 80 and meaning(cell))


def guess(headings: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]] = ()) -> list[str]:
    """The field of each column, "" for none; no field twice. Of two columns that could be it, the likelier one is."""
    best: dict[str, tuple[int, int]] = {}
    for place, heading in enumerate(headings):
        if found := meaning(heading):
            key, likelihood = found
            best[key] = min(best.get(key, (likelihood, place)), (likelihood, place))
    by_place = {place: key for key, (_likelihood, place) in best.items()}
    fields = [by_place.get(place, "") for place in range(len(headings))]
    return titles_told_from_functions(names_told_apart(fields, headings), rows)


def names_told_apart(fields: list[str], headings: Sequence[str]) -> list[str]:
    """ "Name" beside "First name" is the family name; beside both it says nothing new. "Nom" alone is the whole name."""
    if "name" not in fields or "given_name" not in fields:
        return fields
    kept = "" if "family_name" in fields else "family_name"
    return [kept if field == "name" else field for field in fields]


def titles_told_from_functions(fields: list[str], rows: Sequence[tuple[int, Sequence[str]]]) -> list[str]:
    """A column "Title" may hold "Ms" or "Head of Unit"; its cells tell."""
    from participants.importing.values import TITLES  # values names these fields

    if "salutation" not in fields or "function" in fields:
        return fields
    place = fields.index("salutation")
    cells = [cells[place] for _number, cells in rows[:MOST_LOOKED_AT] if place < len(cells) and cells[place]]
    are_titles = sum(1 for cell in cells if fold(cell).strip(". ") in TITLES)
    if cells and are_titles * 2 < len(cells):
        fields[place] = "function"
    return fields


def source_of(headings: Sequence[str]) -> str:
    """Whose export this is, as far as the headings tell: ours, Indico's, pretix's; "" for anybody's."""
    present = {written(heading) for heading in headings}
    for language in ("en", "fr"):
        if {written(column.heading(language)) for column in exports.EVERYTHING} <= present:
            return OWN
    if {"id", "name", "first name", "last name", "email address"} <= present:
        return INDICO
    if "order code" in present and present & {"attendee name", "attendee email", "position id"}:
        return PRETIX
    return ""
