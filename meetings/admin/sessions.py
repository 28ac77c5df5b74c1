"""Rooms and sessions in the back office.

``SessionAdmin`` is registered by the attendance app, which knows who has a part in a session and who booked it.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from meetings.admin.clocks import VENUE_CLOCK, VenueClockAdmin, key_of
from meetings.audiences import Category, Family
from meetings.dates import clock, day
from meetings.models import Meeting, Room, Session

LANGUAGES = (("en", pgettext_lazy("working language", "English")), ("fr", pgettext_lazy("working language", "French")))
MOMENTS = {"starts_at", "ends_at", "booking_opens_at", "booking_closes_at", "shares_until"}
# Readers see these by name instead of tick boxes.
TOLD = {"families": "admits", "categories": "admits_categories", "languages": "spoken"}


@admin.register(Room)
class RoomAdmin(admin.ModelAdmin):
    list_display = ("name", "meeting", "seats", "has_interpretation")
    list_filter = ("meeting", "has_interpretation")
    list_select_related = ("meeting",)
    search_fields = ("name_en", "name_fr")
    ordering = ("-meeting__starts_on", "name_en")

    @admin.display(description=_lazy("room"), ordering="name_en")
    def name(self, room: Room) -> str:
        return str(room)


def ticks(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    """A list of which any number may be ticked."""
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False, help_text=help_text)


class SessionForm(forms.ModelForm):
    """A session; what it has several of is ticked, and its room is one of the meeting's."""

    families = ticks(
        _lazy("Families admitted"),
        Family.choices,
        _lazy("For a closed session: only these families see its title, speakers and papers. Tick none and nobody does."),
    )
    categories = ticks(_lazy("Categories admitted"), Category.choices, _lazy("In what capacity people may attend; none ticked means any."))
    languages = ticks(_lazy("Working languages"), LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (room := self.fields.get("room")) is None:
            return
        known = key_of(self.data.get("meeting") or self.initial.get("meeting") or self.instance.meeting_id)
        rooms = Room.objects.select_related("meeting").order_by("-meeting__starts_on", "name_en")
        room.queryset = rooms.filter(meeting=known) if known else rooms  # type: ignore[attr-defined]
        room.label_from_instance = lambda row: f"{row} ({row.meeting})"  # type: ignore[attr-defined]


class SessionAdmin(VenueClockAdmin):
    """A session in groups: when and where, who may attend, seats and booking, content."""

    form = SessionForm
    list_display = ("title", "meeting", "day", "time", "room", "kind", "admits", "is_held")
    list_filter = ("meeting", "kind", "booking", "is_cancelled")
    list_select_related = ("meeting", "room")
    search_fields = ("title_en", "title_fr")
    ordering = ("-meeting__starts_on", "starts_at", "ends_at")
    fieldsets: Any = (
        (None, {"fields": ("meeting", ("title_en", "title_fr"), ("kind", "room"), ("starts_at", "ends_at"), "is_cancelled")}),
        (_lazy("Languages"), {"fields": ("languages", "is_interpreted")}),
        (_lazy("Who may attend"), {"fields": ("families", "categories", "is_chatham_house", "label")}),
        (
            _lazy("Seats and booking"),
            {
                "fields": ("seats", "booking", ("booking_opens_at", "booking_closes_at")),
                "description": _lazy("Whoever has a seat keeps it when you lower the number."),
            },
        ),
        (
            _lazy("Seats kept for two sides"),
            {
                "fields": (("enforcement_seats", "industry_seats"), "shares_until"),
                "description": _lazy(
                    "For a workshop between law enforcement and industry: until the date, so many seats belong to each side."
                ),
            },
        ),
        (_lazy("Content"), {"fields": (("abstract_en", "abstract_fr"),)}),
    )

    def zone_name(self, request: HttpRequest, object_id: str | None) -> str | None:
        if chosen := key_of(request.POST.get("meeting") or request.GET.get("meeting")):
            return Meeting.objects.filter(pk=chosen).values_list("timezone", flat=True).first()
        return Meeting.objects.filter(sessions=key_of(object_id)).values_list("timezone", flat=True).first()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in MOMENTS:
            field.help_text = field.help_text or VENUE_CLOCK
        return field

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Readers see names instead of tick boxes."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [(name, {**rest, "fields": tuple(TOLD.get(str(field), field) for field in rest["fields"])}) for name, rest in fieldsets]

    @admin.display(description=_lazy("session"), ordering="title_en")
    def title(self, session: Session) -> str:
        return str(session)

    @admin.display(description=_lazy("day"), ordering="starts_at")
    def day(self, session: Session) -> str:
        return day(session.local_start().date(), weekday=True)

    @admin.display(description=_lazy("at the venue"))
    def time(self, session: Session) -> str:
        return f"{clock(session.local_start())}–{clock(session.local_end())}"

    @admin.display(description=_lazy("takes place"), boolean=True)
    def is_held(self, session: Session) -> bool:
        return not session.is_cancelled

    @admin.display(description=_lazy("admits"))
    def admits(self, session: Session) -> str:
        if not session.families and not session.is_closed:
            return _("everybody")
        return ", ".join(str(Family(family).label) for family in session.families if family in Family.values) or _("nobody yet")

    @admin.display(description=_lazy("categories admitted"))
    def admits_categories(self, session: Session) -> str:
        return ", ".join(str(Category(one).label) for one in session.categories if one in Category.values) or _("any")

    @admin.display(description=_lazy("working languages"))
    def spoken(self, session: Session) -> str:
        return ", ".join(str(name) for code, name in LANGUAGES if code in session.languages) or "–"
