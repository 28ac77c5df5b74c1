"""The forms of the programme's page: hours and rooms of many sessions at once, moving, adding and publishing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from accounts.text import PersonCharField, PersonTextField
from meetings import dates
from meetings.models import Meeting, ProgrammeVersion, Room, Session

MOST_MINUTES = 12 * 60
FROM, TO = pgettext_lazy("hour", "From"), pgettext_lazy("hour", "To")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
Choices = Sequence[tuple[str, str]]


def on_clock(meeting: Meeting, day: dt.date, time: dt.time) -> dt.datetime:
    """This hour of this day at the venue; raises ValidationError for one that the clocks leave out."""
    moment = dt.datetime.combine(day, time, tzinfo=meeting.zone)
    if moment.astimezone(dt.UTC).astimezone(meeting.zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise forms.ValidationError(_("This hour does not exist on that day: the clocks go forward."))
    return moment


def hours_on(meeting: Meeting, day: dt.date, starts: dt.time, ends: dt.time, *, past_midnight: bool) -> tuple[dt.datetime, dt.datetime]:
    """Start and end of a session; an evening may go on past midnight, anything else ends after it starts."""
    start, end = on_clock(meeting, day, starts), on_clock(meeting, day, ends)
    if past_midnight and ends <= starts:
        end = on_clock(meeting, day + dt.timedelta(days=1), ends)
    if end.timestamp() <= start.timestamp():
        raise forms.ValidationError(_("The session ends before it starts."))
    return start, end


def day_choices(meeting: Meeting, *others: dt.date) -> Choices:
    """The days of a meeting to choose from, and days that sessions are on all the same."""
    return [(day.isoformat(), dates.day(day, weekday=True)) for day in sorted({*meeting.days, *others})]


def room_choices(rooms: Sequence[Room]) -> Choices:
    """The rooms to choose from, with their seats, and none."""
    return [("", _("no room")), *((str(room.pk), f"{room} ({room.seats})") for room in rooms)]


class RowForm(forms.Form):
    """Day, hours and room of one session. What a person did not touch stays, also where somebody else changed it meanwhile."""

    day = forms.ChoiceField(label=_lazy("Day"), show_hidden_initial=True)
    starts = forms.TimeField(label=FROM, widget=TIME, show_hidden_initial=True)
    ends = forms.TimeField(label=TO, widget=TIME, show_hidden_initial=True)
    room = forms.ChoiceField(label=_lazy("Room"), required=False, show_hidden_initial=True)

    def __init__(self, data: Any, *, session: Session, rooms: Sequence[Room]) -> None:
        self.session, self.rooms = session, {str(room.pk): room for room in rooms}
        self.first, self.last = session.local_start(), session.local_end()
        prefix = f"s{session.pk}"
        sent = data if data is not None and f"{prefix}-day" in data else None  # one that was added meanwhile is not in what was sent
        initial = {
            "day": self.first.date().isoformat(),
            "starts": self.first.time(),
            "ends": self.last.time(),
            "room": str(session.room_id or ""),
        }
        super().__init__(sent, prefix=prefix, initial=initial)
        self.fields["day"].choices = day_choices(session.meeting, self.first.date())  # type: ignore[attr-defined]
        self.fields["room"].choices = room_choices(rooms)  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, {session}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors or not self.has_changed():
            return cleaned
        chosen = {name: cleaned[name] if name in self.changed_data else self.initial[name] for name in self.fields}
        room = self.rooms.get(chosen["room"])
        if room and self.session.seats is not None and self.session.seats > room.seats and "room" in self.changed_data:
            raise forms.ValidationError(_("The room has only %(n)s seats.") % {"n": room.seats})
        late = self.session.kind == Session.Kind.SOCIAL or self.last.date() > self.first.date()
        start, end = self.session.starts_at, self.session.ends_at
        if {"day", "starts", "ends"} & set(self.changed_data):
            start, end = hours_on(
                self.session.meeting, dt.date.fromisoformat(chosen["day"]), chosen["starts"], chosen["ends"], past_midnight=late
            )
        return {**cleaned, "move": {"starts_at": start, "ends_at": end, "room": room}}


class ShiftForm(forms.Form):
    """Move one session, or all from it on that day, by some minutes."""

    session = forms.ChoiceField(label=_lazy("Session"))
    minutes = forms.IntegerField(
        label=_lazy("Minutes"), min_value=-MOST_MINUTES, max_value=MOST_MINUTES, help_text=_lazy("With a minus sign: earlier.")
    )
    scope = forms.ChoiceField(
        label=_lazy("What moves"),
        choices=[("later", _lazy("This session and all that start after it on that day")), ("one", _lazy("This session alone"))],
        initial="later",
    )

    def __init__(self, data: Any = None, *, sessions: Sequence[Session]) -> None:
        super().__init__(data, prefix="shift")
        self.sessions = {str(session.pk): session for session in sessions}
        self.fields["session"].choices = [(pk, words(session)) for pk, session in self.sessions.items()]  # type: ignore[attr-defined]


def words(session: Session) -> str:
    """A session as it is chosen from a list: day, hours, title."""
    start = session.local_start()
    hours = f"{dates.day(start.date(), weekday=True, year=False)}, {dates.hours(start, session.local_end())}"
    return _("%(when)s: %(title)s") % {"when": hours, "title": session}


class AddForm(forms.Form):
    """The few words that a new session needs; the rest is added on its own page."""

    title_en = PersonCharField(_lazy("Title (English)"), max_length=200).formfield()
    title_fr = PersonCharField(_lazy("Title (French)"), max_length=200, blank=True).formfield()
    kind = forms.ChoiceField(label=_lazy("Kind"), choices=Session.Kind.choices)
    day = forms.ChoiceField(label=_lazy("Day"))
    starts = forms.TimeField(label=FROM, widget=TIME)
    ends = forms.TimeField(label=TO, widget=TIME)
    room = forms.ChoiceField(label=_lazy("Room"), required=False)

    def __init__(self, data: Any = None, *, meeting: Meeting, rooms: Sequence[Room]) -> None:
        super().__init__(data, prefix="add")
        self.meeting, self.rooms = meeting, {str(room.pk): room for room in rooms}
        self.fields["day"].choices = day_choices(meeting)  # type: ignore[attr-defined]
        self.fields["room"].choices = room_choices(rooms)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"day", "starts", "ends", "kind"} <= cleaned.keys():
            late = cleaned["kind"] == Session.Kind.SOCIAL
            day = dt.date.fromisoformat(cleaned["day"])
            cleaned["starts_at"], cleaned["ends_at"] = hours_on(self.meeting, day, cleaned["starts"], cleaned["ends"], past_midnight=late)
        return cleaned

    def made(self) -> Session:
        """The session as typed, not saved yet."""
        columns = {name: self.cleaned_data[name] for name in ("title_en", "title_fr", "kind", "starts_at", "ends_at")}
        return Session(meeting=self.meeting, room=self.rooms.get(self.cleaned_data["room"]), **columns)


class CopyForm(forms.Form):
    """From which meeting the frame is copied."""

    source = forms.ModelChoiceField(label=_lazy("Meeting"), queryset=Meeting.objects.none(), empty_label=None)

    def __init__(self, data: Any = None, *, target: Meeting) -> None:
        super().__init__(data)
        others = Meeting.objects.filter(sessions__isnull=False).exclude(pk=target.pk).distinct()
        self.fields["source"].queryset = others  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    """As what the programme is kept, and a word to its readers."""

    stage = forms.ChoiceField(
        label=_lazy("As"),
        choices=[
            (ProgrammeVersion.Stage.PROVISIONAL, _lazy("Provisional: public, may still change")),
            (ProgrammeVersion.Stage.FINAL, _lazy("Final: public")),
            (ProgrammeVersion.Stage.DRAFT, _lazy("Draft: kept for the secretariat, nobody is told")),
        ],
    )
    note_en = PersonTextField(_lazy("Note to readers (English)"), blank=True, max_length=500).formfield(
        widget=forms.Textarea(attrs={"rows": 2})
    )
    note_fr = PersonTextField(_lazy("Note to readers (French)"), blank=True, max_length=500).formfield(
        widget=forms.Textarea(attrs={"rows": 2})
    )


Line = tuple[RowForm, Sequence[str], Sequence[str]]


def lines_of(
    forms_of_rows: Sequence[RowForm], names: Mapping[int, Sequence[str]], clashes: Mapping[int, Sequence[str]]
) -> list[tuple[str, list[Line]]]:
    """The rows by day at the venue, each with those who have a part and what clashes."""
    days: dict[dt.date, list[Line]] = {}
    for form in forms_of_rows:
        pk = form.session.pk
        days.setdefault(form.first.date(), []).append((form, names.get(pk, ()), clashes.get(pk, ())))
    return [(dates.day(day, weekday=True), rows) for day, rows in days.items()]
