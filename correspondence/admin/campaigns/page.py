"""The list of campaigns, and the page of one: a form while it is a draft, its numbers from then on."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import npgettext

from correspondence import audiences, campaigns
from correspondence.admin.campaigns import preview, sending, writing
from correspondence.admin.campaigns.access import MAY_SEND, address, audience_or_404, user_of
from correspondence.models import Campaign, CampaignRecipient, Message
from correspondence.models.campaigns import figures_of

SECONDS_BETWEEN_LOOKS = 5
MOST_SHOWN = 100
PAGES = (
    ("write/<slug:audience_key>/", "write", writing.write_view),
    ("<int:pk>/preview/", "preview", preview.preview_view),
    ("<int:pk>/try/", "try", preview.try_view),
    ("<int:pk>/send/", "send", sending.send_view),
    ("<int:pk>/step/<slug:key>/", "step", sending.step_view),
)


@admin.register(Campaign)
class CampaignAdmin(admin.ModelAdmin):
    """A campaign is begun from a list of people; only a draft can be changed or deleted."""

    list_display = ("name", "tag", "audience_name", "number", "made_by", "sent_at")
    list_filter = ("state",)
    list_select_related = ("made_by",)
    search_fields = ("name",)
    show_full_result_count = False
    fieldsets = ((None, {"fields": ("name", ("subject_en", "subject_fr"), ("body_en", "body_fr"))}),)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # whom it goes to is chosen first, on a list of people

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and obj.is_draft

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name[-3:] in {"_en", "_fr"} and field is not None:
            field.widget.attrs["lang"] = db_field.name[-2:]
        if db_field.name.startswith("body") and field is not None:
            field.widget.attrs["rows"] = 18
        return field

    def get_urls(self) -> list[URLPattern]:
        views = [
            path(route, self.admin_site.admin_view(partial(view, self)), name=f"correspondence_campaign_{name}")
            for route, name, view in PAGES
        ]
        return [*views, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Campaigns"), **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], add: bool = False, change: bool = False, form_url: str = "", obj: Any = None
    ) -> HttpResponse:
        context |= page_of(request, obj) | {"show_save_and_add_another": False}
        response = super().render_change_form(request, context, add, change, form_url, obj)
        if obj.state == Campaign.State.SENDING:
            response.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
        return response

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Saved, the draft shows whom it would reach now, or what they would read."""
        for page in ("preview", "send"):
            if f"_{page}" in request.POST:
                return HttpResponseRedirect(address(obj, page))
        self.message_user(request, _("The draft is saved."), messages.SUCCESS)
        return HttpResponseRedirect(address(obj))

    @admin.display(description=_lazy("status"), ordering="state")
    def tag(self, campaign: Campaign) -> SafeString:
        return tag_of(campaign.state, campaign.get_state_display())

    @admin.display(description=_lazy("written to"), ordering="audience")
    def audience_name(self, campaign: Campaign) -> str:
        return str(audiences.label_of(campaign.audience))

    @admin.display(description=_lazy("mails"), ordering="mails")
    def number(self, campaign: Campaign) -> str:
        return "–" if campaign.is_draft else str(campaign.mails)


TAGS = {"draft": "draft", "sending": "queued", "stopped": "waitlisted", "done": "sent", "given_up": "withdrawn"}


def tag_of(state: str, label: Any) -> SafeString:
    return render_to_string("components/status_tag.html", {"state": TAGS.get(state, state), "label": label})


def page_of(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    """What the page of one campaign shows around the form."""
    audience = audience_or_404(campaign.audience)
    is_open = audience.is_open_to(request.user)
    common = {
        "title": campaign.name,
        "subtitle": None,
        "audience": audience,
        "chosen": campaigns.in_words(campaign, user_of(request)),
        "status": tag_of(campaign.state, campaign.get_state_display()),
        "placeholders": audience.placeholders.items(),
        "may_send": is_open and request.user.has_perm(MAY_SEND),
        "may_preview": is_open,
    }
    if campaign.is_draft:
        standing = sending.standing_of(campaign, user_of(request)) if is_open else None
        return {**common, "standing": standing, "list_address": audience.list_address(campaign.query)}
    return {**common, **progress_of(campaign, is_open=is_open)}


def progress_of(campaign: Campaign, *, is_open: bool) -> dict[str, Any]:
    """How far a campaign is, and whom it did not reach and why."""
    numbers = figures_of(campaign)
    going, unwritten = numbers["queued"] + numbers["waiting"], 0
    if campaign.state != Campaign.State.SENDING:
        going, unwritten = numbers["queued"], numbers["waiting"]  # stopped, nobody works at them
    list_of = (
        (npgettext("mails", "sent", "sent", numbers["sent"]), numbers["sent"]),
        (npgettext("mails", "on its way", "on their way", going), going),
        (npgettext("mails", "held back", "held back", numbers["held"]), numbers["held"]),
        (npgettext("mails", "not written yet", "not written yet", unwritten), unwritten),
        (npgettext("mails", "failed", "failed", numbers["failed"]), numbers["failed"]),
        (npgettext("mails", "no longer kept", "no longer kept", numbers["forgotten"]), numbers["forgotten"]),
    )
    reasons = CampaignRecipient.Reason
    return {
        "numbers": numbers,
        "figures": [(label, number) for place, (label, number) in enumerate(list_of) if number or place < 1],
        "left_out": [(reasons(reason).label, number) for reason, number in numbers["left_out"].items()],
        "done": numbers["sent"] + numbers["failed"] + numbers["forgotten"],
        "unreached": unreached(campaign) if is_open else [],
    }


def unreached(campaign: Campaign) -> list[dict[str, Any]]:
    """Those whose mail failed or who have none, with the reason; the first hundred."""
    failed = campaign.recipients.filter(message__state=Message.State.FAILED) | campaign.recipients.exclude(reason="")
    rows = list(failed.select_related("message").order_by("pk")[:MOST_SHOWN])
    people = audiences.get(campaign.audience).get([row.key for row in rows])
    return [
        {
            "name": people[row.key].shown if row.key in people else "–",
            "reference": people[row.key].reference if row.key in people else "",
            "why": row.get_reason_display() if row.reason else problem_of(row.message),
            "message": row.message_id,
        }
        for row in rows
    ]


def problem_of(message: Message | None) -> str:
    """The mail server's answer, which often repeats the address."""
    if message is None:
        return ""
    return _("The mail server's answer is not shown, because it may name the person.") if message.hides_address else message.problem
