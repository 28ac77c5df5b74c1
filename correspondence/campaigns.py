"""Campaigns: begun once, written to the outbox in batches, stopped, gone on with.

A batch is one transaction: its mails and the note that they are written. A worker killed in the middle of one leaves
nothing of it, and the sweep has it written again; no mail is lost and none is written twice.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from accounts import security_log
from accounts.models import User
from correspondence import audiences, kinds, outbox
from correspondence.audiences import Audience, Recipient, each_address_once
from correspondence.delivery import send_again
from correspondence.models import Campaign, CampaignRecipient, Message
from correspondence.models.campaigns import LEASE
from correspondence.tasks import deliver_message, write_campaign

State, Reason = Campaign.State, CampaignRecipient.Reason
BATCH = 50
KIND = kinds.Kind("campaign", _lazy("Mail to many"), {}, has_template=False)


class Refused(Exception):
    """A step that cannot be taken; its text is for people."""

    text = _lazy("This cannot be done now.")

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.text)


class WrongState(Refused):
    text = _lazy("The campaign has changed meanwhile. Look at it again.")


class CountChanged(Refused):
    """The list shows other people than when it was counted."""


class ListChanged(Refused):
    """Somebody on the list must not get this mail any more."""


class WordsMissing(Refused):
    """Somebody would get a mail without words."""


class NobodyToWriteTo(Refused):
    text = _lazy("There is nobody to write to.")


def found_by(campaign: Campaign, user: User) -> list[Recipient]:
    """Everybody whom the campaign's query shows now, each with the reason where no mail can go."""
    people = audiences.get(campaign.audience).find(campaign.query, user)
    return each_address_once(people, duplicate=Reason.DUPLICATE, nobody=Reason.NO_ADDRESS)


def in_words(campaign: Campaign, user: User) -> dict[str, str]:
    """Whom a campaign was chosen as, label → value, in the language that is switched on."""
    if "query" not in campaign.chosen:
        return dict(campaign.chosen)  # from before the query was kept: in the language of whoever chose
    return audiences.get(campaign.audience).describe(campaign.chosen["query"], user)


def missing_words(campaign: Campaign, people: Iterable[Recipient]) -> dict[str, int]:
    """Languages in which people are written to and there is no text, with how many read them."""
    readers = Counter(one.language for one in people if not one.why_not)
    return {language: number for language, number in readers.items() if not campaign.has_words_in(language)}


def against_sending(campaign: Campaign, people: Sequence[Recipient]) -> Refused | None:
    """Why a campaign cannot be sent to these people."""
    if not campaign.is_draft:
        return WrongState()
    if not any(not one.why_not for one in people):
        return NobodyToWriteTo()
    if missing := missing_words(campaign, people):
        return WordsMissing(" ".join(words_missing(language, number) for language, number in missing.items()))
    return None


def words_missing(language: str, number: int) -> str:
    """Who would get a mail without words."""
    text = ngettext(
        "Subject or text in %(language)s is missing, which %(n)s person reads.",
        "Subject or text in %(language)s is missing, which %(n)s people read.",
        number,
    )
    return text % {"language": User.Language(language).label, "n": number}


def locked(campaign: Campaign) -> Campaign:
    """The campaign with its row locked until the transaction ends: whatever changes its state goes through here."""
    return Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)


@transaction.atomic
def begin(*, campaign: Campaign, by: User, mails: int, at: dt.datetime | None = None) -> Campaign:
    """Fix whom the campaign goes to, and have it written. ``mails`` is the number that was agreed to.

    Raises WrongState, NobodyToWriteTo, WordsMissing or CountChanged.
    """
    now, current = at or timezone.now(), locked(campaign)
    people = found_by(current, by) if current.is_draft else []
    if refusal := against_sending(current, people):
        raise refusal
    left_out = Counter(str(one.why_not) for one in people if one.why_not)
    current.mails, current.left_out = len(people) - left_out.total(), dict(left_out)
    if current.mails != mails:
        raise CountChanged(_("%(n)s mails would go out now, not %(typed)s.") % {"n": current.mails, "typed": mails})
    CampaignRecipient.objects.bulk_create(
        [CampaignRecipient(campaign=current, key=one.key, language=one.language, reason=one.why_not) for one in people]
    )
    audience = audiences.get(current.audience)
    if audience.begun:
        audience.begun(current.query, [one for one in people if not one.why_not], by, now)
    if "query" in current.chosen:
        current.chosen = {"query": audience.forget(current.query)}
    current.query = ""  # a search may name somebody; who it found is kept by key
    current.state, current.sent_by, current.sent_at, current.touched_at = State.SENDING, by, now, now
    current.looked_on = timezone.localdate(now)
    current.save()
    write_campaign.enqueue(current.pk)
    security_log.record("campaign_sent", by=by, about=current, mails=current.mails)
    return current


@transaction.atomic
def write_batch(campaign_id: int, at: dt.datetime | None = None) -> int:
    """Write the next mails of a campaign to the outbox, if it is being sent, and queue the batch after them; says how many."""
    now = at or timezone.now()
    campaign = Campaign.objects.select_for_update(of=("self",)).filter(pk=campaign_id, state=State.SENDING).first()
    if campaign is None:
        return 0
    look_on_a_new_day(campaign, now)
    rows = list(campaign.recipients.waiting().order_by("pk")[:BATCH])
    audience = audiences.get(campaign.audience)
    people = still_written_to(campaign, rows, now)
    for row in rows:
        write_one(campaign, audience, row, people.get(row.key))
    campaign.touched_at = now
    campaign.save(update_fields=["touched_at", "looked_on"])
    if len(rows) == BATCH:
        write_campaign.enqueue(campaign.pk)
    return len(rows)


def still_written_to(campaign: Campaign, rows: Iterable[CampaignRecipient], at: dt.datetime) -> dict[str, Recipient]:
    """By key, the people as they are at this moment: somebody for whom the reason to write is over says so."""
    audience = audiences.get(campaign.audience)
    people = audience.get([row.key for row in rows])
    if audience.outdated is None or not people or "query" not in campaign.chosen:
        return people
    reasons = audience.outdated(campaign.chosen["query"], list(people.values()), at)
    return {key: replace(one, why_not=one.why_not or reasons.get(key, "")) for key, one in people.items()}


def look_on_a_new_day(campaign: Campaign, at: dt.datetime) -> None:
    """On the first batch of a later day, leave out whoever gets no mail of this kind on that day. The caller saves the campaign."""
    today, audience = timezone.localdate(at), audiences.get(campaign.audience)
    if (campaign.looked_on or timezone.localdate(campaign.sent_at)) == today:
        return
    campaign.looked_on = today
    if audience.again is None or "query" not in campaign.chosen:
        return
    rows = [*campaign.recipients.waiting(), *campaign.recipients.held().select_related("message")]
    going = [one for one in still_written_to(campaign, rows, at).values() if not one.why_not]
    leave_out(rows, audience.again(campaign.chosen["query"], going, campaign.sent_by, at))


def look_at_held(campaign: Campaign, at: dt.datetime) -> None:
    """Take back the mails that were held and must not go any more."""
    rows = list(campaign.recipients.held().select_related("message"))
    people = still_written_to(campaign, rows, at)
    leave_out(rows, {row.key: str(people[row.key].why_not) if row.key in people else str(Reason.GONE) for row in rows})


def leave_out(rows: Iterable[CampaignRecipient], reasons: Mapping[str, str]) -> None:
    """Note why these get no mail; one that was written for them and never left is taken out of the outbox."""
    for row in rows:
        if reason := reasons.get(row.key, ""):
            written, row.message, row.written_at, row.reason = row.message, None, None, reason
            row.save(update_fields=["message", "written_at", "reason"])
            if written is not None:
                written.delete()


def write_one(campaign: Campaign, audience: Audience, row: CampaignRecipient, person: Recipient | None) -> None:
    """Write one mail, or why there is none: between the start and this moment somebody may have been erased."""
    reason = Reason.GONE if person is None else person.why_not
    if person is not None and not reason:
        language = person.language if campaign.has_words_in(person.language) else row.language
        subject, body = getattr(campaign, f"subject_{language}"), getattr(campaign, f"body_{language}")
        used = kinds.placeholders_in(subject + body)
        values = audience.values(person, language, bool(used & audience.secrets))
        try:
            put = outbox.put_words(
                kind=KIND.key,
                to=person.address,
                language=language,
                words=(subject, body),
                values=values,
                secrets=audience.secrets & used,
                dedup_key=row.dedup_key,
                reference=person.reference,
                hides_address=person.hides_address,
            )
            row.message = put or Message.objects.get(dedup_key=row.dedup_key)
            row.written_at = timezone.now()
        except ValidationError:
            reason = Reason.UNUSABLE
    row.reason = reason
    row.save(update_fields=["message", "written_at", "reason"])


def try_out(*, campaign: Campaign, person: Recipient, to: User, event: str) -> int:
    """Send what one person would get to oneself, in each language that is written; says how many mails."""
    audience, sent = audiences.get(campaign.audience), 0
    with transaction.atomic():
        for language in User.Language.values:
            if campaign.has_words_in(language):
                outbox.put_words(
                    kind=KIND.key,
                    to=to.email,
                    language=language,
                    words=(getattr(campaign, f"subject_{language}"), getattr(campaign, f"body_{language}")),
                    values=audience.values(person, language, False),
                    dedup_key=f"campaign_test:{campaign.pk}:{event}:{language}",
                    hides_address=person.hides_address,
                )
                sent += 1
    return sent


def messages_of(campaign: Campaign, *states: str) -> Q:
    return Q(campaign_recipient__campaign=campaign, state__in=states)


def hold_back(campaign: Campaign) -> int:
    """Keep what waits in the outbox from being sent; what a worker has in hand goes."""
    waiting = Message.objects.filter(messages_of(campaign, Message.State.QUEUED)).values("pk")
    return Message.objects.filter(pk__in=waiting, state=Message.State.QUEUED).update(state=Message.State.HELD)


@transaction.atomic
def stop(*, campaign: Campaign, by: User) -> Campaign:
    """Let no further mail of a campaign leave. Raises WrongState."""
    current = locked(campaign)
    if current.state != State.SENDING:
        raise WrongState
    current.state = State.STOPPED
    current.save(update_fields=["state"])
    hold_back(current)
    security_log.record("campaign_stopped", by=by, about=current)
    return current


@transaction.atomic
def resume(*, campaign: Campaign, by: User, at: dt.datetime | None = None) -> Campaign:
    """Go on with a campaign that was stopped, where it was, without those for whom the reason is over. Raises WrongState."""
    now, current = at or timezone.now(), locked(campaign)
    if current.state != State.STOPPED:
        raise WrongState
    look_on_a_new_day(current, now)
    look_at_held(current, now)
    current.state, current.touched_at = State.SENDING, now
    current.save(update_fields=["state", "touched_at", "looked_on"])
    held = list(Message.objects.filter(messages_of(current, Message.State.HELD)).values_list("pk", flat=True))
    Message.objects.filter(pk__in=held, state=Message.State.HELD).update(state=Message.State.QUEUED, next_attempt_at=now)
    for pk in held:
        deliver_message.enqueue(pk)
    write_campaign.enqueue(current.pk)
    security_log.record("campaign_resumed", by=by, about=current)
    return current


@transaction.atomic
def give_up(*, campaign: Campaign, by: User) -> Campaign:
    """End a campaign that was stopped: who has no mail yet gets none. Raises WrongState."""
    current = locked(campaign)
    if current.state != State.STOPPED:
        raise WrongState
    hold_back(current)
    current.recipients.waiting().update(reason=Reason.GIVEN_UP)
    current.state, current.finished_at = State.GIVEN_UP, timezone.now()
    current.save(update_fields=["state", "finished_at"])
    security_log.record("campaign_given_up", by=by, about=current)
    return current


@transaction.atomic
def send_failed_again(*, campaign: Campaign, by: User) -> int:
    """Queue the mails that failed for a new round; nobody else is written to. Raises WrongState; says how many."""
    current = locked(campaign)
    if current.state not in {State.SENDING, State.DONE}:
        raise WrongState
    failed = Message.objects.filter(messages_of(current, Message.State.FAILED)).order_by("pk")
    queued = sum(send_again(message) for message in failed)
    if queued:
        current.state, current.finished_at = State.SENDING, None
        current.save(update_fields=["state", "finished_at"])
        security_log.record("campaign_failed_again", by=by, about=current, mails=queued)
    return queued


def sweep(at: dt.datetime | None = None) -> None:
    """Go on with campaigns whose worker died, end those that have nothing left to do, and hold back what is stopped."""
    now = at or timezone.now()
    for campaign in Campaign.objects.filter(state=State.STOPPED):
        hold_back(campaign)  # a mail that was in hand when it was stopped, and is to be tried again
    for campaign in Campaign.objects.filter(state=State.SENDING):
        if not campaign.recipients.waiting().exists():
            settle(campaign, now)
        elif campaign.touched_at is None or campaign.touched_at < now - LEASE:
            with transaction.atomic():
                if Campaign.objects.filter(pk=campaign.pk, touched_at=campaign.touched_at).update(touched_at=now):
                    write_campaign.enqueue(campaign.pk)


@transaction.atomic
def settle(campaign: Campaign, at: dt.datetime) -> None:
    """End a campaign of which nothing waits any more."""
    current = locked(campaign)
    open_states = (Message.State.QUEUED, Message.State.SENDING, Message.State.HELD)
    is_open = current.recipients.waiting().exists() or Message.objects.filter(messages_of(current, *open_states)).exists()
    if current.state == State.SENDING and not is_open:
        current.state, current.finished_at = State.DONE, at
        current.save(update_fields=["state", "finished_at"])
