"""Which decisions there are: the steps as the services know them, with their words."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext_lazy, pgettext_lazy

from participants import services
from participants.models import Participant, Reason

State = Participant.State
Mark = Participant.Mark
PROPOSED = frozenset({Mark.APPROVE, Mark.WAITLIST, Mark.DECLINE})
PROPOSED_FROM = frozenset({State.PENDING, State.WAITLISTED, State.CONFIRMED})
IN_THE_MAIL = _lazy("The person reads this in the mail, after the text of the reason chosen. One or two sentences, in their language.")


@dataclass(frozen=True)
class Decision:
    """One step the secretariat takes, as the services know it, with its words."""

    key: str
    label: Any
    service: Callable[..., Participant]
    starts_from: frozenset[str]
    done: Any  # ngettext_lazy with %(count)d
    refused: Any
    question: Any = ""  # asked on a page of its own, where what follows cannot be undone
    consequence: Any = ""
    button: Any = ""
    needs_reason: bool = False
    is_grave: bool = False
    asks: tuple[str, ...] = ("reason",)  # what the page asks for
    marks: frozenset[str] | None = None  # what must be under way; None where it does not matter
    use: str = ""  # which reasons are offered
    reason_help: Any = ""

    def is_possible_for(self, participant: Participant) -> bool:
        if self.marks is not None and participant.mark not in self.marks:
            return False
        return participant.state in self.starts_from and not participant.is_erased


DECISIONS = {
    decision.key: decision
    for decision in (
        Decision(
            "approve",
            _lazy("Approve"),
            services.approve,
            frozenset({State.PENDING, State.WAITLISTED}),
            ngettext_lazy("%(count)d person has a place now.", "%(count)d people have a place now.", "count"),
            ngettext_lazy("%(count)d person could not be approved.", "%(count)d people could not be approved.", "count"),
        ),
        Decision(
            "waitlist",
            pgettext_lazy("decision", "Put on the waiting list"),
            services.put_on_waiting_list,
            frozenset({State.PENDING}),
            ngettext_lazy("%(count)d person is on the waiting list now.", "%(count)d people are on the waiting list now.", "count"),
            ngettext_lazy(
                "%(count)d person could not be put on the waiting list.", "%(count)d people could not be put on the waiting list.", "count"
            ),
        ),
        Decision(
            "decline",
            _lazy("Decline"),
            services.decline,
            frozenset({State.PENDING, State.WAITLISTED, State.CONFIRMED}),
            ngettext_lazy("%(count)d registration was declined.", "%(count)d registrations were declined.", "count"),
            ngettext_lazy("%(count)d registration could not be declined.", "%(count)d registrations could not be declined.", "count"),
            question=ngettext_lazy("Decline this registration?", "Decline %(count)d registrations?", "count"),
            consequence=_lazy(
                "Each person gets a mail with your reason. "
                "A place that comes free goes to the next in line, or is offered to them, at once; that cannot be taken back."
            ),
            button=_lazy("Decline"),
            needs_reason=True,
            is_grave=True,
            asks=("code", "reason"),
            use=Reason.Use.DECLINE,
            reason_help=IN_THE_MAIL,
        ),
        Decision(
            "withdraw",
            pgettext_lazy("decision", "Withdraw"),
            services.withdraw,
            frozenset({State.PENDING, State.WAITLISTED, State.CONFIRMED, State.DECLINED}),
            ngettext_lazy("%(count)d registration was withdrawn.", "%(count)d registrations were withdrawn.", "count"),
            ngettext_lazy("%(count)d registration could not be withdrawn.", "%(count)d registrations could not be withdrawn.", "count"),
            question=ngettext_lazy("Withdraw this registration?", "Withdraw %(count)d registrations?", "count"),
            consequence=_lazy(
                "Do this when somebody told you that they are not coming. Each person gets a mail. "
                "A place that comes free goes to the next in line, or is offered to them, at once; that cannot be taken back."
            ),
            button=_lazy("Withdraw on their behalf"),
            is_grave=True,
            asks=("code", "reason"),
            use=Reason.Use.WITHDRAW,
            reason_help=IN_THE_MAIL,
        ),
        Decision(
            "reopen",
            _lazy("Reopen"),
            services.reopen,
            frozenset({State.DECLINED, State.WITHDRAWN}),
            ngettext_lazy("%(count)d registration is open again.", "%(count)d registrations are open again.", "count"),
            ngettext_lazy("%(count)d registration could not be reopened.", "%(count)d registrations could not be reopened.", "count"),
        ),
        Decision(
            "hold",
            pgettext_lazy("decision", "Put on hold"),
            services.hold,
            frozenset({State.PENDING}),
            ngettext_lazy("%(count)d registration is on hold.", "%(count)d registrations are on hold.", "count"),
            ngettext_lazy("%(count)d registration could not be put on hold.", "%(count)d registrations could not be put on hold.", "count"),
            question=ngettext_lazy("Put this registration on hold?", "Put %(count)d registrations on hold?", "count"),
            consequence=_lazy("It keeps its place in the order, and no longer counts among those to decide until you take it off hold."),
            button=pgettext_lazy("decision", "Put on hold"),
            needs_reason=True,
            asks=("code", "reason", "until", "tell"),
            marks=frozenset({"", Mark.HOLD}),
            use=Reason.Use.HOLD,
            reason_help=_lazy("Kept with the registration. The person reads it if you tick the box below."),
        ),
        Decision(
            "release",
            pgettext_lazy("decision", "Take off hold"),
            services.release,
            frozenset({State.PENDING}),
            ngettext_lazy("%(count)d registration waits again.", "%(count)d registrations wait again.", "count"),
            ngettext_lazy("%(count)d registration is not on hold.", "%(count)d registrations are not on hold.", "count"),
            marks=frozenset({Mark.HOLD}),
        ),
        Decision(
            "agree",
            _lazy("Confirm the proposal"),
            services.confirm_proposal,
            PROPOSED_FROM,
            ngettext_lazy("%(count)d proposal is carried out.", "%(count)d proposals are carried out.", "count"),
            ngettext_lazy("%(count)d proposal could not be confirmed.", "%(count)d proposals could not be confirmed.", "count"),
            question=ngettext_lazy("Confirm this proposal?", "Confirm %(count)d proposals?", "count"),
            consequence=_lazy("It is carried out at once, and the people get their mails."),
            button=_lazy("Confirm and carry out"),
            asks=(),
            marks=PROPOSED,
        ),
        Decision(
            "send_back",
            _lazy("Send back"),
            services.send_back,
            PROPOSED_FROM,
            ngettext_lazy("%(count)d proposal was sent back.", "%(count)d proposals were sent back.", "count"),
            ngettext_lazy("%(count)d proposal could not be sent back.", "%(count)d proposals could not be sent back.", "count"),
            question=ngettext_lazy("Send this proposal back?", "Send %(count)d proposals back?", "count"),
            consequence=_lazy("The registration waits as before. The person hears nothing of it."),
            button=_lazy("Send back"),
            marks=PROPOSED,
            reason_help=_lazy("Your colleague reads it on the page of the registration. Not needed for a proposal of your own."),
        ),
    )
}


def proposed(key: str, label: Any, **more: Any) -> Decision:
    """The same decision where two officers take it: one proposes, and nothing is sent."""
    return replace(
        DECISIONS[key],
        label=label,
        service=partial(services.propose, kind=key),
        done=ngettext_lazy("%(count)d proposal waits for another officer.", "%(count)d proposals wait for another officer.", "count"),
        refused=ngettext_lazy("%(count)d person could not be proposed.", "%(count)d people could not be proposed.", "count"),
        **more,
    )


PROPOSALS = {
    "approve": proposed("approve", _lazy("Propose to approve")),
    "waitlist": proposed("waitlist", _lazy("Propose the waiting list")),
    "decline": proposed(
        "decline",
        _lazy("Propose to decline"),
        question=ngettext_lazy("Propose to decline this registration?", "Propose to decline %(count)d registrations?", "count"),
        consequence=_lazy("Another officer confirms it or sends it back. The mail with your reason leaves only then."),
        button=_lazy("Propose to decline"),
        is_grave=False,
    ),
}


def decisions_at(meeting: Any) -> list[Decision]:
    """The decisions as they are taken at this meeting; as one officer takes them where it is not one meeting."""
    twice = meeting is not None and meeting.decides_twice
    offered = {**DECISIONS, **PROPOSALS} if twice else {key: one for key, one in DECISIONS.items() if one.marks != PROPOSED}
    return list(offered.values())


def as_taken(decision: Decision, participant: Participant) -> Decision:
    """The decision as it is taken about this person: a proposal where the meeting wants two officers."""
    return PROPOSALS.get(decision.key, decision) if participant.meeting.decides_twice else decision
