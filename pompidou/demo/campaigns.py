"""Campaigns of the demo's secretariat to the delegations: a reminder two days ago with what came of it, and a draft of the next."""

import datetime as dt
from urllib.parse import urlencode

from django.utils import timezone

from accounts.models import User
from correspondence.audiences import Recipient
from correspondence.kinds import fill
from correspondence.models import Campaign, CampaignRecipient, Message
from delegations.models import Invitation
from meetings.models import Meeting
from participants.campaigns import INVITED
from participants.campaigns.invited import recipients_of

NAME = "A word to those who have not answered"
SENT = "First reminder in our own words"
SLOWEST = 4  # who answered while it went, and is listed as left out
Reason = CampaignRecipient.Reason
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


def write_sent(meeting: Meeting, *, by: User) -> Campaign:
    """Write anew the reminder that went out on the day on which the invitations say they were brought to mind."""
    Campaign.objects.filter(name=SENT, audience=INVITED.key).delete()
    asked = list(Invitation.objects.sent().filter(meeting=meeting, family_name="").with_addressees().with_names().order_by("pk"))
    silent = [row for row in asked if not row.reply and not row.has_names()]
    answered = [row for row in asked if row.reply][-SLOWEST:]
    at = (timezone.localtime() - dt.timedelta(days=2)).replace(hour=9, minute=30, second=0, microsecond=0)
    query = urlencode({"meeting": meeting.pk, "show": "silent"})
    people = recipients_of(silent)
    campaign = Campaign.objects.create(
        name=SENT,
        audience=INVITED.key,
        chosen={"query": query},
        counted=len(silent) + len(answered),
        state=Campaign.State.DONE,
        mails=len(people),
        made_by=by,
        made_at=at - dt.timedelta(minutes=20),
        sent_by=by,
        sent_at=at,
        looked_on=timezone.localdate(at),
        finished_at=at + dt.timedelta(minutes=1),
        **WORDS,
    )
    messages = Message.objects.bulk_create([mail(campaign, person) for person in people if person.address])
    written = {message.dedup_key: message for message in messages}
    rows = [row_of(campaign, person, Reason.NO_ADDRESS) for person in people]
    for row in rows:
        if row.dedup_key in written:
            row.message, row.written_at, row.reason = written[row.dedup_key], at, ""
    CampaignRecipient.objects.bulk_create([*rows, *(row_of(campaign, one, Reason.ANSWERED) for one in recipients_of(answered))])
    return campaign


def row_of(campaign: Campaign, person: Recipient, reason: str) -> CampaignRecipient:
    return CampaignRecipient(campaign=campaign, key=person.key, language=person.language, reason=reason)


def mail(campaign: Campaign, person: Recipient) -> Message:
    """One of its mails, sent a moment after it was written."""
    values = INVITED.values(person, person.language, False)
    return Message(
        kind="campaign",
        dedup_key=f"campaign:{campaign.pk}:{person.key}",
        to=person.address,
        language=person.language,
        subject=fill(getattr(campaign, f"subject_{person.language}"), values),
        body=fill(getattr(campaign, f"body_{person.language}"), values),
        reference=person.reference,
        state=Message.State.SENT,
        attempts=1,
        created_at=campaign.sent_at or timezone.now(),
        sent_at=campaign.finished_at,
    )
