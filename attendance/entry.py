"""Who may attend a session, and why somebody may not, in words."""

from django.utils.translation import gettext as _

from attendance.models import Admission, Part
from meetings.audiences import Category, Family
from meetings.models import Session
from participants.models import Participant


def reason_against(session: Session, participant: Participant) -> str | None:
    """Why this participant may not attend, for themselves to read; None when they may.

    Whoever is let in by name, or has a part, may come whatever their family and category.
    Of a closed session it is said that it is closed, no more.
    """
    if participant.meeting_id != session.meeting_id:
        return _("This session belongs to another meeting.")
    if session.is_cancelled:
        return _("This session does not take place.")
    if participant.state != Participant.State.CONFIRMED:
        return _("Only those who have a place at the meeting can come.")
    return reason_of_entry(session, participant)


def reason_of_entry(session: Session, participant: Participant) -> str | None:
    """The same of somebody whose place at the meeting is not asked about."""
    if is_named(session, participant):
        return None
    if session.is_closed and not (session.is_open_to({participant.sector.family}) and is_of_category(session, participant)):
        return _("This session is closed.")
    return reason_of_group(session, participant)


def is_named(session: Session, participant: Participant) -> bool:
    """True for somebody let in by name, and for those who speak, moderate or report."""
    rows = {"session": session, "participant": participant}
    return Admission.objects.filter(**rows).exists() or Part.objects.filter(**rows).exists()


def is_of_category(session: Session, participant: Participant) -> bool:
    return not session.categories or participant.category in session.categories


def reason_of_group(session: Session, participant: Participant) -> str | None:
    """Why the family or category keeps somebody out of an open session."""
    if session.families and participant.sector.family not in session.families:
        return _("This session is for: %(groups)s.") % {"groups": named(Family, session.families)}
    if not is_of_category(session, participant):
        return _("This session is for: %(groups)s.") % {"groups": named(Category, session.categories)}
    return None


def named(kinds: type[Family] | type[Category], values: list[str]) -> str:
    """Families or categories by their words, in their order."""
    return ", ".join(str(kind.label) for kind in kinds if kind.value in values)
