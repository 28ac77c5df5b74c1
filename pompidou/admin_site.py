"""The back office: Django's admin, with one way in and our own first page."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.views import sign_out
from pompidou.admin_guard import guarded
from privacy import record
from privacy.audit import MAY_READ as MAY_AUDIT
from privacy.copies import MAY_COPY
from privacy.decisions import about_privacy
from reports.dashboard import board_for

# Registered by libraries, of no use here: groups come from accounts.roles, addresses from the users, second factors are
# reset on the user's page, and the outbox tells more than its tasks.
LEFT_OUT = {"auth.group", "account.emailaddress", "mfa.authenticator", "usersessions.usersession", "django_tasks_database.dbtaskresult"}

# The order of the first page; the menu in the header has the first of those the user may open.
APPS = ("participants", "meetings", "attendance", "correspondence", "delegations", "privacy", "accounts")
MENU = (
    "participants.participant",
    "delegations.invitation",
    "meetings.meeting",
    "meetings.session",
    "correspondence.message",
)
MOST_IN_MENU = 5  # more do not fit beside the name of the site


SEES_PROGRAMME = "meetings.view_session"


class Page(NamedTuple):
    """A page of our own that belongs to no single table."""

    address: str
    name: str
    view: Callable[..., HttpResponse]
    permission: str
    label: Any = ""  # pages without one are reached from another page


def later(dotted_path: str) -> Callable[..., HttpResponse]:
    """A view that speaks of tables whose own admin is registered here, so that it can be read only after this module."""

    def view(request: HttpRequest, **keys: Any) -> HttpResponse:
        answer: HttpResponse = import_string(dotted_path)(request, **keys)
        return answer

    return view


PAGES = (
    Page("balance/", "balance", later("reports.balance.balance_page"), "participants.view_all_registrations"),
    Page("meetings/meeting/<int:pk>/programme/", "programme", later("attendance.admin.editor.editor_page"), SEES_PROGRAMME),
    Page("meetings/meeting/<int:pk>/programme/add/", "programme_add", later("attendance.admin.editor.add_session"), SEES_PROGRAMME),
    Page("meetings/meeting/<int:pk>/programme/shift/", "programme_shift", later("attendance.admin.editor.shift_sessions"), SEES_PROGRAMME),
    Page(
        "meetings/meeting/<int:pk>/programme/publish/", "programme_publish", later("attendance.admin.editor.publish_page"), SEES_PROGRAMME
    ),
    Page("meetings/meeting/<int:pk>/programme/copy/", "programme_copy", later("attendance.admin.editor.copy_page"), SEES_PROGRAMME),
    Page("audit/", "audit", later("privacy.audit.views.audit"), MAY_AUDIT, _("Who did what")),
    Page("audit/export.csv", "audit_file", later("privacy.audit.views.audit_file"), MAY_AUDIT),
    Page("privacy/copy/registration/<int:key>/", "copy_of_registration", later("privacy.copies.views.copy_of_registration"), MAY_COPY),
    Page("privacy/copy/account/<int:key>/", "copy_of_account", later("privacy.copies.views.copy_of_account"), MAY_COPY),
    Page("privacy/record/", "privacy_record", record.record_page, record.PERMISSION, _("Record of processing")),
    Page("privacy/record.csv", "privacy_record_file", record.record_file, record.PERMISSION),
)


class BackOffice(AdminSite):
    """Signing in happens on the site's own page, so that no second door stands beside it."""

    site_title = _("Pompidou Group meetings")
    site_header = _("Pompidou Group meetings")
    index_title = _("Today")
    empty_value_display = "–"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple | set) else [model_or_iterable]
        super().register([model for model in models if model._meta.label_lower not in LEFT_OUT], guarded(admin_class), **options)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [path(page.address, self.admin_view(page.view), name=page.name) for page in PAGES]
        return [*own, *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """The apps in the order of the work, not of the alphabet; looked up where they are shown, as most pages show none."""
        return SimpleLazyObject(lambda: in_order(super(BackOffice, self).get_app_list(request, app_label)))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        menu = menu_of(self, request)
        if request.user.has_perm(MAY_AUDIT):
            here = reverse("admin:audit")
            menu[MOST_IN_MENU - 1 :] = [{"name": _("who did what"), "url": here, "is_here": request.path.startswith(here)}]
        return {**context, "menu": menu}

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send everybody to the one sign-in page; whoever is signed in and came here may not enter."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"), reverse("account_login"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return sign_out(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        board = board_for(request.user, slug=request.GET.get("meeting", ""), at=timezone.now())
        board = replace(board, decisions=[*board.decisions, *about_privacy(request.user)])
        pages = [page for page in PAGES if page.label and request.user.has_perm(page.permission)]
        return super().index(request, {"board": board, "pages": pages, **(extra_context or {})})


def place(name: str, order: Sequence[str]) -> int:
    """Where ``name`` stands in ``order``; after all of it when it is not there."""
    return order.index(name) if name in order else len(order)


def in_order(found: list[Any]) -> list[Any]:
    """Apps and their tables as the first page shows them."""
    for app in found:
        app["models"].sort(key=lambda model: place(model["model"]._meta.label_lower, MENU))
    return sorted(found, key=lambda app: place(app["app_label"], APPS))


def menu_of(site: AdminSite, request: HttpRequest) -> list[dict[str, Any]]:
    """The lists used every day, as far as the user may open them, and which of them the page belongs to."""
    menu = []
    for label in MENU:
        model = apps.get_model(label)
        pages = site.get_model_admin(model)
        if pages.has_module_permission(request) and pages.has_view_or_change_permission(request):
            url = reverse(f"admin:{label.replace('.', '_')}_changelist")
            menu.append({"name": capfirst(model._meta.verbose_name_plural), "url": url, "is_here": request.path.startswith(url)})
    return menu
