"""What the secretariat of the demo is working on: a session that takes longer than was published, and so runs into the next in its room."""

import datetime as dt

from accounts.models import User
from meetings import services
from meetings.models import Meeting

TALK = "Sales by messenger and social media"
LONGER = dt.timedelta(minutes=45)


def write(meeting: Meeting, *, by: User) -> None:
    """Lengthen one session without publishing it."""
    talk = meeting.sessions.select_related("meeting", "room").get(title_en=TALK)
    services.move_session(session=talk, starts_at=talk.starts_at, ends_at=talk.ends_at + LONGER, room=talk.room, by=by)
