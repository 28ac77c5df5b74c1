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
    """No seat is free for this person; the argument says which place in the queue there is."""


class NoBooking(Refused):
    """There is no seat and no place in the queue to give up."""

    reason: Any = _("You have no seat there.")


class SameRank(Refused):
    """Two wishes have the same rank."""

    reason = _("Two sessions have the same rank. Give each its own.")


class DrawnBefore(Refused):
    """Wishes or seats changed since the allocation was shown."""

    reason = _("Wishes or seats have changed since this was drawn. Look at it again before you apply it.")


class MeetingNotOver(Refused):
    """Nobody can say yet who will have been there."""

    reason = _("This is possible once the meeting is over.")


class NotPresent(Refused):
    """Nothing is recorded that could be certified."""

    reason = _("No presence is recorded, so no attendance can be certified. Please write to the secretariat if that is wrong.")


class OnlyThemselves(Refused):
    """A certificate bears the name, which is protected."""

    reason = _("The name is protected: only the person themselves can make this certificate, on their own pages.")


class AnsweredAlready(Refused):
    """One person, one evaluation."""

    reason = _("You have answered already. Thank you.")


class NothingAnswered(Refused):
    """An evaluation without a mark and without a word."""

    reason = _("Please give at least one mark, or write a comment.")


class NotOfThisMeeting(Refused):
    """Somebody without a place at the meeting, or a half-day that is none of its days."""

    reason = _("Presence is recorded only for those who have a place, on the days of the meeting.")
