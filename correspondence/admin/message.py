"""The outbox: what waits, what went, what failed and why."""

import datetime as dt
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from accounts import looks
from correspondence import kinds
from correspondence.delivery import queue_health, send_again
from correspondence.models import Heartbeat, Message


class KindFilter(admin.SimpleListFilter):
    """By kind of mail, with its name."""

    title = _lazy("mail")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(kind.key, kind.label) for kind in kinds.every()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    """Nobody writes, changes or deletes a message here; one that failed can be sent again."""

    list_display = ("kind_name", "shown_to", "reference", "tag", "attempts", "written", "what_happened")
    list_filter = ("state", KindFilter)
    search_fields = ("subject", "reference")
    search_help_text = _lazy("Subject or reference number")
    list_per_page = 50
    show_full_result_count = False
    actions = ("send_chosen_again",)
    fieldsets = (
        (None, {"fields": ("kind_name", "shown_to", "language", "subject", "reference")}),
        (_lazy("Delivery"), {"fields": ("tag", "attempts", "created_at", "sent_at", "next_try", "shown_problem")}),
        (_lazy("Text"), {"fields": ("shown_body",)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """The filters shown and no others: any column could otherwise be asked, and a hidden address guessed letter by letter."""
        return lookup in {"state__exact", "kind"}

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Whoever may change the outbox may have a message sent again."""
        return bool(request.user.has_perm("correspondence.change_message"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """The texts are not read for a list."""
        return super().get_queryset(request).defer("body")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(send_one_again, self))
        return [path("<int:pk>/send-again/", view, name="correspondence_message_send_again"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"figures": figures(), **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return super().change_view(request, object_id, form_url, {"may_send": self.has_send_permission(request), **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], add: bool = False, change: bool = False, form_url: str = "", obj: Any = None
    ) -> HttpResponse:
        if obj is not None and not obj.hides_address:
            looks.note(request, what=looks.What.MESSAGE, key=looks.key_of(obj), reference=obj.reference)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_lazy("mail"), ordering="kind")
    def kind_name(self, message: Message) -> str:
        return str(kinds.label_of(message.kind))

    @admin.display(description=_lazy("to"))
    def shown_to(self, message: Message) -> str:
        """A hidden address is shown to nobody here; a protected person's is on their own page, once it was revealed."""
        return _("not shown") if message.hides_address else message.to

    @admin.display(description=_lazy("state"), ordering="state")
    def tag(self, message: Message) -> SafeString:
        return render_to_string("components/status_tag.html", {"state": message.state, "label": message.get_state_display()})

    @admin.display(description=_lazy("what went wrong"))
    def shown_problem(self, message: Message) -> str:
        """The mail server's answer, which often repeats the address."""
        if not message.hides_address or not message.problem:
            return message.problem
        return _("The mail server's answer is not shown, because it may name the person.")

    @admin.display(description=_lazy("written"), ordering="created_at")
    def written(self, message: Message) -> str:
        return short(message.created_at)

    @admin.display(description=_lazy("sent, or what went wrong"))
    def what_happened(self, message: Message) -> str:
        return short(message.sent_at) if message.sent_at else self.shown_problem(message)

    @admin.display(description=_lazy("next attempt"))
    def next_try(self, message: Message) -> str:
        return short(message.next_attempt_at) if message.state == Message.State.QUEUED else "–"

    @admin.display(description=_lazy("text"))
    def shown_body(self, message: Message) -> str:
        if message.is_secret:
            return _("Not shown: it holds a link or code that opens something.")
        if message.hides_address:
            return _("Not shown: it may name somebody who asked not to be named.")
        return message.body

    @admin.action(description=_lazy("Send again"), permissions=["send"])
    def send_chosen_again(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        """Queue those that failed, and say what became of the rest."""
        queued, others = 0, set()
        for message in queryset.order_by("pk"):
            if send_again(message):
                queued += 1
            else:
                others.add(message.pk)
        if queued:
            text = ngettext("%(n)s message queued again.", "%(n)s messages queued again.", queued)
            self.message_user(request, text % {"n": queued}, messages.SUCCESS)
        for state, label in Message.State.choices:
            left = Message.objects.filter(pk__in=others, state=state).count() if others else 0
            if left:
                text = ngettext("%(n)s not sent again: it is %(state)s.", "%(n)s not sent again: they are %(state)s.", left)
                self.message_user(request, text % {"n": left, "state": label}, messages.WARNING)


def short(moment: dt.datetime) -> str:
    """Day and time on one short line."""
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def send_one_again(model_admin: MessageAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Queue one failed message again and go back to it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not model_admin.has_send_permission(request):
        raise PermissionDenied
    message = model_admin.get_object(request, str(pk))
    if message is None:
        raise Http404
    if send_again(message):
        model_admin.message_user(request, _("The message is queued again."), messages.SUCCESS)
    else:
        state = Message.State(message.state).label
        model_admin.message_user(request, _("Not sent again: the message is %(state)s.") % {"state": state}, messages.WARNING)
    return HttpResponseRedirect(reverse(f"{model_admin.admin_site.name}:correspondence_message_change", args=[pk]))


def figures() -> list[dict[str, Any]]:
    """What stands above the list: how many wait, went and failed, since when, and whether a worker is at it."""
    counted = {state: (number, first) for state, number, first in by_state()}
    list_of = reverse("admin:correspondence_message_changelist")
    shown = [
        {"label": label, "number": counted.get(state, (0, None))[0], "url": f"{list_of}?state__exact={state}", "note": ""}
        for state, label in ((Message.State.QUEUED, _("queued")), (Message.State.FAILED, _("failed")), (Message.State.SENT, _("sent")))
    ]
    if (oldest := counted.get(Message.State.QUEUED, (0, None))[1]) is not None:
        shown[0]["note"] = _("the oldest for %(time)s") % {"time": timesince(oldest, depth=1)}
        if not queue_health():
            shown[0]["note"] += ". " + _("Mail is stuck: is a worker running?")
    beat = Heartbeat.objects.filter(name="worker").values_list("beat_at", flat=True).first()
    seen = _("%(time)s ago") % {"time": timesince(beat, depth=1)} if beat else _("never")
    return [*shown, {"label": _("worker last seen"), "number": seen, "url": "", "note": ""}]


def by_state() -> Any:
    """For each state how many messages are in it, and when the first of them was written."""
    return Message.objects.order_by().values_list("state").annotate(number=Count("pk"), first=Min("created_at"))
