"""What the services of attendance refuse, in words for whoever asked."""

from django.utils.translation import gettext_lazy as _

from participants.errors import Refused


class DeviceUnusable(Refused):
    """The link of a device was taken back, or it is not its day."""

    reason = _("This link opens nothing today. Ask the secretariat for another.")


class WrongPin(Refused):
    """The PIN is another one."""

    reason = _("This is not the PIN of this device.")


class NothingToUndo(Refused):
    """The scan was made elsewhere, or undone already."""

    reason = _("There is nothing to undo.")


class AddressKnown(Refused):
    """Somebody at the door gives an address that is registered."""

    reason = _("Somebody is registered under this address already. Search for the name, or ask the secretariat.")


class NoReason(Refused):
    """Presence is corrected by hand without saying why."""

    reason = _("Say why it is recorded by hand.")


class WrongSubstitute(Refused):
    """Whoever came instead is the person themselves, has no place at this meeting, or nobody is recorded as substituted."""

    reason = _("Who came instead must be somebody else with a place at this meeting. Nothing was recorded.")


class NotOfThisMeeting(Refused):
    """The people, the day or the session are those of another meeting."""

    reason = _("These people, this day or this session belong to another meeting. Nothing was recorded.")


class NothingNew(Refused):
    """The public reads this already; the argument names the version."""


class NotYet(Refused):
    """Presence is recorded by hand for a half-day that has not begun."""

    reason = _("Nobody can have been there yet: this half-day has not begun. Nothing was recorded.")
