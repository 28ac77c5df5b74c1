"""Deciding about participants, one or many at a time: the buttons of the list and of a person's page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
from django.utils.translation import ngettext

from accounts.models import User
from accounts.text import PersonTextField
from participants import errors
from participants.admin.menu import DECISIONS, Decision, as_taken
from participants.admin.reveals import sight_for, user_of
from participants.faces import face_of, sight_of
from participants.models import Participant, ParticipantQuerySet, Reason, Step
from participants.models.participant import line_order

MOST_AT_ONCE = 500  # each is a transaction with a mail; a page that waits for more would be given up
MOST_NAMED = 10
PERMISSION = "participants.decide_participant"

State = Participant.State


@dataclass
class Outcome:
    """What became of a decision about several people."""

    changed: list[Participant] = field(default_factory=list)
    queued: list[Participant] = field(default_factory=list)  # approved, but no place was free
    refused: list[tuple[Participant, str]] = field(default_factory=list)


def decide(decision: Decision, participants: Iterable[Participant], *, by: User, **said: Any) -> Outcome:
    """Take the step for one after the other, each in a transaction of its own; one refusal does not stop the rest."""
    outcome = Outcome()
    more = {name: said[name] for name in decision.asks if name in said} if decision.question else {}
    people = list(participants)
    for participant in people:
        before = participant.state
        try:
            if not decision.is_possible_for(participant):
                raise errors.WrongState
            if len(people) > 1 and decision.marks is None and participant.mark == Participant.Mark.HOLD:
                raise errors.OnHold  # somebody put it aside on purpose: it is not swept along
            after = decision.service(participant=participant, by=by, **more)
        except errors.Refused as refusal:
            outcome.refused.append((participant, explained(refusal, before)))
        else:
            waits = not after.mark and decision.key in {"approve", "agree"} and after.state == State.WAITLISTED
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
    """What the decision asks for: a reason from the list, own words, and for a hold until when and whether the person is told."""

    code = forms.ModelChoiceField(Reason.objects.none(), required=False, label=_lazy("Reason"), empty_label=_lazy("None from the list"))
    reason = PersonTextField(max_length=1000).formfield(
        label=_lazy("In your own words"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    until = forms.DateField(
        label=_lazy("Look at it again on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    tell = forms.BooleanField(label=_lazy("Write to the person that the decision takes longer, and why"), required=False)

    def __init__(self, decision: Decision, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision
        self.reasons = Reason.objects.none()
        self.fields = {name: field for name, field in self.fields.items() if name in decision.asks}
        if "code" in self.fields:
            code: Any = self.fields["code"]
            code.queryset = self.reasons = Reason.objects.filter(use=decision.use, is_active=True)
        if "reason" in self.fields:
            self.fields["reason"].help_text = decision.reason_help

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.decision.needs_reason and not self.errors and not (cleaned.get("code") or cleaned.get("reason")):
            self.add_error("reason", errors.ReasonMissing.reason)
        return cleaned


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
    if len({as_taken(decision, person) for person in people}) > 1:
        messages.error(request, _("Choose people of one meeting: some ask for two officers. Nothing was changed."))
        return HttpResponseRedirect(way_back(request, people))
    decision = as_taken(decision, people[0]) if people else decision
    form = DecisionForm(decision, request.POST if "asked" in request.POST else None)
    asks = decision.question and any(map(decision.is_possible_for, people))
    if asks and not form.is_valid():
        return asking_page(model_admin, request, decision, people, form)
    said = form.cleaned_data if asks else {}
    tell(request, decision, decide(decision, people, by=user_of(request), **said))
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
    steps = {step.participant_id: step for step in Step.objects.open().filter(participant__in=possible).select_related("made_by")}
    for person in possible:
        person.step = steps.get(person.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": decision.question % {"count": len(possible)},
        "opts": model_admin.opts,
        "decision": decision,
        "possible": possible,
        "impossible": [person for person in people if not decision.is_possible_for(person)],
        "form": form,
        "reasons": form.reasons,
        "back": request.POST.get("back", "list"),
        "cancel_address": way_back(request, people),
        "action_address": f"{reverse('admin:participants_participant_decide', args=[decision.key])}?{request.GET.urlencode()}",
    }
    return render(request, "admin/participants/participant/decide.html", context)
