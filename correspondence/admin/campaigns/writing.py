"""Beginning a campaign: whom it goes to stands in the address, a name and the first words are asked for."""

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from correspondence import campaigns, kinds
from correspondence.admin.campaigns.access import MAY_SEND, address, audience_or_404, frame, user_of
from correspondence.audiences import Audience
from correspondence.models import Campaign, MessageTemplate

TEXTS = ("subject_en", "subject_fr", "body_en", "body_fr")


def fitting_templates(audience: Audience) -> list[MessageTemplate]:
    """The templates written for this audience, as far as it has all of their placeholders."""
    known, every = set(audience.placeholders), {kind.key for kind in kinds.with_templates()}
    rows = MessageTemplate.objects.filter(kind__in=every if audience.kinds is None else every & audience.kinds)
    return [row for row in rows if kinds.placeholders_in("".join(getattr(row, name) for name in TEXTS)) <= known]


class BeginForm(forms.ModelForm):
    """The name of a new campaign, and the words it begins with."""

    template = forms.ChoiceField(label=_lazy("Begin with"), required=False)

    class Meta:
        model = Campaign
        fields = ("name",)

    def __init__(self, *args: Any, audience: Audience, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.templates = {str(row.pk): row for row in fitting_templates(audience)}
        offered = [(key, _("the template “%(mail)s”") % {"mail": row}) for key, row in self.templates.items()]
        self.fields["template"].choices = [("", _("an empty page")), *offered]  # type: ignore[attr-defined]

    def save(self, commit: bool = True) -> Any:
        """The draft with the words chosen."""
        template = self.templates.get(self.cleaned_data["template"])
        for name in TEXTS if template else ():
            setattr(self.instance, name, getattr(template, name).strip())
        return super().save(commit)


def write_view(model_admin: ModelAdmin, request: HttpRequest, audience_key: str) -> HttpResponse:
    """Make a draft to everybody whom the query of the address shows. Nobody is written to yet."""
    audience = audience_or_404(audience_key)
    if not (request.user.has_perm("correspondence.add_campaign") and audience.is_open_to(request.user)):
        raise PermissionDenied
    user = user_of(request)
    query = audience.settle(request.GET.urlencode(), user)
    draft = Campaign(audience=audience.key, query=query, chosen={"query": query}, made_by=user)
    people = campaigns.found_by(draft, user)
    draft.counted = sum(not one.why_not for one in people)
    form = BeginForm(request.POST if request.method == "POST" else None, audience=audience, instance=draft)
    if request.method == "POST" and form.is_valid():
        campaign = form.save()
        model_admin.log_addition(request, campaign, "Draft")
        return HttpResponseRedirect(address(campaign))
    context = {
        **frame(model_admin, request, _("Write to these people")),
        "audience": audience,
        "form": form,
        "chosen": campaigns.in_words(draft, user),
        "mails": draft.counted,
        "people": people[:20],
        "others": max(0, len(people) - 20),
        "back": audience.list_address(query),
        "may_send": request.user.has_perm(MAY_SEND),
    }
    return render(request, "admin/correspondence/campaign/write.html", context, status=422 if form.errors else 200)
