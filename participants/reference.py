"""Sectors and reasons as the project ships them: read from ``participants/data`` and added where missing; edited rows stay."""

from pathlib import Path
from typing import Any

from django.apps import apps as real_apps

from delegations.reference import read_rows

DATA = Path(__file__).parent / "data"


def load_sectors(apps: Any = real_apps) -> None:
    """Add the sectors that are missing, in the order of the file."""
    sector_model = apps.get_model("participants", "Sector")
    for position, row in enumerate(read_rows(DATA / "sectors.csv"), start=1):
        names = {name: row[name] for name in ("name_en", "name_fr", "family")}
        sector_model.objects.get_or_create(code=row["code"], defaults={**names, "position": position})


def load_reasons(apps: Any = real_apps) -> None:
    """Add the reasons for decisions that are missing, in the order of the file."""
    reason_model = apps.get_model("participants", "Reason")
    for position, row in enumerate(read_rows(DATA / "reasons.csv"), start=1):
        words = {name: row[name] for name in ("use", "label_en", "label_fr", "text_en", "text_fr")}
        reason_model.objects.get_or_create(code=row["code"], defaults={**words, "position": position})
