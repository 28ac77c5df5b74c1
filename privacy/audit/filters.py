"""What the reader of the timeline asked for, from the address: forgiving, because addresses are typed and kept."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from meetings.dates import day
from privacy.audit.people import Person, find_person, staff
from privacy.audit.sources import Kind

PERIODS = {"1": _lazy("Last 24 hours"), "7": _lazy("Last 7 days"), "30": _lazy("Last 30 days"), "365": _lazy("Last 12 months")}
FIRST_YEAR, LAST_YEAR = 2000, 2200


def a_day(label: Any) -> forms.DateField:
    """A day of which the next one is a day too, whatever the database."""
    limits = [MinValueValidator(dt.date(FIRST_YEAR, 1, 1)), MaxValueValidator(dt.date(LAST_YEAR, 1, 1))]
    native = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=native, required=False, validators=limits)


class FilterForm(forms.Form):
    """The filters beside the kinds, which are links."""

    person = forms.CharField(label=_lazy("One person, by reference"), max_length=40, required=False)
    by = forms.ModelChoiceField(label=_lazy("Done by"), queryset=User.objects.none(), required=False, empty_label=_lazy("anybody"))
    period = forms.ChoiceField(label=_lazy("Period"), choices=[("", _lazy("All that is kept")), *PERIODS.items()], required=False)
    since = a_day(_lazy("From"))
    until = a_day(_lazy("Until"))
    protected = forms.BooleanField(label=_lazy("Only what concerns protected people"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["by"].queryset = staff()  # type: ignore[attr-defined]
        self.found: Person | None = None

    def clean_person(self) -> str:
        """The reference as written down; who it is comes into ``self.found``."""
        text: str = self.cleaned_data["person"].replace("\x00", "").strip()
        self.found = find_person(text) if text else None
        if text and self.found is None:
            raise forms.ValidationError(
                _("No registration has this reference. Whoever was erased has another one, which the erasure names.")
            )
        return text


@dataclass(frozen=True)
class Filters:
    """What is asked for; ``since`` and ``until`` are moments, ``until`` the first one after."""

    kind: Kind | None = None
    person: Person | None = None
    by: User | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    is_protected_only: bool = False
    is_broken: bool = False  # something asked for was not understood, so nothing is shown rather than too much
    chosen: dict[str, str] = field(default_factory=dict)  # parameter → value, as it stands in an address
    words: dict[str, tuple[Any, str]] = field(default_factory=dict)  # parameter → label and value, as people read them

    def address(self, **changes: str) -> str:
        """The query string with ``changes``; "" takes a parameter away."""
        kept = {name: value for name, value in {**self.chosen, **changes}.items() if value}
        return f"?{urlencode(kept)}"


def filters_from(form: FilterForm, query: QueryDict, now: dt.datetime) -> Filters:
    """What the address asks for."""
    form.is_valid()
    data = form.cleaned_data
    asked = {name: str(value) for name, value in query.items() if value}  # of a parameter that comes twice, the last
    kind = Kind(asked["kind"]) if asked.get("kind") in Kind.values else None
    begins = [start_of(data["since"])] if data.get("since") else []
    if data.get("period"):
        begins.append(now - dt.timedelta(days=int(data["period"])))
    chosen = {name: asked[name] for name in ("kind", *form.fields) if name in asked}
    return Filters(
        kind=kind,
        person=form.found,
        by=data.get("by"),
        since=max(begins, default=None),
        until=start_of(data["until"], 1) if data.get("until") else None,
        is_protected_only=bool(data.get("protected")),
        is_broken=bool(form.errors) or ("kind" in asked and kind is None),
        chosen=chosen,
        words=in_words(form, kind, chosen),
    )


def in_words(form: FilterForm, kind: Kind | None, chosen: dict[str, str]) -> dict[str, tuple[Any, str]]:
    """What was chosen, as the chips and the ledger of exports say it."""
    data = form.cleaned_data
    values = {
        "kind": str(kind.label) if kind else "",
        "person": data.get("person", ""),
        "by": str(data.get("by") or ""),
        "period": str(PERIODS.get(data.get("period", ""), "")),
        "since": day(data["since"]) if data.get("since") else "",
        "until": day(data["until"]) if data.get("until") else "",
        "protected": _("yes") if data.get("protected") else "",
    }
    labels = {"kind": _("What"), **{name: one.label for name, one in form.fields.items()}}
    return {name: (labels[name], value) for name, value in values.items() if value and name in chosen}


def start_of(date: dt.date, days: int = 0) -> dt.datetime:
    """Midnight of that day, or of one later, on the clock of the site."""
    return dt.datetime.combine(date + dt.timedelta(days=days), dt.time(), tzinfo=timezone.get_default_timezone())
