"""The invitations of the coming meeting: who was asked, who replied, whom they put forward."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from accounts.models import User
from correspondence.delivery import WIPED
from correspondence.kinds import fill
from correspondence.models import Message
from correspondence.wording import wording_of
from delegations import mails
from delegations.models import Body, Correspondent, Country, Invitation, InvitationLink, Nomination
from delegations.readers import Reader, readers_of
from delegations.services import Addressee, members_to_invite, observers_to_invite
from meetings.audiences import Category
from meetings.models import Meeting
from participants.inviting import last_bodies, last_people
from participants.models import Participant
from pompidou.demo.accounts import ACCOUNTS
from pompidou.demo.roster import attendances
from pompidou.demo.stages import Stage

FRENCH = frozenset({"BE", "CH", "FR", "LU", "MA", "MC"})
NAMED_ONLY = frozenset({"CY", "EE"})  # put a name forward, but the expert has not completed the form yet
MOST_PEOPLE = 9
PLACES = {"FR": 3, "IE": 3, "IT": 3, "PT": 3}  # the others have two
SINCE = dt.date(2024, 1, 1)
DAYS_LEFT = 12  # between two reminders, so that the demo's worker sends none at once
State, Reply = Invitation.State, Invitation.Reply


def write_correspondents() -> None:
    """Give every member a correspondent, and one organisation; those of the start page with their own name and address."""
    offices = {account.country: account for account in ACCOUNTS if account.country}
    of_demo = Q(user__email__endswith="ministry.example") | Q(user__email__in=[account.email for account in ACCOUNTS])
    Correspondent.objects.filter(of_demo).delete()
    Correspondent.history.filter(of_demo).delete()
    password = make_password(None)
    rows = []
    for country in Country.objects.members(timezone.localdate()).order_by("code"):
        account = offices.get(country.code)
        email = account.email if account else f"correspondent.{country.code.lower()}@ministry.example"
        fields = {"name": account.name if account else "", "language": "fr" if country.code in FRENCH else "en", "is_active": True}
        user, _ = User.objects.update_or_create(email=email, defaults={**fields, "password": password})
        rows.append(Correspondent(user=user, country=country, starts_on=SINCE))
    for account in ACCOUNTS:
        if account.body:
            user, _ = User.objects.update_or_create(
                email=account.email, defaults={"name": account.name, "is_active": True, "password": password}
            )
            rows.append(Correspondent(user=user, body=Body.objects.get(code=account.body), starts_on=SINCE))
    bulk_create_with_history(rows, Correspondent, default_change_reason=None)


def write(meeting: Meeting, stage: Stage, *, by: User) -> list[Invitation]:
    """Make the invitations as they stand at that stage; those that visitors made to others stay."""
    contacts(last_bodies(meeting))
    asked = [*members_to_invite(meeting), *observers_to_invite(meeting), *last_bodies(meeting), *last_people(meeting)[:MOST_PEOPLE]]
    forget(meeting, asked)
    rows = [invitation(meeting, addressee, number, stage, by=by) for number, addressee in enumerate(asked, start=1)]
    made: list[Invitation] = bulk_create_with_history(rows, Invitation, default_user=by)
    if stage != Stage.BEFORE:
        put_forward(meeting, made, by=by)
        answer_for_people(meeting, made)
        Message.objects.bulk_create(mails_of(made))
    return made


def contacts(addressees: Iterable[Addressee]) -> None:
    """Give the organisations an address to write to."""
    for addressee in addressees:
        if addressee.body:
            Body.objects.filter(pk=addressee.body.pk).update(contact_email=f"{addressee.body.code.lower()}@organisation.example")


def forget(meeting: Meeting, asked: Iterable[Addressee]) -> None:
    """Take out the invitations that are written anew, with what hangs on them."""
    keys = {addressee.key for addressee in asked}
    old = [row for row in Invitation.objects.filter(meeting=meeting) if key_of(row) in keys]
    Message.objects.filter(reference__in=[row.reference for row in old]).delete()
    nominations = list(Nomination.objects.filter(invitation__in=old).values_list("pk", flat=True))
    Nomination.objects.filter(pk__in=nominations).delete()
    Nomination.history.filter(id__in=nominations).delete()
    InvitationLink.objects.filter(invitation__in=old).delete()
    Invitation.objects.filter(pk__in=[row.pk for row in old]).delete()
    Invitation.history.filter(id__in=[row.pk for row in old]).delete()


def key_of(row: Invitation) -> str:
    return f"country:{row.country_id}" if row.country_id else f"body:{row.body_id}" if row.body_id else f"person:{row.email}"


def invitation(meeting: Meeting, addressee: Addressee, number: int, stage: Stage, *, by: User) -> Invitation:
    """One invitation: to members, people of companies and the organisation of an account it was sent, the others wait as drafts."""
    code = addressee.country.code if addressee.country else ""
    has_account = addressee.body is not None and addressee.body.code in {account.body for account in ACCOUNTS}
    is_asked = addressee.category == Category.MEMBER_STATE or bool(addressee.person) or has_account
    is_sent = stage != Stage.BEFORE and is_asked
    fields: dict[str, Any] = {**addressee.columns, "quota": 1, "reimbursed_quota": 0, "language": addressee.language or "en"}
    if code:
        fields |= {"quota": PLACES.get(code, 2), "reimbursed_quota": 1, "language": "fr" if code in FRENCH else "en"}
    if has_account:
        fields["quota"] = 2
    if is_sent:
        sent_at = (meeting.registration_opens_at or timezone.now()) + dt.timedelta(hours=1, seconds=number)
        fields |= {"state": State.SENT, "sent_at": sent_at, "sent_by": by, "reminded_on": reminded_on(meeting, stage)}
    return Invitation(
        meeting=meeting,
        number=number,
        reference=f"{meeting.reference_series} Inv {number}",
        created_at=(meeting.registration_opens_at or timezone.now()) - dt.timedelta(days=2),
        deadline=deadline(meeting, stage),
        **fields,
    )


def deadline(meeting: Meeting, stage: Stage) -> dt.date:
    """In the open stage some days from now; otherwise well before the meeting."""
    return meeting.today() + dt.timedelta(days=DAYS_LEFT) if stage == Stage.OPEN else meeting.starts_on - dt.timedelta(days=45)


def reminded_on(meeting: Meeting, stage: Stage) -> dt.date:
    """The first of the meeting's reminders has gone out."""
    return deadline(meeting, stage) - dt.timedelta(days=14)


def put_forward(meeting: Meeting, invitations: Iterable[Invitation], *, by: User) -> None:
    """Nominate those whom the authorities of members sent, and let their registrations come from that."""
    sent = {row.country_id: row for row in invitations if row.country_id and row.state == State.SENT}
    readers = readers_of(sent.values(), on=timezone.localdate())
    demo = [person.email for person in attendances(meeting.slug)]
    people = Participant.objects.filter(meeting=meeting, email__in=demo, category__in=Category.states(), country__in=sent)
    delegations: dict[int, list[Participant]] = defaultdict(list)
    for person in people.select_related("country").order_by("created_at", "pk"):
        code = person.country.code if person.country else ""
        if person.state != "unconfirmed" or code in NAMED_ONLY:
            delegations[person.country_id or 0].append(person)
    rows = [nomination(sent[country], place, person) for country, some in delegations.items() for place, person in enumerate(some)]
    for row in rows:
        row.put_forward_by = readers[row.invitation_id][0].user
    made = bulk_create_with_history(rows, Nomination)
    link_registrations(made, {person.email: person for some in delegations.values() for person in some})
    for country, some in delegations.items():
        replied(sent[country], Reply.NOMINATES, some[0].created_at - dt.timedelta(days=1), by=readers[sent[country].pk][0].user)


def nomination(invited: Invitation, place: int, person: Participant) -> Nomination:
    """One name; the first of a delegation heads it and is reimbursed."""
    columns = {name: getattr(person, name) for name in ("salutation", "given_name", "family_name", "function", "service", "organisation")}
    return Nomination(
        invitation=invited,
        email=person.email,
        language=person.language,
        is_head=place == 0,
        is_reimbursed=place == 0,
        priority=place + 1,
        put_forward_at=person.created_at - dt.timedelta(hours=20),
        **columns,
    )


def link_registrations(nominations: Iterable[Nomination], people: dict[str, Participant]) -> None:
    """Let each registration that is complete stand on its nomination, in its history too."""
    for row in nominations:
        person = people[row.email]
        if person.state != "unconfirmed":
            Participant.objects.filter(pk=person.pk).update(nomination=row)
            Participant.history.filter(id=person.pk).update(nomination=row.pk)


def answer_for_people(meeting: Meeting, invitations: Iterable[Invitation]) -> None:
    """Those who registered had said yes; one of the others cannot come, and the rest are silent."""
    registered = dict(Participant.objects.filter(meeting=meeting).values_list("email", "created_at"))
    others = 0
    for row in invitations:
        if row.is_to_person and row.email in registered:
            replied(row, Reply.NOMINATES, registered[row.email] - dt.timedelta(hours=3), by=None)
        elif row.is_to_person:
            others += 1
            if others == 1 and row.sent_at:
                replied(
                    row, Reply.REGRETS, row.sent_at + dt.timedelta(days=3), by=None, words="A court hearing that week; next year gladly."
                )


def replied(row: Invitation, reply: str, at: dt.datetime, *, by: User | None, words: str = "") -> None:
    """Write down a reply as the service would have, with the time it came."""
    row.reply, row.replied_at, row.replied_by, row.reply_words = reply, at, by, words
    row.replied_from = by.email if by else row.email
    row._history_date = at  # type: ignore[attr-defined]
    row._history_user = by  # type: ignore[attr-defined]
    row._change_reason = f"replied: {reply}"  # type: ignore[attr-defined]
    row.save()


def mails_of(invitations: Iterable[Invitation]) -> list[Message]:
    """The mails that went out; their links are long forgotten."""
    sent = [row for row in invitations if row.state == State.SENT]
    readers = readers_of(sent, on=timezone.localdate())
    return [mail(row, reader) for row in sent for reader in readers[row.pk]]


def mail(row: Invitation, reader: Reader) -> Message:
    """One mail, sent a moment after it was written."""
    kind = "invitation_person" if row.is_to_person else "invitation"
    subject, _ = wording_of(kind, reader.language)
    moment = row.sent_at or timezone.now()
    return Message(
        kind=kind,
        dedup_key=f"demo:{kind}:{row.reference}:{reader.email}",
        to=reader.email,
        language=reader.language,
        subject=fill(subject, mails.values_for(row, reader)),
        body=WIPED,
        reference=row.reference,
        is_secret=True,
        hides_address=row.hides_name,
        state=Message.State.SENT,
        attempts=1,
        created_at=moment,
        next_attempt_at=moment,
        sent_at=moment + dt.timedelta(seconds=4),
    )
