"""The participant list and page."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import looks
from accounts.history import HistoryAdmin
from accounts.refusals import note_refusal, with_refusal
from delegations.models import Body, Country
from meetings.admin import NATIVE_DATES
from meetings.languages import current_language
from meetings.models import Meeting
from participants import errors, mails, services
from participants.admin import cells, duplicates, imports, links, notes, page, reveals
from participants.admin.access import IDENTITY, is_masked, sees_all_registrations, sees_everything, visible_fields
from participants.admin.apart import LOOKS, SHORT_TEXTS, JourneyInline, NeedsInline, save_apart
from participants.admin.decisions import PERMISSION, answer, decide_view
from participants.admin.filters import FILTERS, ListFilter, MarkFilter, PromiseFilter, ProtectionFilter, Row, surroundings
from participants.admin.forms import ParticipantForm
from participants.admin.history import set_changes
from participants.admin.listing import ParticipantList, looks_of_search
from participants.admin.menu import DECISIONS, Decision
from participants.admin.passports import may_see_passport, passport_view
from participants.campaigns import REGISTERED
from participants.exporting import export_page
from participants.faces import face_of
from participants.models import Participant, ParticipantQuerySet
from participants.models.participant import BY_NAME, line_order

MOST_SEARCH_WORDS = 8
EXPORT = "participants.export_participant"


def action_for(decision: Decision) -> Callable[..., HttpResponse]:
    """The decision as an action of the list."""

    @admin.action(description=decision.label, permissions=["decide"])
    def act(model_admin: "ParticipantAdmin", request: HttpRequest, queryset: ParticipantQuerySet) -> HttpResponse:
        return answer(model_admin, request, decision, queryset)

    act.__name__ = decision.key
    return act


@admin.register(Participant)
class ParticipantAdmin(HistoryAdmin):
    """Whoever may change a participant sees everything but protected names; others a few columns, and change nothing."""

    form = ParticipantForm
    inlines = (JourneyInline, NeedsInline)
    actions = tuple(action_for(decision) for decision in DECISIONS.values())
    search_fields = ("search_key",)  # opens the search box; get_search_results does the search
    search_help_text = _lazy("Name, organisation, address or reference; accents do not matter.")
    object_history_template = "admin/participants/participant/object_history.html"
    list_per_page = 100
    list_max_show_all = 500
    show_full_result_count = False
    formfield_overrides = NATIVE_DATES | SHORT_TEXTS

    # --- who may do what ---

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a registration is withdrawn, so that its place goes to the next in line

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and (obj.is_erased or obj.state == Participant.State.UNCONFIRMED):
            return False  # nobody is there to be corrected, or has said yet that this is their address
        return super().has_change_permission(request, obj)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    # --- the list ---

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ParticipantList]:
        return ParticipantList

    def get_queryset(self, request: HttpRequest) -> ParticipantQuerySet:
        # Ordered by key only: Django adds this order to each other one, and names are dear to compare.
        rows = super().get_queryset(request).order_by("pk").select_related("meeting", "sector", "country", "body")
        if sees_everything(request):
            return rows
        return rows.registered() if sees_all_registrations(request) else rows.confirmed()

    def get_list_filter(self, request: HttpRequest) -> Sequence[type[ListFilter]]:
        if sees_everything(request):
            return FILTERS
        hidden = {ProtectionFilter} if sees_all_registrations(request) else {ProtectionFilter, MarkFilter, PromiseFilter}
        return [one for one in FILTERS if one not in hidden]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """The filters shown and no others: Django would let any column be asked, and so guess a protected name letter by letter."""
        return lookup in {one.parameter_name for one in self.get_list_filter(request)}

    def get_search_results(self, request: HttpRequest, queryset: ParticipantQuerySet, search_term: str) -> tuple[ParticipantQuerySet, bool]:
        found = self.found(request, search_term)
        if found is not None:
            return queryset.filter(pk__in=[row["pk"] for row in found]), False
        return self.search(request, queryset, search_term), False

    def search(self, request: HttpRequest, rows: ParticipantQuerySet, term: str) -> ParticipantQuerySet:
        """Those of ``rows`` who match; an address finds nobody for those who do not see addresses."""
        words = term.replace("\x00", "").split()[:MOST_SEARCH_WORDS]
        if not sees_everything(request) and any("@" in word for word in words):
            return rows.none()
        return rows.matching(" ".join(words))

    def found(self, request: HttpRequest, term: str) -> list[Row] | None:
        """Everybody a search finds; None without a search, and when they are very many."""
        if not term.replace("\x00", "").strip():
            return None
        return surroundings(request).found(term, lambda: self.search(request, self.get_queryset(request).order_by(), term))

    def get_list_display(self, request: HttpRequest) -> Sequence[str]:
        several_meetings = request.GET.get("meeting__id__exact") == "all"
        meeting = ("meeting_name",) if several_meetings else ()
        if sees_everything(request):
            return ("person", "from_where", "sector_name", "category_name", "status", "registered", "reference", *meeting)
        return ("person", "from_where", "category_name", "status", *meeting)

    def get_ordering(self, request: HttpRequest) -> Sequence[Any]:
        """By name; those who wait, in the order in which they come to their turn."""
        match request.GET.get("state__exact"):
            case Participant.State.WAITLISTED:
                return line_order()
            case Participant.State.PENDING:
                return ["registered_at", "pk"]
        return [BY_NAME.asc(), "pk"]

    def action_checkbox(self, obj: Participant) -> SafeString:
        return cells.checkbox(obj)

    @admin.display(description=_lazy("name"), ordering=BY_NAME)
    def person(self, participant: Participant) -> SafeString:
        return cells.person(participant)

    @admin.display(description=_lazy("country or organisation"))
    def from_where(self, participant: Participant) -> SafeString:
        return cells.from_where(participant)

    @admin.display(description=_lazy("sector"), ordering="sector__position")
    def sector_name(self, participant: Participant) -> str:
        return str(participant.sector)

    @admin.display(description=_lazy("category"), ordering="category")
    def category_name(self, participant: Participant) -> str:
        return cells.category(participant)

    @admin.display(description=_lazy("status"), ordering="state")
    def status(self, participant: Participant) -> SafeString:
        return cells.status(participant)

    @admin.display(description=_lazy("registered"), ordering="registered_at")
    def registered(self, participant: Participant) -> SafeString | str:
        return cells.registered(participant)

    @admin.display(description=_lazy("meeting"), ordering="meeting__starts_on")
    def meeting_name(self, participant: Participant) -> str:
        return str(participant.meeting)

    def filtered_queryset(self, request: HttpRequest) -> ParticipantQuerySet:
        """Exactly the people whom the filters and the search in ``request.GET`` show, on all pages."""
        return self.filtered_list(request).queryset

    def filter_summary(self, request: HttpRequest) -> dict[str, str]:
        """What those filters say, label → value, as the ledger keeps it."""
        return self.filtered_list(request).summary()

    def filtered_list(self, request: HttpRequest) -> ParticipantList:
        """The list behind ``request.GET``; a filter that cannot be understood must not widen it to everybody."""
        try:
            return self.get_changelist_instance(request)
        except IncorrectLookupParameters as error:
            raise BadRequest(_("This filter is not known.")) from error

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        more = {
            "title": _("Participants"),
            "may_export": request.user.has_perm(EXPORT),
            "may_merge": request.user.has_perm(duplicates.PERMISSION),
            "may_write": request.user.has_perms(("correspondence.add_campaign", *REGISTERED.permissions)),
            "may_import": request.user.has_perm(imports.PERMISSION),
        }
        response = super().changelist_view(request, {**more, **(extra_context or {})})
        looks.note_all(request, looks_of_search(response))
        return response

    # --- the page ---

    def get_urls(self) -> list[URLPattern]:
        views = {
            "export": path("export.csv", self.admin_site.admin_view(partial(export_page, self)), name="participants_participant_export"),
            "decide": path("decide/<slug:key>/", self.own(decide_view), name="participants_participant_decide"),
            "reveal": path("<int:participant_id>/reveal/", self.own(reveals.reveal_view), name="participants_participant_reveal"),
            "revoke": path(
                "<int:participant_id>/revoke-links/",
                self.admin_site.admin_view(partial(links.revoke_view, model_admin=self)),
                name="participants_participant_revoke_links",
            ),
            "passport": path("<int:participant_id>/passport/", self.own(passport_view), name="participants_participant_passport"),
            "duplicates": path("duplicates/", self.own(duplicates.list_view), name="participants_participant_duplicates"),
            "compare": path(
                "<int:first>/compare/<int:second>/", self.own(duplicates.compare_view), name="participants_participant_compare"
            ),
            "note": path(
                "<int:participant_id>/note/",
                self.admin_site.admin_view(partial(notes.note_view, model_admin=self)),
                name="participants_participant_note",
            ),
            "hide": path("<int:participant_id>/hide/", self.own(reveals.hide_view), name="participants_participant_hide"),
        }
        return [*views.values(), *imports.urls_of(self, self.admin_site.admin_view), *super().get_urls()]

    def own(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """One of our views, behind the back office's door."""
        return self.admin_site.admin_view(partial(view, self))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        participant: Any = super().get_object(request, object_id, from_field)
        if participant is not None:
            participant.face = face_of(participant, reveals.sight_for(request))
        return participant

    def get_fieldsets(self, request: HttpRequest, obj: Participant | None = None) -> list[tuple[Any, dict[str, Any]]]:
        if not sees_everything(request):
            fields = ("shown_name", "organisation", "country", "body", "category", "sector")
            return [(None, {"fields": fields})]
        masked = obj is not None and is_masked(request, obj)
        who = [] if masked else [IDENTITY, ("email", "phone")]
        work = [("category", "sector"), ("country", "body"), "organisation", *([] if masked else [("function", "service")])]
        choices = ["listening_language", "visibility", ("may_be_photographed", "is_first_timer"), *(["privacy_notice"] if obj else [])]
        return [
            (_("Who"), {"fields": [*([] if obj else ["meeting"]), *who, "language"]}),
            (_("Work"), {"fields": work}),
            (_("Choices"), {"fields": choices}),
            (_("Protection of the name"), {"fields": ["asks_protection", "is_protected", "alias"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Participant | None = None) -> Sequence[str]:
        """Whoever may not see the name may not lift its protection either."""
        masked = obj is not None and is_masked(request, obj)
        return ("shown_name", "privacy_notice", *(("asks_protection", "is_protected") if masked else ()))

    @admin.display(description=_lazy("name"))
    def shown_name(self, participant: Any) -> str:
        return str(participant.face.name)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        meeting = Meeting.objects.coming(timezone.localdate()).first()
        return {"meeting": meeting, "visibility": Participant.Visibility.HIDDEN, **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "country":
            kwargs["queryset"] = Country.objects.in_alphabetical_order()
        if db_field.name == "body":
            kwargs["queryset"] = Body.objects.order_by(f"name_{current_language()}")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field and field.widget, admin.widgets.RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget  # plain selects: countries and sectors have pages of their own
        return field

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return with_refusal(super().get_form(request, obj, change, **kwargs), request)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except errors.Refused as refusal:  # somebody else was quicker than the checks of the form
            note_refusal(request, refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], add: bool = False, change: bool = False, form_url: str = "", obj: Any = None
    ) -> HttpResponse:
        if obj is not None:
            looks.note_all(request, page.looks_of(obj, context["inline_admin_formsets"]))
            visible = visible_fields(request, obj)
            context |= page.standing(request, obj, visible) | {
                "title": str(obj),
                "subtitle": obj.face.name,
                "participant": obj,
                "personal_links": links.links_of(request, obj),
                "may_see_passport": may_see_passport(request, obj),
                "notes": notes.notes_of(request, obj),
                "alike": duplicates.pairs_on_page(request, obj),
                "merges": list(obj.merges.select_related("other", "by")),
                "merged_into": getattr(obj, "merged_into", None),
                "sees_everything": sees_everything(request),
                "sees_history": sees_all_registrations(request),
                "show_save_and_add_another": False,
                "shown_until": reveals.revealed_until(request).get(obj.pk) if obj.is_protected else None,
                "may_reveal": obj.face.is_masked and request.user.has_perm(reveals.PERMISSION),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request: HttpRequest, obj: Participant, form: ParticipantForm, change: bool) -> None:
        if not change:
            services.register_by_hand(participant=obj, by=reveals.user_of(request))
        elif form.changes:
            services.correct_by_hand(participant=obj, changes=form.changes, by=reveals.user_of(request))
            if obj.is_protected:
                mails.hide_earlier(obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model in LOOKS:
            return save_apart(form.instance, formset, by=reveals.user_of(request))
        return super().save_formset(request, form, formset, change)

    # --- its history ---

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not sees_all_registrations(request):
            raise PermissionDenied
        participant = self.get_object(request, object_id)
        if participant is None:
            raise Http404
        looks.note(request, what=looks.What.HISTORY, key=looks.key_of(participant), reference=participant.reference)
        return super().history_view(
            request, object_id, {"title": participant.face.name, "subtitle": _("Change history"), **(extra_context or {})}
        )

    def set_history_delta_changes(self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True) -> None:
        records = list(historical_records)
        if records:
            set_changes(records, visible=visible_fields(request, self.get_queryset(request).get(pk=records[0].id)))
