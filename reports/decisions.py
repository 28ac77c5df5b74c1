"""What needs a decision today: each with its list, and shown only to whoever may take it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.models import Part
from correspondence.delivery import STUCK_AFTER
from correspondence.models import Message
from delegations.models import Invitation
from meetings.audiences import Category
from meetings.models import Meeting
from participants.models import Participant

MAY_SEE_SPEAKERS = ("meetings.view_session", "participants.view_all_registrations")
MAY_SEE_BOARD = ("delegations.view_invitation", "participants.view_all_registrations")
TEXTS = ("title", "city", "summary", "audience", "practical")


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing to do: how many, what, and where. ``is_urgent`` when something has gone wrong."""

    count: int
    text: str
    url: str
    is_urgent: bool = False


def about_people(viewer: Any, people: Any, list_url: Any) -> Iterator[Decision]:
    """What waits for a decision among the registrations; ``people`` are counts, ``list_url`` makes the address of a list."""
    if viewer.has_perm("participants.decide_participant"):
        if people.to_decide:
            text = ngettext("registration awaits your approval", "registrations await your approval", people.to_decide)
            yield Decision(people.to_decide, text, list_url(state__exact="pending", mark="none"))
        if people.to_confirm:
            text = ngettext("proposal to confirm", "proposals to confirm", people.to_confirm)
            yield Decision(people.to_confirm, text, list_url(mark="proposed"))
        if people.on_hold:
            text = ngettext("registration is on hold", "registrations are on hold", people.on_hold)
            yield Decision(people.on_hold, text, list_url(mark="hold"))
        if people.overdue:
            text = ngettext("registration on hold is past its date", "registrations on hold are past their date", people.overdue)
            yield Decision(people.overdue, text, list_url(promise="overdue"), is_urgent=True)
        if people.late:
            text = ngettext(
                "offer of a place is past its date and was not closed: is a worker running?",
                "offers of places are past their date and were not closed: is a worker running?",
                people.late,
            )
            yield Decision(people.late, text, list_url(promise="late"), is_urgent=True)
        if people.could_move:
            text = ngettext("person who waits could have a place", "people who wait could have a place", people.could_move)
            yield Decision(people.could_move, text, list_url(state__exact="waitlisted"))
    if viewer.has_perm("participants.change_participant") and people.asking_protection:
        text = ngettext("person asks that the name not be shown", "people ask that their names not be shown", people.asking_protection)
        yield Decision(people.asking_protection, text, list_url(protection="asked"))


def about_invitations(viewer: Any, meeting: Meeting, *, at: Any) -> Iterator[Decision]:
    """Members from whom there is neither a reply nor a name."""
    if meeting.ends_on < meeting.today(at) or not viewer.has_perms(MAY_SEE_BOARD):
        return
    silent = Invitation.objects.filter(meeting=meeting, category=Category.MEMBER_STATE).silent().count()
    if silent:
        query = urlencode({"meeting": meeting.pk, "group": "members", "show": "silent"})
        text = ngettext("country is silent", "countries are silent", silent)
        yield Decision(silent, text, f"{reverse('admin:delegations_invitation_board')}?{query}")


def about_programme(viewer: Any, meeting: Meeting, *, at: Any) -> Iterator[Decision]:
    """Those with a part in the programme who will not be there as things stand; the programme's page says who, and where."""
    if meeting.ends_on < meeting.today(at) or not viewer.has_perms(MAY_SEE_SPEAKERS):
        return
    parts = Part.objects.filter(session__meeting=meeting, session__is_cancelled=False, participant__isnull=False)
    missing = parts.exclude(participant__state=Participant.State.CONFIRMED).order_by().values("participant").distinct().count()
    if missing:
        text = ngettext(
            "person with a part in the programme has withdrawn or has no place",
            "people with a part in the programme have withdrawn or have no place",
            missing,
        )
        yield Decision(missing, text, reverse("admin:programme", args=[meeting.pk]), is_urgent=True)


def about_mail(viewer: Any) -> Iterator[Decision]:
    """Mail that failed for good, and mail that nobody takes up."""
    if not viewer.has_perm("correspondence.view_message"):
        return
    now = timezone.now()
    due = Q(state=Message.State.QUEUED, next_attempt_at__lte=now - STUCK_AFTER)
    found = Message.objects.filter(state__in=[Message.State.QUEUED, Message.State.FAILED]).aggregate(
        failed=Count("pk", filter=Q(state=Message.State.FAILED)),
        stuck=Count("pk", filter=due),
        oldest=Min("next_attempt_at", filter=due),
    )
    outbox = reverse("admin:correspondence_message_changelist")
    if found["failed"]:
        text = ngettext("mail failed", "mails failed", found["failed"])
        yield Decision(found["failed"], text, f"{outbox}?state__exact=failed", is_urgent=True)
    if found["stuck"]:
        text = ngettext("mail waits: is a worker running? (%(time)s)", "mails wait: is a worker running? (%(time)s)", found["stuck"])
        waited = timesince(found["oldest"], now, depth=1)
        yield Decision(found["stuck"], text % {"time": waited}, f"{outbox}?state__exact=queued", is_urgent=True)


def about_meeting(viewer: Any, meeting: Meeting, *, sessions: int, at: Any) -> Iterator[Decision]:
    """What is still missing before the meeting can be shown or run."""
    if meeting.ends_on < meeting.today(at):
        return
    page = reverse("admin:meetings_meeting_change", args=[meeting.pk])
    if viewer.has_perm("meetings.change_meeting"):
        if not meeting.is_published:
            yield Decision(1, _("meeting is a draft: the public does not see it"), page)
        elif meeting.registration_opens_at is None:
            yield Decision(1, _("date is missing: when registration opens"), page)
        missing = sum(bool(getattr(meeting, f"{name}_en")) != bool(getattr(meeting, f"{name}_fr")) for name in TEXTS)
        if missing:
            yield Decision(missing, ngettext("text is in one language only", "texts are in one language only", missing), page)
    if not sessions and viewer.has_perm("meetings.add_session"):
        yield Decision(0, _("sessions in the programme: add the first"), f"{reverse('admin:meetings_session_add')}?meeting={meeting.pk}")
