"""The badges of the demo: printed shortly before the meeting, and one lost since."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from attendance.services.badges import make_badge_again, make_badges
from meetings.models import Meeting
from participants.models import Participant

BEFORE = dt.timedelta(days=4, hours=9)  # an afternoon in the week before


def write(meeting: Meeting, *, by: User) -> None:
    """A badge for everybody with a place, and a second for whoever lost the first."""
    people = list(Participant.objects.filter(meeting=meeting).confirmed().named().order_by("pk"))
    printed_at = min(timezone.now() - dt.timedelta(hours=1), meeting.begins_at - BEFORE)
    badges = make_badges(participants=people, by=by, at=printed_at)
    lost = next((badge for badge in badges if badge.made_at == printed_at and not badge.participant.is_protected), None)
    if lost is not None:
        make_badge_again(participant=lost.participant, by=by, at=printed_at + dt.timedelta(minutes=30))
