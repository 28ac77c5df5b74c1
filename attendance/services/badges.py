"""Making badges: one valid code for each person, and a new one when a badge is lost."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone

from accounts import security_log
from accounts.models import User
from attendance.models import Badge
from participants import errors
from participants.models import Participant

MADE_AGAIN = "Badge made again; the one before opens nothing."


@transaction.atomic
def make_badges(*, participants: Iterable[Participant], by: User | None, at: dt.datetime | None = None) -> list[Badge]:
    """The valid badge of each of ``participants`` who has a place, in their order, made where there is none.

    Whoever is not confirmed or was erased gets none.
    """
    asked = [participant.pk for participant in participants]
    having_a_place = Participant.objects.confirmed().named().filter(pk__in=asked)
    may_have = set(having_a_place.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    valid = {badge.participant_id: badge for badge in Badge.objects.valid().filter(participant__in=may_have)}
    made = [Badge(participant_id=pk, made_by=by, made_at=at or timezone.now()) for pk in sorted(may_have - valid.keys())]
    Badge.objects.bulk_create(made)
    valid |= {badge.participant_id: badge for badge in made}
    return [valid[pk] for pk in dict.fromkeys(asked) if pk in valid]


@transaction.atomic
def make_badge_again(*, participant: Participant, by: User, at: dt.datetime | None = None) -> Badge:
    """Give somebody a badge with a new code; the old one opens nothing from now on. Raises WrongState for whoever has no place."""
    now = at or timezone.now()
    person = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    if person.state != Participant.State.CONFIRMED or person.is_erased:
        raise errors.WrongState
    Badge.objects.valid().filter(participant=person).update(voided_at=now)
    badge = Badge.objects.create(participant=person, made_by=by, made_at=now)
    LogEntry.objects.log_actions(by.pk, [person], CHANGE, change_message=MADE_AGAIN, single_object=True)
    security_log.record("badge_made_again", by=by, about=person)
    return badge
