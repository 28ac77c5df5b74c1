"""Agreeing to a campaign by its number, and what can be done with it while it goes."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from accounts import fresh
from accounts.models import User
from correspondence import campaigns
from correspondence.admin.campaigns.access import address, audience_or_404, campaign_for, frame, user_of
from correspondence.audiences import Recipient
from correspondence.models import Campaign, CampaignRecipient

FRESH_ABOVE = 25  # mails; more than that asks who it is once more


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


@dataclass(frozen=True, slots=True)
class Standing:
    """Whom a draft would reach now: how many mails, who reads which language, who is left out and why."""

    people: list[Recipient]
    mails: int
    languages: list[tuple[str, int]]
    left_out: list[tuple[str, list[Recipient]]]
    missing: list[str]
    was: int | None  # how many when it was chosen, where that differs


def standing_of(campaign: Campaign, user: User) -> Standing:
    """Ask the campaign's query once more."""
    people = campaigns.found_by(campaign, user)
    written = [one for one in people if not one.why_not]
    readers = Counter(one.language for one in written)
    reasons: dict[str, list[Recipient]] = {}
    for one in people:
        if one.why_not:
            reasons.setdefault(str(CampaignRecipient.Reason(one.why_not).label), []).append(one)
    return Standing(
        people=written,
        mails=len(written),
        languages=[(str(label), readers[code]) for code, label in User.Language.choices],
        left_out=list(reasons.items()),
        missing=[campaigns.words_missing(language, number) for language, number in campaigns.missing_words(campaign, people).items()],
        was=campaign.counted if campaign.counted != len(written) else None,
    )


def send_view(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom the mail goes to and ask for the number; once it is typed, begin."""
    campaign = campaign_for(model_admin, request, pk)
    if not campaign.is_draft:
        return HttpResponseRedirect(address(campaign))
    standing = standing_of(campaign, user_of(request))
    if standing.mails > FRESH_ABOVE and (answer := fresh.ask_again(request)):
        return answer
    form = CountForm(request.POST if request.method == "POST" else None, mails=standing.mails)
    refusal = campaigns.against_sending(campaign, standing.people)
    if request.method == "POST" and not refusal and form.is_valid():
        try:
            campaigns.begin(campaign=campaign, by=user_of(request), mails=form.cleaned_data["count"])
        except campaigns.Refused as error:
            form.add_error("count", str(error))
        else:
            model_admin.log_change(request, campaign, f"Sent to {standing.mails}")
            return HttpResponseRedirect(address(campaign))
    context = {
        **frame(model_admin, request, _("Send: %(mail)s") % {"mail": campaign.name}, campaign),
        "standing": standing,
        "chosen": campaigns.in_words(campaign, user_of(request)),
        "refusal": refusal,
        "form": form,
        "list_address": audience_or_404(campaign.audience).list_address(campaign.query),
    }
    return render(request, "admin/correspondence/campaign/send.html", context, status=422 if form.errors else 200)


def told_again(count: int) -> str:
    """How many failed mails were queued again."""
    return ngettext("%(n)s mail is tried again.", "%(n)s mails are tried again.", count) % {"n": count}


STEPS: dict[str, tuple[Callable[..., Any], Callable[[Any], Any]]] = {
    "stop": (campaigns.stop, lambda done: _("The campaign is stopped. What was in a worker's hand still goes.")),
    "resume": (campaigns.resume, lambda done: _("The campaign goes on where it was.")),
    "give-up": (campaigns.give_up, lambda done: _("The campaign is given up. Who has no mail yet gets none.")),
    "again": (campaigns.send_failed_again, told_again),
}


def step_view(model_admin: ModelAdmin, request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Stop, go on, give up, or try again what failed."""
    if key not in STEPS:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    campaign = campaign_for(model_admin, request, pk)
    service, told = STEPS[key]
    try:
        done = service(campaign=campaign, by=user_of(request))
    except campaigns.Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        model_admin.log_change(request, campaign, key)
        messages.success(request, str(told(done)))
    return HttpResponseRedirect(address(campaign))
