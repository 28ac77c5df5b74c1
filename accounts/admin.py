"""Accounts in the back office: administrators grant rights, everybody else may at most look."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import OrderBy, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import fresh, hidden, looks, second_factor, security_log, sessions
from accounts.models import User

RIGHTS = {"email", "is_active", "is_staff", "is_superuser", "groups"}  # what the security log tells of a change to


# What the filters of the list may ask.
LOOKUPS = {*(f"{name}__{how}" for name in ("is_staff", "is_active") for how in ("exact", "isnull")), "groups__id__exact", "groups__isnull"}


def role_name(group: Group) -> str:
    """A group's name in the reader's language; it is stored in English."""
    return gettext(str(group.name))


def with_instead(fieldsets: Any, instead: Mapping[str, tuple[str, ...]]) -> list[tuple[Any, dict[str, Any]]]:
    """The fieldsets with other fields, or none, in the place of some."""
    return [
        (name, {**rest, "fields": [field for column in rest["fields"] for field in instead.get(column, (column,))]})
        for name, rest in fieldsets
    ]


class RoleFilter(admin.RelatedFieldListFilter):
    """By group, under its name in the reader's language."""

    def field_choices(self, *args: Any) -> Any:
        return [(key, gettext(str(name))) for key, name in super().field_choices(*args)]


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Users by e-mail address.

    Who is not an administrator sees the staff only: an expert's account holds the name and address of somebody who may be
    protected, and those are shown on the participant's page alone. To an administrator such an account is a number.
    """

    ordering = ("email",)
    list_display = ("shown_email", "shown_name", "roles", "is_superuser", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", ("groups", RoleFilter))
    search_fields = ("seen_email", "seen_name")
    readonly_fields = ("last_login", "date_joined", "shown_email")
    filter_horizontal = ()
    actions = ("forget_second_factor", "end_sessions")
    fieldsets = (
        (None, {"fields": ("email", "name", "language", "password")}),
        (
            _("Rights"),
            {
                "fields": ("is_active", "is_staff", "is_superuser", "groups"),
                "description": _("Rights come from groups; what each group may do is part of the software."),
            },
        ),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "name", "language", "usable_password", "password1", "password2")}),)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # an account is switched off; what it did stays readable

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Rights and addresses are changed only by somebody who has just shown who they are."""
        if self.has_change_permission(request) and (answer := fresh.ask_again(request)):
            return answer
        return super().changeform_view(request, object_id, form_url, extra_context)

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same for somebody else's password."""
        if self.has_change_permission(request) and (answer := fresh.ask_again(request)):
            return answer
        return super().user_change_password(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """An account that is switched off is signed out everywhere."""
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            sessions.tell(request, user=obj, ended=sessions.end_all(user=obj, keep=request.session.session_key or ""))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if changed := RIGHTS & set(form.changed_data):
            security_log.record("role_change", request=request, about=form.instance, changed=sorted(changed))

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        rows = hidden.marked(super().get_queryset(request)).prefetch_related("groups")
        return rows if request.user.is_superuser else rows.filter(is_staff=True)

    def get_ordering(self, request: HttpRequest) -> list[OrderBy]:  # type: ignore[override]
        return [hidden.order()]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """The filters shown and no others: Django would let any column be asked, and so guess an address letter by letter."""
        return lookup in LOOKUPS

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **named: Any) -> HttpResponse:
        if (obj := named.get("obj")) is not None:
            looks.note(request, what=looks.What.USER_PAGE, key=looks.key_of(obj))
        return super().render_change_form(request, context, *args, **named)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Readers see no trace of the password, not even how it is hashed, and the groups by their names."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None and obj.stand_in:
            return with_instead(fieldsets, {"email": ("shown_email",), "name": ()})
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return with_instead(fieldsets, {"password": (), "groups": ("roles",)})

    def formfield_for_manytomany(self, *args: Any, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_manytomany(*args, **kwargs)
        if field is not None:
            field.label_from_instance = role_name
        return field

    @admin.display(description=_("e-mail address"), ordering="seen_email")
    def shown_email(self, user: Any) -> str:
        return str(user.seen_email)

    @admin.display(description=_("name"), ordering="seen_name")
    def shown_name(self, user: Any) -> str:
        return str(user.seen_name)

    @admin.display(description=_("groups"))
    def roles(self, user: User) -> str:
        return ", ".join(map(role_name, user.groups.all()))

    @admin.action(description=_("Forget the second factor, so that a new one can be set up"), permissions=["change"])
    def forget_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """For somebody who lost telephone and recovery codes; the password stays, every session ends."""
        if answer := fresh.ask_again(request):
            return answer
        # not one's own: that is done on one's own pages, where the session then goes back to the enrolment
        people = list(queryset.filter(authenticator__isnull=False).exclude(pk=cast(User, request.user).pk).distinct())
        for user in people:
            second_factor.forget(user=user, request=request)
            self.log_change(request, user, "second factor forgotten")
        text = ngettext("Second factor of %(n)s person forgotten.", "Second factor of %(n)s people forgotten.", len(people))
        self.message_user(request, text % {"n": len(people)}, messages.SUCCESS)
        return None

    @admin.action(description=_("Sign out everywhere"), permissions=["change"])
    def end_sessions(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """Sign somebody out everywhere: a computer was lost, or a password became known."""
        if answer := fresh.ask_again(request):
            return answer
        ended = {user: sessions.end_all(user=user, keep=request.session.session_key or "") for user in queryset}
        for user in filter(ended.get, ended):
            self.log_change(request, user, "sessions ended")
            sessions.tell(request, user=user, ended=ended[user])
        n = sum(ended.values())
        self.message_user(request, ngettext("Signed out in %(n)s place.", "Signed out in %(n)s places.", n) % {"n": n}, messages.SUCCESS)
        return None
