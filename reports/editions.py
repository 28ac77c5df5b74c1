"""A meeting as its public pages speak of it: where it stands, what to do next, and its facts in words."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delegations.models import Country
from meetings import dates
from meetings.languages import Wording
from meetings.models import Meeting
from meetings.programme import venue_clock
from participants.models import Participant
from reports.figures import EditionFigures, figures_of

State = Participant.State
Phase = Meeting.Phase


@dataclass(frozen=True, slots=True)
class Edition:
    """A meeting, where it stands at a moment, and its figures."""

    meeting: Meeting
    phase: Meeting.Phase
    figures: EditionFigures
    at: dt.datetime

    @property
    def lead(self) -> Wording:
        """The first paragraph of what the meeting says of itself."""
        text, language = self.meeting.summary
        return Wording(re.split(r"\r?\n\s*\n", text.strip())[0], language)

    @property
    def countdown(self) -> str:
        """How far away it is, in words; empty once it is over."""
        return countdown(self.meeting, self.at)

    @property
    def is_full(self) -> bool:
        """True when every place is taken, as far as the figures know, which are at most a minute old."""
        return self.meeting.capacity is not None and self.figures.participants >= self.meeting.capacity


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing to do next, and a word about it."""

    url: str = ""
    label: str = ""
    note: str = ""


def editions_of(meetings: Iterable[Meeting], at: dt.datetime) -> list[Edition]:
    """Put meetings together with their figures, in as many queries for one as for many."""
    rows = list(meetings)
    figures = figures_of(rows)
    return [Edition(meeting, meeting.phase(at), figures[meeting.pk], at) for meeting in rows]


def countdown(meeting: Meeting, at: dt.datetime) -> str:
    """Say how far away a meeting is: "Starts in 12 days", "Starts tomorrow", "Day 2 of 3"."""
    today = meeting.today(at)
    if today > meeting.ends_on:
        return ""
    if today >= meeting.starts_on:
        return _("Day %(day)s of %(days)s") % {"day": (today - meeting.starts_on).days + 1, "days": len(meeting.days)}
    days = (meeting.starts_on - today).days
    if days == 1:
        return _("Starts tomorrow")
    if days <= 60:
        return ngettext("Starts in %(number)s day", "Starts in %(number)s days", days) % {"number": days}
    months = round(days / 30.4)
    return ngettext("Starts in %(number)s month", "Starts in %(number)s months", months) % {"number": months}


def action_for_visitors(edition: Edition, *, has_programme: bool) -> Action:
    """What anybody may do next: register while registration is open, else read the programme."""
    meeting, note = edition.meeting, registration_words(edition.meeting, edition.phase)
    if edition.phase == Phase.OPEN:
        if edition.is_full:
            note = _("All places are taken. You can still register for the waiting list.")
        return Action(reverse("register", args=[meeting.slug]), _("Register"), note)
    note = "" if edition.phase in {Phase.RUNNING, Phase.OVER} else note
    if has_programme:
        return Action(reverse("programme", args=[meeting.slug]), _("See the programme"), note)
    return Action(note=note)


def action_for_participant(meeting: Meeting, state: str) -> Action:
    """What somebody registered may do next: look at their own registration, wherever it stands."""
    notes = {
        State.PENDING: _("You are registered. Your registration awaits approval."),
        State.CONFIRMED: _("You are registered and have a place."),
        State.WAITLISTED: _("You are registered and on the waiting list."),
    }
    return Action(reverse("my_registration", args=[meeting.slug]), _("See your registration"), notes.get(State(state), ""))


def registration_words(meeting: Meeting, phase: Meeting.Phase) -> str:
    """Say from when or until when people may register, on the venue's clock, which is named."""
    opens, closes = meeting.registration_opens_at, meeting.registration_closes_at
    if phase == Phase.ANNOUNCED:
        return (
            _("Registration opens on %(moment)s.") % {"moment": at_the_venue(meeting, opens)}
            if opens
            else _("Registration is not open yet.")
        )
    if closes is None:
        return _("Registration is open.") if phase == Phase.OPEN else _("Registration is closed.")
    words = _("Registration is open until %(moment)s.") if phase == Phase.OPEN else _("Registration closed on %(moment)s.")
    return words % {"moment": at_the_venue(meeting, closes)}


def deadline_words(meeting: Meeting, phase: Meeting.Phase) -> str:
    """The same in few words, for a list of facts."""
    opens, closes = meeting.registration_opens_at, meeting.registration_closes_at
    if phase == Phase.ANNOUNCED and opens:
        return _("From %(moment)s") % {"moment": at_the_venue(meeting, opens)}
    if phase == Phase.OPEN and closes:
        return _("Until %(moment)s") % {"moment": at_the_venue(meeting, closes)}
    return {Phase.ANNOUNCED: _("Not open yet"), Phase.OPEN: _("Open")}.get(phase, _("Closed"))


def at_the_venue(meeting: Meeting, moment: dt.datetime) -> str:
    """Write a moment on the venue's clock and name the clock: "1 November 2026, 23:59 (Strasbourg time, UTC+1)"."""
    return f"{dates.moment(moment.astimezone(meeting.zone))} ({venue_clock(meeting, moment)})"


def country_of(meeting: Meeting) -> str:
    """The host country, under the name it had then."""
    host: Any = meeting.host_country
    country = Country.objects.filter(code=host.code).prefetch_related("former_names").first()
    return country.name_on(meeting.starts_on) if country else str(host.name)


def facts_of(edition: Edition, country: str) -> list[tuple[str, str]]:
    """What, when, where and until when, as a list of labels and values."""
    meeting = edition.meeting
    where = [meeting.venue.text, *meeting.venue_address.splitlines(), f"{meeting.city.text}, {country}"]
    facts = [
        (_("Edition"), _("No. %(number)s, %(year)s") % {"number": meeting.ordinal, "year": meeting.year}),
        (_("When"), dates.day_range(meeting.starts_on, meeting.ends_on)),
        (_("Where"), format_html_join("", "<div>{}</div>", ((line,) for line in where if line))),
    ]
    if edition.phase != Phase.OVER:
        facts.append((_("Registration"), deadline_words(meeting, edition.phase)))
        facts += [(_("Places"), str(meeting.capacity))] if meeting.capacity else []
    return facts


def steps_of(meeting: Meeting) -> list[str]:
    """How to register, one sentence a step."""
    decided = _("The secretariat reads your registration and writes to you when it is decided.")
    at_once = _("You get your place, or a place on the waiting list when the meeting is full.")
    last = meeting.frozen_on or meeting.starts_on
    return [
        _("Fill in the form. It asks who you are, where you work, and what you need during your stay."),
        _("Open the mail we send you and confirm your e-mail address."),
        decided if meeting.needs_approval else at_once,
        _("Until %(day)s you can correct your answers, or withdraw if you cannot come.") % {"day": dates.day(last - dt.timedelta(days=1))},
    ]
