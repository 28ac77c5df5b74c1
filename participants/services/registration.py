"""From a form that was sent to a registration whose address is proven. Each function is one transaction."""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import limits, security_log
from accounts.models import User
from meetings.models import Meeting
from participants import errors, mails
from participants.models import Journey, Needs, Participant, ParticipantQuerySet, PersonalLink
from participants.models.participant import UNCONFIRMED_KEPT, new_reference
from participants.services.accounts import account_for
from participants.services.answers import NOT_ASKED, correct_journey, keep_journey, replace_needs
from participants.services.consents import How, note_consents, note_first_consents
from participants.services.links import find_personal_link
from participants.services.places import give_place_or_queue, locked_meeting
from participants.services.states import State, locked, move

# Whoever knows an address could have mail sent to it for ever; the answer on the page stays the same.
MAILS_TO_ONE_ADDRESS = limits.Rule(5, limits.HOUR, ("address",))


class Form(NamedTuple):
    """What a form says, by the tables it goes to."""

    answers: Mapping[str, Any]
    needs: Mapping[str, str]
    journey: Mapping[str, Any]


def submit_registration(
    *,
    meeting: Meeting,
    answers: Mapping[str, Any],
    needs: Mapping[str, str],
    journey: Mapping[str, Any] = NOT_ASKED,
    submission_key: str,
    at: dt.datetime | None = None,
) -> str:
    """Take in a completed form and mail a link that proves the address; return the reference number to show.

    ``answers`` are Participant fields, ``needs`` Needs fields, ``journey`` Journey fields, all cleaned. The same form sent
    again changes nothing; one that was changed after going back is taken in. An address already registered gets a mail saying so, and the
    caller cannot tell the difference. Raises RegistrationClosed and JourneyBackwards.
    """
    now = at or timezone.now()
    if not meeting.registration_is_open(now):
        raise errors.RegistrationClosed
    form = Form(answers, needs, journey)
    key = key_of(meeting, submission_key, form)
    try:
        return take_in(meeting, form, key, now)
    except IntegrityError:
        # Somebody sent the same address or the same form at the same moment and was first; now their row is there to see.
        # Or the reference number is somebody else's already, once in some millions; then the second attempt has another.
        return take_in(meeting, form, key, now, attempt=1)


def key_of(meeting: Meeting, submission_key: str, form: Form) -> str:
    """A key for what was sent, not only for the page it was typed on: whoever goes back and corrects the address, or
    registers a colleague from the same page, sends another form; so does who sends it to another meeting."""
    content = json.dumps(
        [meeting.pk, submission_key, *map(dict, form)], sort_keys=True, default=lambda value: str(getattr(value, "pk", value))
    )
    return hashlib.sha256(content.encode()).hexdigest()


@transaction.atomic
def take_in(meeting: Meeting, form: Form, submission_key: str, now: dt.datetime, *, attempt: int = 0) -> str:
    """Write the unconfirmed registration and its mail; a later form from the same unproven address takes its place."""
    reference = new_reference(meeting, submission_key=submission_key, attempt=attempt)
    rows = Participant.objects.select_for_update(of=("self",)).select_related("journey", "needs")
    same_address = rows.filter(meeting=meeting, email=form.answers["email"]).first()
    if same_address and same_address.submission_key == submission_key:
        return same_address.reference
    if limits.is_spent("registration_mail", MAILS_TO_ONE_ADDRESS, [form.answers["email"]]):
        security_log.record("limited", per="address", page="registration mail")
        return reference
    if same_address and same_address.state != State.UNCONFIRMED:
        rehearse(meeting, form, reference, now)
        mails.tell_address_is_known(same_address, dedup_key=f"known:{submission_key}")
        return reference
    participant = same_address or Participant(meeting=meeting)
    participant.reference, participant.submission_key, participant.created_at = reference, submission_key, now
    mails.ask_to_confirm(participant, token=write_down(participant, form))
    return reference


def write_down(participant: Participant, form: Form) -> str:
    """Save what was answered; returns the token of the link that proves the address."""
    keep_form(participant, form)
    expires_at = participant.created_at + UNCONFIRMED_KEPT
    return PersonalLink.issue(participant, purpose=PersonalLink.Purpose.PROVE_ADDRESS, expires_at=expires_at)


def keep_form(participant: Participant, form: Form) -> None:
    """Save what was answered, in each of its tables."""
    is_new = participant.pk is None
    for field, value in form.answers.items():
        setattr(participant, field, value)
    participant.save()
    if not is_new:
        replace_needs(participant, form.needs)
        correct_journey(participant, form.journey)
        note_consents(participant, how=How.FORM, by=None, at=participant.created_at, has_needs=any(form.needs.values()))
    else:
        if any(form.needs.values()):
            Needs.objects.create(participant=participant, **form.needs)
        keep_journey(Journey(participant=participant, **form.journey))
        note_first_consents(participant, has_needs=any(form.needs.values()))


def rehearse(meeting: Meeting, form: Form, reference: str, now: dt.datetime) -> None:
    """Do for a known address what is done for a new one, and take it back: who measures the time learns nothing either."""
    nobody = Participant(meeting=meeting, reference=reference, created_at=now)
    with transaction.atomic():
        write_down(nobody, form._replace(answers={**form.answers, "email": f"{secrets.token_hex(8)}@nobody.invalid"}))
        transaction.set_rollback(True)


def find_link(*, token: str, at: dt.datetime | None = None) -> PersonalLink:
    """The link that proves an address, used or not; raises LinkUnusable, LinkReplaced, LinkRevoked or LinkExpired."""
    return find_personal_link(token=token, purpose=PersonalLink.Purpose.PROVE_ADDRESS, at=at)


@transaction.atomic
def confirm_address(*, token: str, at: dt.datetime | None = None) -> Participant:
    """Take an address as proven: the form becomes a registration and, where no approval is needed, gets its place.

    A form sent while registration was open is still welcome after it closed. A second click changes nothing.
    Raises what ``find_link`` raises.
    """
    now = at or timezone.now()
    link = find_link(token=token, at=now)
    meeting = locked_meeting(link.participant.meeting_id, at=now)
    try:
        participant = locked(link.participant_id)
    except Participant.DoesNotExist as error:  # deleted as stale a moment ago
        raise errors.LinkUnusable from error
    find_link(token=token, at=now)  # a newer form may have replaced the link a moment ago
    if participant.state != State.UNCONFIRMED:
        return participant
    PersonalLink.objects.filter(pk=link.pk).update(used_at=now)
    user, is_new = account_for(participant)
    if not is_new and (other := Participant.objects.filter(meeting=meeting, user=user).exclude(pk=participant.pk).first()):
        # Their registration carries another address by now; this form was a second one.
        mails.tell_address_is_known(other, dedup_key=f"second:{participant.submission_key}")
        participant.delete()
        return other
    become_registered(participant, user, is_new=is_new, at=now)
    if meeting.needs_approval:
        mails.tell_registration_received(participant)
    else:
        give_place_or_queue(participant, meeting, by=None, at=now)
    return participant


def become_registered(participant: Participant, user: User, *, is_new: bool, at: dt.datetime) -> None:
    """Make a form whose address is proven the registration of that account."""
    participant.user = user
    before = Participant.objects.of(user).confirmed().exclude(meeting_id=participant.meeting_id)
    participant.is_first_timer = is_new or not before.exists()
    participant.registered_at = at
    move(participant, State.PENDING, by=user, at=at, reason="address confirmed")


def delete_stale_unconfirmed(at: dt.datetime | None = None) -> int:
    """Delete forms whose address was not proven within seven days, with their history; returns how many."""
    return delete_forms(Participant.objects.stale(at or timezone.now()))


@transaction.atomic
def delete_forms(rows: ParticipantQuerySet) -> int:
    """Delete these forms with their history; returns how many."""
    # Locked, so that nobody confirms one of them between being chosen and being deleted.
    keys = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    Participant.objects.filter(pk__in=keys).delete()
    Participant.history.filter(id__in=keys).delete()  # last, because deleting a row leaves one more line of history
    return len(keys)
