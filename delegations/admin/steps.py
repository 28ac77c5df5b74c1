"""Steps about many invitations: send, remind, withdraw, renew. What would happen is shown first; a number is typed before mail goes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext, ngettext_lazy

from accounts.models import User
from delegations import errors, services
from delegations.models import Invitation
from delegations.services.plans import Check, Plan
from meetings.admin import key_of

MOST_AT_ONCE = 500
PERMISSION = "delegations.send_invitation"
LIST = "admin:delegations_invitation_changelist"
BOARD = "admin:delegations_invitation_board"


@dataclass(frozen=True)
class Step:
    """One step the secretariat takes, with its words."""

    key: str
    label: Any
    check: Check
    service: Callable[..., Invitation]
    done: Any  # ngettext_lazy with %(count)d
    title: Any = ""  # asked on a page of its own, where mail goes out or something ends
    consequence: Any = ""
    writes: bool = False  # whether the number of mails is to be typed
    is_grave: bool = False


STEPS = {
    step.key: step
    for step in (
        Step(
            "send",
            _lazy("Send"),
            services.against_sending,
            services.send_invitation,
            ngettext_lazy("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", "count"),
            _lazy("Send invitations"),
            _lazy("Each reader gets one mail with a personal link to the letter and the reply. It cannot be called back."),
            writes=True,
        ),
        Step(
            "remind",
            _lazy("Remind"),
            services.against_reminding,
            services.remind,
            ngettext_lazy("%(count)d reminder is on its way.", "%(count)d reminders are on their way.", "count"),
            _lazy("Send reminders"),
            _lazy("Only those who have neither replied nor nominated are reminded, and nobody twice on one day."),
            writes=True,
        ),
        Step(
            "withdraw",
            _lazy("Withdraw"),
            services.against_withdrawing,
            services.withdraw_invitation,
            ngettext_lazy("%(count)d invitation was withdrawn.", "%(count)d invitations were withdrawn.", "count"),
            _lazy("Withdraw invitations"),
            _lazy("The links stop working at once. Whoever was written to gets a mail; nobody hears of a draft."),
            is_grave=True,
        ),
        Step(
            "renew",
            _lazy("Make a draft again"),
            services.against_renewing,
            services.renew_invitation,
            ngettext_lazy("%(count)d invitation is a draft again.", "%(count)d invitations are drafts again.", "count"),
        ),
    )
}


class CountForm(forms.Form):
    """The number of mails, typed by hand."""

    count = forms.IntegerField(label=_lazy("Number of mails"), min_value=0, widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args: Any, mails: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mails = mails
        self.fields["count"].help_text = ngettext(
            "Type %(n)s to show that you mean it: %(n)s mail goes out.", "Type %(n)s to show that you mean it: %(n)s mails go out.", mails
        ) % {"n": mails}

    def clean_count(self) -> int:
        count: int = self.cleaned_data["count"]
        if count != self.mails:
            raise forms.ValidationError(_("%(n)s mails would go out now, not %(typed)s.") % {"n": self.mails, "typed": count})
        return count


@dataclass
class Outcome:
    """What became of a step."""

    done: int = 0
    refused: dict[str, list[Invitation]] = field(default_factory=dict)


def take(step: Step, invitations: Iterable[Invitation], *, by: User) -> Outcome:
    """Take the step for one after the other, each in a transaction of its own; one refusal does not stop the rest."""
    outcome = Outcome()
    for invitation in invitations:
        try:
            step.service(invitation=invitation, by=by)
        except errors.Refused as refusal:
            outcome.refused.setdefault(str(refusal), []).append(invitation)
        else:
            outcome.done += 1
    return outcome


def step_view(model_admin: ModelAdmin, request: HttpRequest, key: str) -> HttpResponse:
    """Ask about the invitations posted, or about every draft of ``?meeting=``, and do it once that was answered."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    if key not in STEPS:
        raise Http404
    rows: Any = model_admin.get_queryset(request)
    if request.method == "POST":
        chosen = [key_of(value) for value in request.POST.getlist("invitations")[: MOST_AT_ONCE + 1]]
        return answer(model_admin, request, STEPS[key], rows.filter(pk__in=chosen))
    meeting = key_of(request.GET.get("meeting"))
    if not meeting or key not in {"send", "remind"}:
        return HttpResponseRedirect(reverse(LIST))
    wanted = rows.filter(meeting=meeting, state=Invitation.State.DRAFT) if key == "send" else rows.filter(meeting=meeting).silent()
    return answer(model_admin, request, STEPS[key], wanted)


def answer(model_admin: ModelAdmin, request: HttpRequest, step: Step, rows: Any) -> HttpResponse:
    """Show what would happen, or do it and say what became of it."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    invitations = list(rows.with_addressees().with_names().order_by("number", "pk")[: MOST_AT_ONCE + 1])
    if len(invitations) > MOST_AT_ONCE:
        messages.error(request, _("Choose at most %(count)d invitations at a time. Nothing was changed.") % {"count": MOST_AT_ONCE})
        return HttpResponseRedirect(way_back(request, invitations))
    plan = services.plan(step.check, invitations)
    form = CountForm(request.POST if "asked" in request.POST else None, mails=plan.mails)
    if step.title and (not plan.ready or not is_agreed(request, step, form)):
        return asking_page(model_admin, request, step, plan, form, way_back(request, invitations))
    outcome = take(step, [invitation for invitation, _readers in plan.ready], by=cast(User, request.user))
    for why, refused in plan.refused.items():
        outcome.refused.setdefault(why, []).extend(refused)
    tell(request, step, outcome)
    return HttpResponseRedirect(way_back(request, invitations))


def is_agreed(request: HttpRequest, step: Step, form: CountForm) -> bool:
    """True once the page that asks was answered, with the number where there is one."""
    return "asked" in request.POST and (not step.writes or form.is_valid())


def tell(request: HttpRequest, step: Step, outcome: Outcome) -> None:
    """Say how many, and who was left out and why: nothing is skipped in silence."""
    if outcome.done:
        messages.success(request, step.done % {"count": outcome.done})
    for why, refused in outcome.refused.items():
        messages.warning(request, _("Left out: %(names)s. %(why)s") % {"names": names_of(refused), "why": why})


def names_of(invitations: Iterable[Invitation]) -> str:
    """Every addressee by name."""
    return ", ".join(invitation.addressee for invitation in invitations)


def way_back(request: HttpRequest, invitations: list[Invitation]) -> str:
    """The invitation's page or the board when the button was there, otherwise the list as it was filtered."""
    if request.POST.get("back") == "page" and len(invitations) == 1:
        return reverse("admin:delegations_invitation_change", args=[invitations[0].pk])
    query = request.GET.copy()
    came_from = query.pop("back", [""])[-1]
    page = BOARD if came_from == "board" else LIST
    return f"{reverse(page)}?{query.urlencode()}".rstrip("?")


def asking_page(model_admin: ModelAdmin, request: HttpRequest, step: Step, plan: Plan, form: CountForm, cancel: str) -> HttpResponse:
    """Who gets what, who cannot and why, and the number to type."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": step.title,
        "opts": model_admin.opts,
        "step": step,
        "plan": plan,
        "refused": [(why, len(rows), names_of(rows)) for why, rows in plan.refused.items()],
        "left_out": [row.pk for rows in plan.refused.values() for row in rows],
        "form": form,
        "back": request.POST.get("back", "list"),
        "cancel_address": cancel,
        "action_address": f"{reverse('admin:delegations_invitation_step', args=[step.key])}?{request.GET.urlencode()}".rstrip("?"),
    }
    return render(request, "admin/delegations/invitation/ask.html", context)
