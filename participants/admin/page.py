"""What a person's page says beside the form: where the registration stands, what happened so far, which mails were sent."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import looks
from correspondence.kinds import label_of
from correspondence.models import Message
from meetings.dates import day
from participants.admin.apart import LOOKS
from participants.admin.decisions import PERMISSION
from participants.admin.history import reason_shown
from participants.admin.menu import Decision, decisions_at
from participants.models import Consent, Offer, Participant, Step
from participants.models.participant import UNCONFIRMED_KEPT
from participants.promises import promise_of

State = Participant.State
MOST_SHOWN = 50

SENTENCES = {
    State.UNCONFIRMED: _lazy("The address is not confirmed yet, so this is not a registration."),
    State.PENDING: _lazy("Waits for your decision."),
    State.CONFIRMED: _lazy("Has a place."),
    State.WAITLISTED: _lazy("Is on the waiting list."),
    State.DECLINED: _lazy("The registration was declined."),
    State.WITHDRAWN: _lazy("The registration was withdrawn."),
}
EVENTS = {
    State.UNCONFIRMED: _lazy("Form sent"),
    State.PENDING: _lazy("Registered, awaiting approval"),
    State.CONFIRMED: _lazy("Place given"),
    State.WAITLISTED: _lazy("Put on the waiting list"),
    State.DECLINED: _lazy("Declined"),
    State.WITHDRAWN: _lazy("Withdrawn"),
}


@dataclass(frozen=True)
class Event:
    """One change of status: when, to what, by whom, why."""

    at: dt.datetime
    state: str
    by: str
    reason: str

    @property
    def title(self) -> str:
        return str(EVENTS[State(self.state)])

    @property
    def text(self) -> str:
        by = _("By %(who)s.") % {"who": self.by} if self.by else ""
        return f"{by} {self.reason}".strip()


def events_of(participant: Participant, visible: frozenset[str]) -> list[Event]:
    """Every change of status, the latest first."""
    columns = ("history_date", "state", "history_change_reason", "history_user__is_staff", "history_user__name", "history_user__email")
    events: list[Event] = []
    for at, state, reason, is_staff, name, email in participant.history.order_by("history_date", "history_id").values_list(*columns):
        if not events or events[-1].state != state:
            who = _("the system") if is_staff is None else (name or email) if is_staff else _("the person concerned")
            events.append(Event(at, state, who, reason_shown(reason, visible)))
    return events[::-1] or events_without_history(participant)


def events_without_history(participant: Participant) -> list[Event]:
    """The little that a row without history tells: rows written all at once have none."""
    known = [
        (participant.created_at, State.UNCONFIRMED),
        (participant.registered_at, State.PENDING),
        (participant.decided_at, participant.state),
    ]
    return [Event(at, state, "", "") for at, state in reversed(known) if at]


def sentence_for(participant: Participant) -> str:
    """Where the registration stands, as one would say it."""
    if participant.is_erased:
        return _("This person was erased. What is left says nothing of them and keeps the figures right.")
    if participant.state == State.WAITLISTED:
        if offer := Offer.objects.running().select_related("participant__meeting").filter(participant=participant).first():
            return promise_of(offer, at=timezone.now()).words
        return _("Number %(place)d on the waiting list.") % {"place": participant.place_in_line()}
    if participant.state == State.UNCONFIRMED:
        until = day(timezone.localtime(participant.created_at + UNCONFIRMED_KEPT).date())
        deleted = _("It is deleted after %(day)s unless the person confirms.") % {"day": until}
        return f"{SENTENCES[State.UNCONFIRMED]} {deleted}"
    return str(SENTENCES[State(participant.state)])


def buttons_for(request: HttpRequest, participant: Participant, under_way: Step | None) -> list[Decision]:
    """The decisions that this user may take about this person now; of their own proposal only to take it back."""
    if not request.user.has_perm(PERMISSION):
        return []
    possible = [one for one in decisions_at(participant.meeting) if one.is_possible_for(participant)]
    if under_way is None or under_way.made_by_id != request.user.pk:
        return possible
    own = {"send_back": _("Take back the proposal")}
    return [replace(one, label=own.get(one.key, one.label)) for one in possible if one.key != "agree"]


def steps_of(participant: Participant, visible: frozenset[str]) -> list[Step] | None:
    """What was proposed and put on hold, the latest first; None for whoever may not read the reasons."""
    if "state_reason" not in visible:
        return None
    return list(participant.steps.select_related("made_by", "closed_by", "code")[:MOST_SHOWN])


def mails_to(request: HttpRequest, participant: Participant, visible: frozenset[str]) -> list[dict[str, Any]] | None:
    """The mails about this registration, the latest first; None for whoever may not read the outbox."""
    if not request.user.has_perm("correspondence.view_message"):
        return None
    messages = Message.objects.filter(reference=participant.reference).defer("body").order_by("-pk")[:MOST_SHOWN]
    return [
        {
            "pk": message.pk,
            "label": label_of(message.kind),
            "state": message.state,
            "state_label": message.get_state_display(),
            "at": message.sent_at or message.created_at,
            "to": message.to if "email" in visible and not message.hides_address else "",
            "has_page": admin.site.is_registered(Message),
        }
        for message in messages
    ]


def consents_of(request: HttpRequest, participant: Participant) -> list[Consent] | None:
    """What the person agreed to and took back, the latest first; None for whoever may not read the log."""
    if not request.user.has_perm("participants.view_consent"):
        return None
    return list(participant.consents.order_by("-at", "-pk")[:MOST_SHOWN])


def looks_of(participant: Any, inlines: Iterable[Any]) -> list[tuple[str, str, str]]:
    """What this page shows of the person, for the trace: the page, with or without a protected name, and what is kept apart."""
    name_is_shown = participant.is_protected and not participant.face.is_masked
    shown = [looks.What.PROTECTED_NAME if name_is_shown else looks.What.PARTICIPANT_PAGE]
    shown += [LOOKS[inline.opts.model] for inline in inlines if inline.opts.model in LOOKS and inline.formset.initial_forms]
    return [(what, looks.key_of(participant), participant.reference) for what in shown]


def standing(request: HttpRequest, participant: Participant, visible: frozenset[str]) -> dict[str, Any]:
    """Everything the page's template shows beside the form."""
    events = events_of(participant, visible)
    steps = steps_of(participant, visible)
    under_way = next((step for step in steps or () if step.outcome == Step.Outcome.OPEN), None)
    return {
        "sentence": sentence_for(participant),
        "events": events,
        "latest": events[0] if events else None,
        "buttons": buttons_for(request, participant, under_way),
        "steps": steps,
        "under_way": under_way,
        "consents": consents_of(request, participant),
        "mails": mails_to(request, participant, visible),
    }
