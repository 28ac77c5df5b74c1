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

    reason = _("Names have been put forward; they are to be withdrawn first.")


class QuotaTooSmall(Refused):
    """Fewer places, or fewer reimbursed, than people nominated."""

    reason = _("More people have been nominated than that.")


class AlreadyReplied(Refused):
    """A reminder for somebody who replied or nominated."""

    reason = _("They have replied or put a name forward.")


class RemindedToday(Refused):
    """A second reminder on one day."""

    reason = _("They were reminded today already.")


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


class LinkUnusable(Refused):
    """A personal link that opens nothing: unknown or altered."""

    reason = _("This link is not valid.")


class LinkExpired(LinkUnusable):
    """A personal link whose time has passed."""

    reason = _("This link has expired.")


class LinkRevoked(LinkUnusable):
    """A personal link that was taken back."""

    reason = _("This link was taken back.")
