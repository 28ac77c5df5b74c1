"""Old and new values as a person would write them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from meetings.audiences import Category
from meetings.languages import wording
from participants import choices
from participants.importing import columns
from participants.importing.planning import Change, Entry, Plan
from participants.models import Participant

KEY_OF_COLUMN = {"country_id": "country", "body_id": "body", "sector_id": "sector"}
NOT_SHOWN = frozenset({"arrives_on", "departs_on"})  # old days of travel have a permission of their own
LABELS: Mapping[str, Any] = {
    "category": Category,
    "salutation": Participant.Salutation,
    "visibility": Participant.Visibility,
    "language": User.Language,
    "listening_language": User.Language,
}


class Wording:
    """Names of what changes refer to by key, read once for a page."""

    def __init__(self, plan: Plan) -> None:
        on = plan.meeting.starts_on
        self.rows: dict[str, dict[int, str]] = {
            "country_id": {row.pk: name_of(row) for row in choices.countries()},
            "body_id": {row.pk: row.name for row in choices.bodies(on)},
            "sector_id": {row.pk: row.name for row in choices.sectors()},
        }

    def change(self, change: Change) -> tuple[str, str, str]:
        """What changes, from what, to what."""
        old = "…" if change.field in NOT_SHOWN else self.value(change.field, change.old)
        return label_of(change.field), old, self.value(change.field, change.new)

    def value(self, field: str, value: Any) -> str:
        """One value in words."""
        if value is None or value == "":
            return "–"
        if field in self.rows:
            return self.rows[field].get(value, "–")
        if field in LABELS:
            return str(LABELS[field](value).label)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return date_format(value) if isinstance(value, dt.date) else str(value)


def name_of(row: choices.CountryRow) -> str:
    """A country's name in the page's language."""
    return wording(row, "name").text


def label_of(field: str) -> str:
    """What a column of a participant, or a field of an import, is called."""
    return str(columns.BY_KEY[KEY_OF_COLUMN.get(field, field)].label)


def typed_name(entry: Entry) -> str:
    """The name as the row has it."""
    typed = entry.said.typed
    name = " ".join(part for part in (typed.get("given_name", ""), typed.get("family_name", "")) if part)
    return name or typed.get("name", "") or typed.get("email", "") or "–"


def typed_origin(entry: Entry) -> str:
    """Country and organisation as the row has them."""
    typed = entry.said.typed
    return ", ".join(part for part in (typed.get("country", ""), typed.get("body", "") or typed.get("organisation", "")) if part) or "–"
