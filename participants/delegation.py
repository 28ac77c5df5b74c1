"""A delegation as those who speak for it see it: whom they put forward, where each stands, and what is left."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext

from accounts.models import User
from delegations.models import Invitation, Nomination
from meetings.dates import day, moment
from participants.models import Participant
from participants.standing import running_offer

State = Nomination.State
ASKED = _lazy("Asked to complete the registration")
OF_REGISTRATION = {
    Participant.State.UNCONFIRMED: ASKED,
    Participant.State.PENDING: _lazy("Completed; the secretariat decides"),
    Participant.State.CONFIRMED: _lazy("Has a place"),
    Participant.State.WAITLISTED: _lazy("Completed; on the waiting list"),
    Participant.State.DECLINED: _lazy("Declined by the secretariat"),
    Participant.State.WITHDRAWN: _lazy("Withdrew"),
}
OF_NOMINATION = {
    State.PUT_FORWARD: ASKED,
    State.NOT_COMING: _lazy("Cannot come"),
    State.WITHDRAWN: _lazy("Taken back"),
    State.REPLACED: _lazy("Replaced"),
}
TAGS = {State.PUT_FORWARD: "unconfirmed", State.NOT_COMING: "declined", State.WITHDRAWN: "withdrawn", State.REPLACED: "withdrawn"}


@dataclass(frozen=True, slots=True)
class Nominee:
    """One name as one reader may see it."""

    nomination: Nomination
    name: str
    work: str
    tag: str
    label: str
    remarks: tuple[str, ...]
    is_masked: bool
    is_complete: bool

    @property
    def is_standing(self) -> bool:
        return self.nomination.state == State.PUT_FORWARD


@dataclass(frozen=True, slots=True)
class Delegation:
    """Everybody put forward under one invitation."""

    invitation: Invitation
    standing: list[Nominee]
    others: list[Nominee]

    @property
    def left(self) -> int:
        """How many more can be put forward."""
        return max(0, self.invitation.quota - len(self.standing))

    @property
    def reimbursed(self) -> int:
        """How many of them are to be reimbursed."""
        return sum(one.nomination.is_reimbursed for one in self.standing)

    def takes_names(self, at: dt.datetime) -> bool:
        """True while another name can be put forward."""
        return self.left > 0 and self.invitation.is_open(at)


def delegation_of(invitation: Invitation, viewer: User) -> Delegation:
    """The delegation under this invitation, as ``viewer`` may see it: those who stand in order, then the others."""
    nominees = [
        nominee(row, viewer)
        for row in invitation.nominations.in_order().select_related("participant__meeting").prefetch_related("participant__offers")
    ]
    return Delegation(invitation, [one for one in nominees if one.is_standing], [one for one in nominees if not one.is_standing])


def registration(nomination: Nomination) -> Participant | None:
    """The registration that stands on a nomination, if any."""
    return getattr(nomination, "participant", None)


def nominee(nomination: Nomination, viewer: Any) -> Nominee:
    """One name. Once it is a registration, its face says what may be seen, even to whoever typed the name."""
    participant = registration(nomination)
    face = participant.face_for(viewer) if participant else None
    work = (face.function, face.service or face.organisation) if face else (nomination.function, nomination.service)
    is_registered = participant is not None and nomination.state in {State.PUT_FORWARD, State.NOT_COMING}
    waits = participant is not None and nomination.state == State.PUT_FORWARD and participant.state == Participant.State.WAITLISTED
    said_of_nomination = OF_NOMINATION[State(nomination.state)]
    return Nominee(
        nomination=nomination,
        name=face.name if face else nomination.name,
        work=", ".join(text for text in work if text),
        tag=str(participant.state) if participant and is_registered else TAGS[State(nomination.state)],
        label=str(OF_REGISTRATION[Participant.State(participant.state)] if participant and is_registered else said_of_nomination),
        remarks=(
            *((waiting(participant),) if participant and waits else ()),
            *remarks(nomination, participant, is_masked=face is not None and face.is_masked),
        ),
        is_masked=face is not None and face.is_masked,
        is_complete=participant is not None,
    )


def waiting(participant: Participant) -> str:
    """Which place in the waiting line, or until when a place is offered."""
    if offer := running_offer(participant):
        until = moment(offer.lapses_at.astimezone(participant.meeting.zone))
        return _("A place is offered; it is held until %(when)s. The person answers by the link in the mail.") % {"when": until}
    return _("Number %(place)d on the waiting list") % {"place": participant.place_in_line() or 1}


def remarks(nomination: Nomination, participant: Participant | None, *, is_masked: bool) -> list[str]:
    """What else a delegation wants to know of one of its people, in short words."""
    roles = [_("Head of delegation")] if nomination.is_head else []
    roles += [pgettext("of a person", "Reimbursed")] if nomination.is_reimbursed else []
    said = [" · ".join(roles)] if roles else []
    if is_masked:
        said.append(_("Asked that the name not be shown"))
    elif participant and participant.family_name and participant.name != nomination.name:
        said.append(_("Put forward as %(name)s") % {"name": nomination.name})
    if participant is None and nomination.state == State.PUT_FORWARD:
        said.append(_("Mail sent to %(address)s on %(day)s") % {"address": nomination.email, "day": day(nomination.put_forward_at.date())})
    return said
