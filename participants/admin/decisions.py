"""Deciding about participants, one or many at a time: the buttons of the list and of a person's page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext, ngettext_lazy, pgettext_lazy

from accounts.models import User
from accounts.text import PersonTextField
from participants import errors, services
from participants.admin.reveals import sight_for, user_of
from participants.faces import face_of, sight_of
from participants.models import Participant, ParticipantQuerySet
from participants.models.participant import line_order

MOST_AT_ONCE = 500  # each is a transaction with a mail; a page that waits for more would be given up
MOST_NAMED = 10
PERMISSION = "participants.decide_participant"

State = Participant.State


@dataclass(frozen=True)
class Decision:
    """One step the secretariat takes, as the services know it, with its words."""

    key: str
    label: Any
    service: Callable[..., Participant]
    starts_from: frozenset[str]
    done: Any  # ngettext_lazy with %(count)d
    refused: Any
    question: Any = ""  # asked on a page of its own, where what follows cannot be undone
    consequence: Any = ""
    button: Any = ""
    needs_reason: bool = False
    is_grave: bool = False

    def is_possible_for(self, participant: Participant) -> bool:
        return participant.state in self.starts_from and not participant.is_erased


DECISIONS = {
    decision.key: decision
    for decision in (
        Decision(
            "approve",
            _lazy("Approve"),
            services.approve,
            frozenset({State.PENDING, State.WAITLISTED}),
            ngettext_lazy("%(count)d person has a place now.", "%(count)d people have a place now.", "count"),
            ngettext_lazy("%(count)d person could not be approved.", "%(count)d people could not be approved.", "count"),
        ),
        Decision(
            "waitlist",
            pgettext_lazy("decision", "Put on the waiting list"),
            services.put_on_waiting_list,
            frozenset({State.PENDING}),
            ngettext_lazy("%(count)d person is on the waiting list now.", "%(count)d people are on the waiting list now.", "count"),
            ngettext_lazy(
                "%(count)d person could not be put on the waiting list.", "%(count)d people could not be put on the waiting list.", "count"
            ),
        ),
        Decision(
            "decline",
            _lazy("Decline"),
            services.decline,
            frozenset({State.PENDING, State.WAITLISTED, State.CONFIRMED}),
            ngettext_lazy("%(count)d registration was declined.", "%(count)d registrations were declined.", "count"),
            ngettext_lazy("%(count)d registration could not be declined.", "%(count)d registrations could not be declined.", "count"),
            question=ngettext_lazy("Decline this registration?", "Decline %(count)d registrations?", "count"),
            consequence=_lazy(
                "Each person gets a mail with your reason. "
                "A place that comes free goes to the next in line at once, and cannot be taken back."
            ),
            button=_lazy("Decline"),
            needs_reason=True,
            is_grave=True,
        ),
        Decision(
            "withdraw",
            pgettext_lazy("decision", "Withdraw"),
            services.withdraw,
            frozenset({State.PENDING, State.WAITLISTED, State.CONFIRMED, State.DECLINED}),
            ngettext_lazy("%(count)d registration was withdrawn.", "%(count)d registrations were withdrawn.", "count"),
            ngettext_lazy("%(count)d registration could not be withdrawn.", "%(count)d registrations could not be withdrawn.", "count"),
            question=ngettext_lazy("Withdraw this registration?", "Withdraw %(count)d registrations?", "count"),
            consequence=_lazy(
                "Do this when somebody told you that they are not coming. Each person gets a mail. "
                "A place that comes free goes to the next in line at once, and cannot be taken back."
            ),
            button=_lazy("Withdraw on their behalf"),
            is_grave=True,
        ),
        Decision(
            "reopen",
            _lazy("Reopen"),
            services.reopen,
            frozenset({State.DECLINED, State.WITHDRAWN}),
            ngettext_lazy("%(count)d registration is open again.", "%(count)d registrations are open again.", "count"),
            ngettext_lazy("%(count)d registration could not be reopened.", "%(count)d registrations could not be reopened.", "count"),
        ),
    )
}


@dataclass
class Outcome:
    """What became of a decision about several people."""

    changed: list[Participant] = field(default_factory=list)
    queued: list[Participant] = field(default_factory=list)  # approved, but no place was free
    refused: list[tuple[Participant, str]] = field(default_factory=list)


def decide(decision: Decision, participants: Iterable[Participant], *, by: User, reason: str = "") -> Outcome:
    """Take the step for one after the other, each in a transaction of its own; one refusal does not stop the rest."""
    outcome = Outcome()
    more = {"reason": reason} if decision.question else {}
    for participant in participants:
        before = participant.state
        try:
            if not decision.is_possible_for(participant):
                raise errors.WrongState
            after = decision.service(participant=participant, by=by, **more)
        except errors.Refused as refusal:
            outcome.refused.append((participant, explained(refusal, before)))
        else:
            waits = decision.key == "approve" and after.state == State.WAITLISTED
            (outcome.queued if waits else outcome.changed).append(after)
    return outcome


def explained(refusal: errors.Refused, state: str) -> str:
    """Why not, naming the status where that is what stands in the way."""
    if isinstance(refusal, errors.WrongState):
        return _("Not possible in the status “%(state)s”.") % {"state": State(state).label}
    return str(refusal)


def tell(request: HttpRequest, decision: Decision, outcome: Outcome) -> None:
    """Say how many were changed, and who was not and why. Protected people are named as everybody may see them."""
    if outcome.changed:
        messages.success(request, decision.done % {"count": len(outcome.changed)})
    if outcome.queued:
        text = ngettext(
            "%(count)d person was put on the waiting list, because no place is free: %(names)s.",
            "%(count)d people were put on the waiting list, because no place is free: %(names)s.",
            len(outcome.queued),
        )
        messages.warning(request, text % {"count": len(outcome.queued), "names": names_of(request, outcome.queued)})
    by_reason: dict[str, list[Participant]] = defaultdict(list)
    for participant, why in outcome.refused:
        by_reason[why].append(participant)
    for why, people in by_reason.items():
        count = decision.refused % {"count": len(people)}
        messages.error(request, f"{count} {why} {capfirst(names_of(request, people))}.")


def names_of(request: HttpRequest, people: Sequence[Participant]) -> str:
    """The faces and references of the first few, and how many more there are. Reveals do not count: messages are stored."""
    sight = sight_of(request.user)
    named = [f"{face_of(person, sight).name} ({person.reference})" for person in people[:MOST_NAMED]]
    more = len(people) - len(named)
    if more:
        named.append(ngettext("%(count)d more", "%(count)d more", more) % {"count": more})
    return ", ".join(named)


class DecisionForm(forms.Form):
    """The reason, as far as the decision needs one."""

    reason = PersonTextField(max_length=1000).formfield(
        label=_lazy("Reason"),
        help_text=_lazy("The person reads this in the mail. One or two sentences, in their language."),
        error_messages={"required": errors.ReasonMissing.reason},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, decision: Decision, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not decision.needs_reason:
            self.fields["reason"].required = False
            self.fields["reason"].label = _("Reason (optional)")
            self.fields["reason"].help_text = _("Kept with the registration; it is not in the mail.")


def in_fair_order(rows: ParticipantQuerySet) -> ParticipantQuerySet:
    """Those first who would come first off the waiting list, so that the last free place goes to the right person."""
    return rows.order_by(*line_order())


def decide_view(model_admin: ModelAdmin, request: HttpRequest, key: str) -> HttpResponse:
    """Take a decision about the people posted: at once, or after the page that asks."""
    if key not in DECISIONS:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:participants_participant_changelist"))
    chosen = [value for value in request.POST.getlist("people") if value.isdecimal() and len(value) < 19][: MOST_AT_ONCE + 1]
    rows: Any = model_admin.get_queryset(request).filter(pk__in=chosen)
    return answer(model_admin, request, DECISIONS[key], rows)


def answer(model_admin: ModelAdmin, request: HttpRequest, decision: Decision, rows: ParticipantQuerySet) -> HttpResponse:
    """Ask what has to be asked, decide, tell, and go back to where the reader came from."""
    if not (request.user.has_perm(PERMISSION) and model_admin.has_view_permission(request)):
        raise PermissionDenied
    people = list(in_fair_order(rows)[: MOST_AT_ONCE + 1])
    if len(people) > MOST_AT_ONCE:
        messages.error(request, _("Choose at most %(count)d people at a time. Nothing was changed.") % {"count": MOST_AT_ONCE})
        return HttpResponseRedirect(way_back(request, people))
    form = DecisionForm(decision, request.POST if "asked" in request.POST else None)
    asks = decision.question and any(map(decision.is_possible_for, people))
    if asks and not form.is_valid():
        return asking_page(model_admin, request, decision, people, form)
    reason = form.cleaned_data["reason"] if asks else ""
    tell(request, decision, decide(decision, people, by=user_of(request), reason=reason))
    return HttpResponseRedirect(way_back(request, people))


def way_back(request: HttpRequest, people: Sequence[Participant]) -> str:
    """The person's page when the button was there, otherwise the list as it was filtered."""
    if request.POST.get("back") == "page" and len(people) == 1:
        return reverse("admin:participants_participant_change", args=[people[0].pk])
    return f"{reverse('admin:participants_participant_changelist')}?{request.GET.urlencode()}".rstrip("?")


def asking_page(
    model_admin: ModelAdmin, request: HttpRequest, decision: Decision, people: Sequence[Participant], form: DecisionForm
) -> HttpResponse:
    """The page that names the people, says what will follow, and asks for the reason."""
    sight = sight_for(request)
    person: Any
    for person in people:
        person.face = face_of(person, sight)
    possible = [person for person in people if decision.is_possible_for(person)]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": decision.question % {"count": len(possible)},
        "opts": model_admin.opts,
        "decision": decision,
        "possible": possible,
        "impossible": [person for person in people if not decision.is_possible_for(person)],
        "form": form,
        "back": request.POST.get("back", "list"),
        "cancel_address": way_back(request, people),
        "action_address": f"{reverse('admin:participants_participant_decide', args=[decision.key])}?{request.GET.urlencode()}",
    }
    return render(request, "admin/participants/participant/decide.html", context)
