"""What the services of attendance refuse, and why, in words for whoever asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from participants.errors import Refused


class NotAdmitted(Refused):
    """The session is not for this person; the argument says why."""


class NothingToBook(Refused):
    """The session has no booking of this kind, or has passed."""

    reason = _("Seats in this session are not booked.")


class BookingClosed(Refused):
    """Booking is not open at this moment; the argument says from when or since when."""

    reason = _("Booking is closed.")


class Overlap(Refused):
    """The person has a seat in a session at the same time; the argument names it with its hours."""


class SessionFull(Refused):
    """No seat is free for this person; there is a queue."""

    reason = _("All seats are taken. You can join the queue.")


class NoBooking(Refused):
    """There is no seat and no place in the queue to give up."""

    reason: Any = _("You have no seat there.")


class SameRank(Refused):
    """Two wishes have the same rank."""

    reason = _("Two sessions have the same rank. Give each its own.")


class DrawnBefore(Refused):
    """Wishes or seats changed since the allocation was shown."""

    reason = _("Wishes or seats have changed since this was drawn. Look at it again before you apply it.")
