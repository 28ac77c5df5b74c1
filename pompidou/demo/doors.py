"""The doors of the demo while its meeting goes on: one device with a known link and PIN, and people who came in yesterday and today."""

import datetime as dt
import io
import random
import uuid

import segno
from django.utils import timezone

from accounts.models import User
from accounts.tokens import hash_of
from attendance.models import Badge, CheckIn, Device, Half, Slot, half_of
from attendance.models.badges import PREFIX
from attendance.scanning import Heard
from attendance.services.desk import begin, make_device
from attendance.services.scans import take_scan
from meetings.models import Meeting
from participants.models import Participant

TOKEN, PIN = "demo-door", "246810"
DOOR, OTHER = "Main entrance", "Agora entrance"
CAME_YESTERDAY, CAME_TODAY = 0.9, 0.6


def write(meeting: Meeting, *, by: User) -> None:
    """Two devices, and scans of most badges."""
    Device.objects.filter(meeting=meeting, name__in=[DOOR, OTHER]).delete()
    now = timezone.now()
    made_at = meeting.begins_at - dt.timedelta(hours=12)
    known = make_device(meeting=meeting, name=DOOR, by=by, confirms=True, pin=PIN, at=made_at).device
    Device.objects.filter(pk=known.pk).update(token_hash=hash_of(TOKEN))
    other = make_device(meeting=meeting, name=OTHER, by=by, at=made_at).device
    begin(device=other, at=now - dt.timedelta(minutes=5))
    badges = list(Badge.objects.valid().filter(participant__meeting=meeting).select_related("participant").order_by("participant_id"))
    chance = random.Random(meeting.slug)  # noqa: S311  the same people each time
    for slot, share in slots(meeting, now):
        for badge in badges:
            if chance.random() < share:
                scan(other if chance.random() < 0.5 else known, badge, slot, min(moment(slot, meeting, chance), now))


def slots(meeting: Meeting, now: dt.datetime) -> list[tuple[Slot, float]]:
    """Both halves of yesterday, and the half-day that it is."""
    day, half = half_of(now, meeting)
    past = [(Slot(meeting.starts_on, one), CAME_YESTERDAY) for one in (Half.MORNING, Half.AFTERNOON)]
    return [*past, (Slot(day, half), CAME_TODAY)]


def moment(slot: Slot, meeting: Meeting, chance: random.Random) -> dt.datetime:
    """Some minutes before the half-day begins, or after."""
    hour = 8 if slot.half == Half.MORNING else 13
    begins = dt.datetime.combine(slot.day, dt.time(hour, 20), tzinfo=meeting.zone)
    return begins + dt.timedelta(seconds=chance.randrange(60 * 60))


def scan(device: Device, badge: Badge, slot: Slot, at: dt.datetime) -> None:
    """One badge held before a device."""
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"{device.pk}/{badge.code}/{slot.key}")
    take_scan(device, Heard(number, at, 0, code=f"{PREFIX}{badge.code}"), slot, at)


def waiting_badge() -> Badge | None:
    """The badge of somebody who has not come in today, to try the door with."""
    meeting = Meeting.objects.filter(devices__name=DOOR).first()
    if meeting is None:
        return None
    day, half = half_of(timezone.now(), meeting)
    inside = CheckIn.objects.present().in_slot(Slot(day, half)).values("participant")
    people = Participant.objects.filter(meeting=meeting, is_protected=False).confirmed().named().exclude(pk__in=inside)
    return Badge.objects.valid().filter(participant__in=people).order_by("pk").first()


def picture(badge: Badge) -> bytes:
    """The code of a badge as a picture."""
    kept = io.BytesIO()
    segno.make(f"{PREFIX}{badge.code}", micro=False).save(kept, kind="png", scale=8, border=4)
    return kept.getvalue()


def link() -> tuple[str, str] | None:
    """Slug and token of the device whose link is known, while there is one."""
    device = Device.objects.select_related("meeting").filter(token_hash=hash_of(TOKEN)).first()
    return (device.meeting.slug, TOKEN) if device else None
