"""A row of text becomes what it says of one person: values by field, and what is wrong, cell by cell."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from meetings.audiences import Category
from participants import cells, choices
from participants.importing.names import parted
from participants.importing.values import Known

# For whom no sector is said, where the category says it.
SECTOR_OF_CATEGORY = {
    Category.PRIVATE_SECTOR: "industry",
    Category.ACADEMIA: "academia",
    Category.INTERNATIONAL_ORGANISATION: "international",
}
FOREIGN_KEYS = {"country": "country_id", "body": "body_id", "sector": "sector_id"}


@dataclass(slots=True)
class Said:
    """What one row says. ``values`` holds columns of a participant; an empty cell says nothing and is not among them."""

    number: int
    typed: dict[str, str]  # field → the cell as it stands
    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)  # field → what is wrong
    reference: str = ""
    stays_out: bool = False
    whole_name: str = ""


def understand(number: int, row: Sequence[str], fields: Sequence[str], known: Known) -> Said:
    """Read the cells whose columns are matched with a field."""
    typed = {field: as_typed(cell) for field, cell in zip(fields, row, strict=False) if field}
    said = Said(number, typed)
    for name, text in typed.items():
        if text:
            value, problem = known.value(name, text)
            if problem:
                said.problems[name] = problem
            else:
                take(said, name, value)
    check_days(said)
    return said


def as_typed(cell: str) -> str:
    """The cell without the apostrophe that exports put before what a spreadsheet program could take for a formula."""
    if cell[:1] == "'" and (cells.reads_as_formula(cell[1:]) or cell.startswith("'<r>")):
        cell = cell[1:]
    return unicodedata.normalize("NFC", cell).strip()


def take(said: Said, name: str, value: Any) -> None:
    """Put one value where it belongs."""
    if name == "reference":
        said.reference = value
    elif name == "status":
        said.stays_out = value == "out"
    elif name == "name":
        said.whole_name = value
        given, family = parted(value)
        said.values.setdefault("given_name", given)
        said.values.setdefault("family_name", family)
    elif value != "":
        said.values[FOREIGN_KEYS.get(name, name)] = value


def check_days(said: Said) -> None:
    """Nobody leaves before arriving."""
    arrives, departs = said.values.get("arrives_on"), said.values.get("departs_on")
    if arrives and departs and departs < arrives:
        said.problems["departs_on"] = _("The departure is before the arrival.")


def complete(said: Said, known: Known, default_sector: choices.SectorRow | None) -> None:
    """Fill in what a new registration needs and the row leaves open, and say what is still missing."""
    values = said.values
    if not values.get("family_name"):
        said.problems.setdefault("family_name" if "family_name" in said.typed else "name", _("The family name is missing."))
    sector = sector_of(said, known, default_sector)
    if sector is None:
        said.problems.setdefault("sector", _("The sector is missing."))
        return
    values["sector_id"] = sector.pk
    values.setdefault("category", category_of(values, sector, known))
    if values["category"] in Category.states() and not values.get("country_id"):
        said.problems.setdefault("country", _("The country is missing: somebody sent by a state needs one."))


def sector_of(said: Said, known: Known, default: choices.SectorRow | None) -> choices.SectorRow | None:
    """The sector said; that of the category or of an international organisation; the one chosen for the rest of the file."""
    if "sector" in said.problems:
        return None
    by_key = {row.pk: row for row in known.sector_rows.values()}
    if "sector_id" in said.values:
        return by_key[said.values["sector_id"]]
    if code := SECTOR_OF_CATEGORY.get(said.values.get("category", "")):
        return known.sector_rows.get(code)
    organisation = said.values.get("organisation", "")
    if "body_id" not in said.values and organisation and "body" not in said.typed and (code := known.bodies.find(organisation)):
        said.values["body_id"] = known.body_keys[code]
    return known.sector_rows.get("international") if "body_id" in said.values else default


def category_of(values: Mapping[str, Any], sector: choices.SectorRow, known: Known) -> str:
    """In what capacity somebody attends, by the rule that the registration form follows."""
    country = next((row for row in choices.countries() if row.pk == values.get("country_id")), None)
    return choices.category_for(sector=sector, country=country, meeting=known.meeting)
