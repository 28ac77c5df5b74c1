"""Those who were invited, chosen by the board "Who comes": one mail to each address an invitation is written to.

Countries and organisations are one audience and named persons another: no letter is written for both.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from correspondence.audiences import Audience, Recipient
from correspondence.campaigns import ListChanged
from correspondence.models import CampaignRecipient
from delegations import errors, mails, services
from delegations.models import Invitation
from delegations.readers import Reader, readers_of
from meetings.admin import key_of
from meetings.models import Meeting
from participants import board

Reason = CampaignRecipient.Reason
LINK = "reply_link"
LINKED = {**mails.COMMON, LINK: _lazy("address of the page with the letter and the reply")}
REMINDERS = frozenset({"silent", "late", "promised"})  # who is chosen by these is brought something to mind, once a day at most


def choice_of(query: str) -> tuple[Meeting | None, str, str]:
    """The meeting, the group and the state that a query of the board asks for."""
    asked = QueryDict(query)
    meeting = Meeting.objects.filter(pk=key_of(asked.get("meeting"))).first()
    group, shown = asked.get("group", ""), asked.get("show", "")
    return meeting, group if group in board.GROUPS else "", shown if shown in board.SHOWN else ""


def find(query: str, user: Any, *, people: bool) -> list[Recipient]:
    """Everybody an invitation of the board's lines was sent to, ``people`` or delegations; who was not invited is not written to here."""
    meeting, group, shown = choice_of(query)
    if meeting is None:
        return []
    lines = board.filtered(board.lines_of(meeting, at=timezone.now()), group=group, shown=shown)
    chosen = [line.invitation for line in lines if line.is_invited and line.invitation and line.invitation.is_to_person == people]
    found = recipients_of(chosen)
    return [without_second(one) for one in found] if shown in REMINDERS else found


def without_second(recipient: Recipient) -> Recipient:
    """The same, left out where the invitation or a reminder went out today."""
    invitation, _reader = recipient.row
    again = services.against_a_second_today(invitation, timezone.now())
    return replace(recipient, why_not=Reason.TODAY) if again else recipient


def begun(query: str, people: list[Recipient], by: User, at: dt.datetime) -> None:
    """Note a reminder in the secretariat's own words where every other is noted. Raises ListChanged when one was quicker."""
    _meeting, _group, shown = choice_of(query)
    if shown not in REMINDERS:
        return
    try:
        services.note_reminded(invitations={one.row[0].pk for one in people}, by=by, at=at)
    except errors.Refused as refusal:
        raise ListChanged(str(refusal)) from refusal


def outdated(query: str, people: list[Recipient], at: dt.datetime) -> dict[str, str]:
    """Of those who are reminded, who has answered since. Their rows stay locked, so that no reply slips in before the mail."""
    meeting, _group, shown = choice_of(query)
    if meeting is None or shown not in REMINDERS:
        return {}
    asked = Invitation.objects.filter(pk__in={one.row[0].pk for one in people}).order_by("pk").select_for_update(of=("self",))
    locked = {invitation.pk for invitation in asked}
    state = "promised" if shown == "promised" else "silent"  # after the deadline too: a reply is what was waited for
    lines = board.filtered(board.lines_of(meeting, at=at), shown=state)
    unanswered = locked & {line.invitation.pk for line in lines if line.invitation}
    return {one.key: Reason.ANSWERED for one in people if one.row[0].pk not in unanswered}


def again(query: str, people: list[Recipient], by: User | None, at: dt.datetime) -> dict[str, str]:
    """On a later day, leave out whoever was reminded on it already, and note the others as reminded."""
    _meeting, _group, shown = choice_of(query)
    if shown not in REMINDERS:
        return {}
    asked = Invitation.objects.filter(pk__in={one.row[0].pk for one in people}).order_by("pk")
    found = list(asked.with_addressees().select_for_update(of=("self",)))
    second = {invitation.pk for invitation in found if services.against_a_second_today(invitation, at)}
    services.note_reminded(invitations={invitation.pk for invitation in found} - second, by=by, at=at)
    return {one.key: Reason.TODAY for one in people if one.row[0].pk in second}


def recipients_of(invitations: Iterable[Invitation]) -> list[Recipient]:
    """The readers of invitations, one after the other; an invitation that nobody reads says so."""
    rows = list(invitations)
    readers = readers_of(rows, on=timezone.localdate())
    found = []
    for invitation in rows:
        found += [as_recipient(invitation, reader) for reader in readers[invitation.pk] or [Reader("", "", invitation.language)]]
    return found


def as_recipient(invitation: Invitation, reader: Reader) -> Recipient:
    """One reader of one invitation. The key holds no address: of a correspondent the account, of others nothing."""
    return Recipient(
        key=f"{invitation.pk}:{reader.user.pk if reader.user else 0}",
        address=reader.email,
        language=reader.language,
        shown=invitation.addressee,
        reference=invitation.reference,
        trace=f"{Invitation._meta.label_lower}:{invitation.pk}",
        hides_address=invitation.hides_name,
        row=(invitation, reader),
    )


def get(keys: Collection[str]) -> dict[str, Recipient]:
    """By key, those who can still be written to: an invitation withdrawn since is left out."""
    wanted = {int(key.partition(":")[0]) for key in keys}
    invitations = Invitation.objects.sent().with_addressees().filter(pk__in=wanted).order_by("pk")
    return {one.key: one for one in recipients_of(invitations) if one.key in keys and one.address}


def values(recipient: Recipient, language: str, live: bool) -> Mapping[str, str]:
    """The placeholders; a link that opens the invitation is made only for a mail that leaves."""
    invitation, reader = recipient.row
    spoken = Reader(reader.email, reader.name, language, reader.user)
    link = mails.link_for(invitation, spoken) if live else f"{settings.BASE_URL}/example/"
    names = {} if invitation.is_to_person else mails.names_for(invitation, spoken)
    return {**mails.values_for(invitation, spoken), **names, LINK: link}


def settle(query: str, user: Any) -> str:
    meeting, group, shown = choice_of(query)
    wanted = {"meeting": str(meeting.pk) if meeting else "", "group": group, "show": shown}
    return urlencode({name: value for name, value in wanted.items() if value})


def describe(query: str, user: Any) -> dict[str, str]:
    meeting, group, shown = choice_of(query)
    said = {_("Meeting"): str(meeting or ""), _("Whom"): str(board.GROUPS.get(group, "")), _("State"): str(board.SHOWN.get(shown, ""))}
    return {label: value for label, value in said.items() if value}


def list_address(query: str) -> str:
    return f"{reverse('admin:delegations_invitation_board')}?{query}"


INVITED = Audience(
    key="invited",
    label=_lazy("Countries and organisations invited"),
    placeholders={**LINKED, **mails.NAMES},
    find=partial(find, people=False),
    get=get,
    values=values,
    settle=settle,
    describe=describe,
    list_address=list_address,
    begun=begun,
    outdated=outdated,
    again=again,
    kinds=frozenset({"invitation", "invitation_reminder", "invitation_promise_reminder"}),
    permissions=("delegations.view_invitation", "participants.view_all_registrations"),
    secrets=frozenset({LINK}),
)
INVITED_PEOPLE = replace(
    INVITED,
    key="invited_people",
    label=_lazy("Named persons invited"),
    placeholders=LINKED,
    find=partial(find, people=True),
    kinds=frozenset({"invitation_person", "invitation_person_reminder"}),
)
