"""Countries and organisations as the project ships them: read from ``delegations/data`` and added where missing.

Rows that are there already are left alone, whoever edited them. The functions take an app registry, so that a migration
can hand over its own and a test, after emptying the tables, the real one.
"""

import csv
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps as real_apps

from accounts.text import fold

DATA = Path(__file__).parent / "data"

Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file in UTF-8, by the names in its first line."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_code(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows grouped by their column ``code``."""
    groups = defaultdict(list)
    for row in rows:
        groups[row["code"]].append(row)
    return groups


def sort_key(name: str) -> str:
    """What a country is sorted by: its printed name without accents, case, punctuation or asterisk."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(name)).split())


def period(row: Row) -> dict[str, dt.date | None]:
    """The two ends of a period; an empty cell is a date that is not known, or a period that goes on."""
    return {end: dt.date.fromisoformat(row[end]) if row[end] else None for end in ("starts_on", "ends_on")}


def load_regions(apps: Any = real_apps) -> None:
    """Add the regions that are missing."""
    region_model = apps.get_model("delegations", "Region")
    for row in read_rows(DATA / "regions.csv"):
        region_model.objects.get_or_create(code=row["code"], defaults={name: row[name] for name in ("name_en", "name_fr")})


def load_countries(apps: Any = real_apps) -> None:
    """Add the countries that are missing, each with its regions, statuses and former names."""
    load_regions(apps)
    country_model = apps.get_model("delegations", "Country")
    present = set(country_model.objects.values_list("code", flat=True))
    footnotes = {row["code"]: row for row in read_rows(DATA / "footnotes.csv")}
    missing = [row for row in read_rows(DATA / "countries.csv") if row["code"] not in present]
    country_model.objects.bulk_create(country_model(**country_fields(row, footnotes.get(row["code"]))) for row in missing)
    added = {row["code"] for row in missing}
    keys = dict(country_model.objects.filter(code__in=added).values_list("code", "pk"))
    tag_regions(apps, missing, keys)
    add_periods(apps.get_model("delegations", "CountryStatus"), "country_statuses.csv", keys, ("status", "note"))
    add_periods(apps.get_model("delegations", "FormerName"), "former_names.csv", keys, ("name_en", "name_fr"))


def country_fields(row: Row, footnote: Row | None) -> dict[str, str]:
    """The columns of one country."""
    fields = {name: row[name] for name in ("code", "name_en", "name_fr")}
    for language in ("en", "fr"):
        fields[f"sort_key_{language}"] = sort_key(row[f"name_{language}"])
        fields[f"footnote_{language}"] = footnote[f"footnote_{language}"] if footnote else ""
    return fields


def tag_regions(apps: Any, rows: Iterable[Row], keys: dict[str, int]) -> None:
    """Tag countries with their regions."""
    regions = dict(apps.get_model("delegations", "Region").objects.values_list("code", "pk"))
    through = apps.get_model("delegations", "Country").regions.through
    through.objects.bulk_create(
        through(country_id=keys[row["code"]], region_id=regions[region]) for row in rows for region in row["regions"].split()
    )


def add_periods(model: Any, file: str, keys: dict[str, int], columns: Iterable[str]) -> None:
    """Add statuses or former names for the countries named in ``keys``."""
    rows = by_code(read_rows(DATA / file))
    model.objects.bulk_create(
        model(country_id=key, **period(row), **{name: row[name] for name in columns}) for code, key in keys.items() for row in rows[code]
    )


def load_bodies(apps: Any = real_apps) -> None:
    """Add the international organisations that are missing."""
    body_model = apps.get_model("delegations", "Body")
    columns = ("name_en", "name_fr", "acronym_en", "acronym_fr", "note")
    for row in read_rows(DATA / "bodies.csv"):
        body_model.objects.get_or_create(code=row["code"], defaults={**period(row), **{name: row[name] for name in columns}})
