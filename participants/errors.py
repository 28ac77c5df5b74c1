"""What a service refuses, and why, in words for whoever asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A service did nothing; ``str()`` says why, to a person."""

    reason: Any = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.reason)


class RegistrationClosed(Refused):
    """The meeting takes no registrations at this moment."""

    reason = _("Registration for this meeting is closed.")


class WrongState(Refused):
    """The participant is not in a state from which this step leads on."""

    reason = _("Not possible in the present status.")


class MeetingFull(Refused):
    """No place is free, so nobody can be confirmed."""

    reason = _("No place is free.")


class OfferLapsed(Refused):
    """A place was offered, and the time to answer has passed."""

    reason = _("The time to answer has passed, and the place was offered to the next in line.")


class NothingOffered(Refused):
    """No place is offered to this person."""

    reason = _("No place is offered to you at the moment.")


class HandOverRuns(Refused):
    """A colleague has been asked already."""

    reason = _("You have asked a colleague already. Take that back before you ask somebody else.")


class HandOverEnded(Refused):
    """The place is no longer handed over: taken back, or lost."""

    reason = _("Your colleague took this back, or no longer has the place.")


class OwnAddress(Refused):
    """Somebody named themself as the colleague."""

    reason = _("This is your own address. Enter that of your colleague.")


class AnswersFrozen(Refused):
    """The freeze date has passed."""

    reason = _("The freeze date has passed; please write to the secretariat.")


class AgreementsChanged(Refused):
    """Somebody agreed to something, or took it back, since they opened the form they now send."""

    reason = _("You changed what you agree to since you opened this page. Look at it again, then save.")


class JourneyBackwards(Refused):
    """Somebody was to leave before they come."""

    reason = _("The departure is before the arrival.")


class PassportUnneeded(Refused):
    """Passport data of somebody who has no place, or whose meeting is over."""

    reason = _("Passport data is taken only from those who have a place, until the meeting is over.")


class ReasonMissing(Refused):
    """A decision that needs a reason came without one."""

    reason = _("Please give a reason.")


class NoteMissing(Refused):
    """A note without a word."""

    reason = _("Please write the note.")


class TwoOfficers(Refused):
    """One officer alone was to decide where the meeting asks for two."""

    reason = _("At this meeting one officer proposes and another confirms.")


class OwnProposal(Refused):
    """Somebody was to confirm what they proposed themself."""

    reason = _("You proposed this yourself; another officer confirms it.")


class NothingProposed(Refused):
    """There is nothing to confirm or to send back."""

    reason = _("Nothing is proposed about this person, or a colleague was quicker.")


class CannotMerge(Refused):
    """Two registrations cannot become one."""

    reason = _("These two cannot be merged.")
    keep_the_other = _("Keep the registration that still stands, and let the withdrawn or declined one give way.")
    no_country = _("Somebody sent by a state needs a country.")
    same_meeting = _("Both accounts are registered for the same meeting. Merge those registrations first.")


class AddressTaken(Refused):
    """Somebody else is registered for the same meeting with this address."""

    reason = _("This address is registered for this meeting already.")


class LinkUnusable(Refused):
    """A personal link that opens nothing: unknown or altered."""

    reason = _("This link is not valid.")


class LinkExpired(LinkUnusable):
    """A personal link whose time has passed."""

    reason = _("This link has expired.")


class LinkRevoked(LinkUnusable):
    """A personal link that was taken back."""

    reason = _("This link was taken back.")


class LinkReplaced(LinkUnusable):
    """A personal link that a newer one has taken the place of."""

    reason = _("A newer link has replaced this one.")


class OnHold(Refused):
    """A registration on hold is among many that are decided together."""

    reason = _("On hold: decide it on its own page, or take it off hold first.")
