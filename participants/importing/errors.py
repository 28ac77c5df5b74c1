"""What an import refuses, in words for whoever brought the file."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants import errors
from participants.importing import limits


class Unreadable(errors.Refused):
    """Nothing can be made of this file."""

    reason = _("This file cannot be read.")


def too_many_rows() -> Unreadable:
    """The refusal of a list that is too long."""
    return Unreadable(gettext("This file has more than %(most)s rows. Import it in parts.") % {"most": limits.written(limits.MOST_ROWS)})


class PlanChanged(errors.Refused):
    """The list of participants is no longer what the plan was made from; nothing was written."""

    reason = _("The list of participants changed while you looked. Nothing was written. Look at the rows again.")


class NotReady(errors.Refused):
    """There are faulty rows that were neither mended nor left out, or nothing to write at all."""

    reason = _("Mend the faulty rows, or leave them out, first.")
