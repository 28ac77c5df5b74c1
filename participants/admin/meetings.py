"""Meetings, as the waiting list sees them: more places go to those next in line."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.admin import MeetingAdmin
from meetings.models import Meeting
from participants import services
from participants.admin.reveals import user_of
from participants.models import Participant


@admin.register(Meeting)
class MeetingWithPlacesAdmin(MeetingAdmin):
    """A meeting whose free places are given out when its capacity changes."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change or "capacity" not in form.changed_data:
            return
        before, after = form.initial["capacity"], form.instance.capacity
        if before is not None and (after is None or after > before):
            self.hand_out_places(request, form.instance)
        else:
            self.tell_of_smaller_meeting(request, form.instance)

    def hand_out_places(self, request: HttpRequest, meeting: Meeting) -> None:
        """Give what came free to the next in line, and say to how many."""
        count = len(services.fill_free_places(meeting=meeting, by=user_of(request)))
        text = ngettext(
            "%(count)d person from the waiting list has a place now, and gets a mail.",
            "%(count)d people from the waiting list have a place now, and get a mail.",
            count,
        )
        self.message_user(request, text % {"count": count} if count else _("Nobody was on the waiting list."), messages.SUCCESS)

    def tell_of_smaller_meeting(self, request: HttpRequest, meeting: Meeting) -> None:
        """Say that nobody loses a place, and how many hold one beyond the new number."""
        held = Participant.objects.filter(meeting=meeting).holding_a_place().count()
        text = _("Nobody loses a place when you lower the number of places.")
        if held > (meeting.capacity or 0):
            text += " " + _("%(held)d people hold one; new places are given only once there are fewer than %(places)d.") % {
                "held": held,
                "places": meeting.capacity,
            }
        self.message_user(request, text, messages.WARNING)
