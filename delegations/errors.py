"""What a service refuses, and why, in words for whoever asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A service did nothing; ``str()`` says why, to a person."""

    reason: Any = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.reason)


class AlreadyInvited(Refused):
    """The addressee has an invitation to this meeting."""

    reason = _("There is an invitation to this meeting for them already.")


class WrongState(Refused):
    """The invitation is not in a state from which this step leads on."""

    reason = _("Not possible in the present status.")


class AddresseeFixed(Refused):
    """Whom an invitation goes to was to change after it was sent."""

    reason = _("It was sent: whom it goes to no longer changes. Withdraw it and write another.")


class NobodyToWriteTo(Refused):
    """A country without a correspondent, an organisation without a contact address."""

    reason = _("There is nobody to write to.")


class NamesStand(Refused):
    """People are nominated under the invitation."""

    reason = _("Names have been put forward; they are to be taken back first.")


class QuotaTooSmall(Refused):
    """Fewer places, or fewer reimbursed, than people nominated."""

    reason = _("More people have been nominated than that.")


class AlreadyReplied(Refused):
    """A reminder for somebody who replied or nominated."""

    reason = _("They have replied or put a name forward.")


class RemindedToday(Refused):
    """A second reminder on one day."""

    reason = _("They were reminded today already.")


class SentToday(Refused):
    """A reminder on the day the invitation went out."""

    reason = _("The invitation went out today; they can be reminded from tomorrow on.")


class DeadlinePassed(Refused):
    """The deadline's day is over at the venue."""

    reason = _("The deadline has passed; please write to the secretariat.")


class DeadlineInPast(Refused):
    """An invitation or a reminder that could no longer be answered."""

    reason = _("The deadline has passed; set a later one first.")


class InvitationWithdrawn(Refused):
    """The invitation was withdrawn, so nothing can be answered to it."""

    reason = _("This invitation was withdrawn.")


class NotAnAnswer(Refused):
    """Something other than yes or no."""

    reason = _("Choose one of the two answers.")


class QuotaFull(Refused):
    """As many people are put forward as there are places."""

    reason = _("All places of your delegation are taken. Replace somebody or take a name back, or ask the secretariat for another place.")


class ReimbursedFull(Refused):
    """As many are put forward as reimbursed as are reimbursed."""

    reason = _("Nobody more can be reimbursed. Take it from somebody else first, or put this person forward without reimbursement.")


class NominatedAlready(Refused):
    """The same address twice under one invitation."""

    reason = _("Somebody with this address is put forward already.")


class NamesakeNominated(Refused):
    """The same name twice under one invitation, at another address."""

    reason = _("Somebody of this name is put forward already. If this is another person, tick “This is another person of the same name”.")


class HeadTaken(Refused):
    """A second head of delegation."""

    reason = _("Your delegation has a head already. Change that first.")


class NominationOver(Refused):
    """The name was withdrawn or replaced, or the person cannot come."""

    reason = _("This name is no longer put forward.")


class CompletedAlready(Refused):
    """What somebody completed themself is theirs to change."""

    reason = _("The registration is complete; only the person can change these answers.")


class SentLately(Refused):
    """A second mail to a nominee within the hour."""

    reason = _("A mail was sent less than an hour ago. Please wait a little.")


class RegisteredAlready(Refused):
    """A nominee who has a registration of their own."""

    reason = _("You are registered for this meeting already.")


class RegisteredElsewhere(Refused):
    """A nominee who is registered for another country or organisation, or stands under another nomination."""

    reason = _("You are registered for this meeting for another delegation. Please write to the secretariat if that should change.")


class DeclinedBefore(Refused):
    """A nominee whose registration the secretariat declined."""

    reason = _("Your registration for this meeting was declined. Please write to the secretariat if that should change.")


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
