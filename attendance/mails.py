"""The mails about the meeting itself: what they may say, and the functions that write them to the outbox."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import gettext_noop, override

from correspondence.kinds import Kind
from participants import mails
from participants.mails import write
from participants.models import Participant

PROGRAMME_CHANGED = "programme_changed"
NOTHING_BESIDE = gettext_noop("None of your other sessions is at the same time.")


def sample(language: str) -> dict[str, str] | None:
    """Values of the newest registration that is not protected, for previews in the back office."""
    values = mails.sample(language)
    if values is None:
        return None
    with override(language):
        own = {"changes": _("Cancelled: %(title)s, %(when)s.") % {"title": "…", "when": "…"}, "overlaps": _(NOTHING_BESIDE)}
    return {name: values[name] for name in mails.COMMON} | own


KINDS = (
    Kind(
        PROGRAMME_CHANGED,
        _lazy("A session you booked or have a part in has changed"),
        {
            **mails.COMMON,
            "changes": _lazy("what changed, a line for each"),
            "overlaps": _lazy("what of one’s own is at the same time now, a line for each"),
        },
        sample=sample,
    ),
)


def tell_of_changes(participant: Participant, *, version: int, changes: Sequence[str], overlaps: Sequence[str]) -> None:
    """What a published version changed about the sessions somebody booked or has a part in; once for each version."""
    with override(participant.language):
        beside = "\n".join(overlaps) or _(NOTHING_BESIDE)
    write(participant, PROGRAMME_CHANGED, event=str(version), changes="\n".join(changes), overlaps=beside)
