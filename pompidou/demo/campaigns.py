"""A campaign that the demo's secretariat has begun and not sent: words of its own to the delegations that have not answered."""

from urllib.parse import urlencode

from accounts.models import User
from correspondence.models import Campaign
from meetings.models import Meeting
from participants.campaigns import INVITED

NAME = "A word to those who have not answered"
WORDS = {
    "subject_en": "{meeting}: we have not heard from you yet",
    "subject_fr": "{meeting} : nous n’avons pas encore votre réponse",
    "body_en": "Dear {name},\n\nRooms in {city} are few. Please tell us by {deadline} whether {addressee} takes part.\n\n{put_forward}",
    "body_fr": (
        "{name},\n\nLes chambres sont rares à {city}. Merci de nous dire au plus tard le {deadline} si vous participez"
        " ({addressee}).\n\n{put_forward}"
    ),
}


def write_draft(meeting: Meeting, *, by: User) -> Campaign:
    """Put the draft back as it was; one that a visitor sent stays, and a new draft is made beside it."""
    query = urlencode({"meeting": meeting.pk, "show": "silent"})
    people = sum(not one.why_not for one in INVITED.find(query, by))
    fields = {"query": query, "chosen": {"query": query}, "counted": people, "made_by": by, **WORDS}
    draft, _ = Campaign.objects.update_or_create(name=NAME, audience=INVITED.key, state=Campaign.State.DRAFT, defaults=fields)
    return draft
