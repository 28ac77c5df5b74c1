"""What somebody agreed to, written down whenever their answers say something else than before, and taken back."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from participants import errors
from participants.models import Consent, Needs, Participant
from participants.services.states import State, locked, save

BATCH = 500
What, How = Consent.What, Consent.How
WITHDRAWABLE = (What.ENTRY, What.NAME, What.PHOTOGRAPHS, What.NEEDS)  # that a notice was read cannot be undone


def agreed(participant: Participant, *, has_needs: bool) -> dict[str, bool]:
    """What the answers of a registration agree to now."""
    Visibility = Participant.Visibility
    return {
        What.NOTICE: bool(participant.privacy_notice),
        What.ENTRY: participant.visibility != Visibility.HIDDEN,
        What.NAME: participant.visibility == Visibility.FULL,
        What.PHOTOGRAPHS: participant.may_be_photographed,
        What.NEEDS: has_needs,
    }


def note_consents(participant: Participant, *, how: str, by: User | None, at: dt.datetime, has_needs: bool | None = None) -> list[Consent]:
    """Write what changed since the log was last written; called in the transaction of whatever changed it."""
    if has_needs is None:
        has_needs = Needs.objects.filter(participant=participant).exists()
    latest = Consent.objects.latest(participant)
    return Consent.objects.bulk_create(changed(participant, latest, has_needs=has_needs, how=how, by=by, at=at))


def note_first_consents(participant: Participant, *, has_needs: bool) -> list[Consent]:
    """Write what a new form agrees to; there is no log of it yet to look into."""
    return Consent.objects.bulk_create(changed(participant, {}, has_needs=has_needs, how=How.FORM, by=None, at=participant.created_at))


def note_many(people: Sequence[Participant], *, how: str, by: User | None, at: dt.datetime) -> None:
    """The same for many at once, in a fixed number of statements for each some hundreds."""
    for start in range(0, len(people), BATCH):
        batch = people[start : start + BATCH]
        latest: dict[int, dict[str, Consent]] = {person.pk: {} for person in batch}
        for row in Consent.objects.filter(participant__in=batch).order_by("at", "pk"):
            latest[row.participant_id][row.what] = row
        needy = set(Needs.objects.filter(participant__in=batch).values_list("participant", flat=True))
        Consent.objects.bulk_create(
            row for person in batch for row in changed(person, latest[person.pk], has_needs=person.pk in needy, how=how, by=by, at=at)
        )


def changed(
    participant: Participant, latest: dict[str, Consent], *, has_needs: bool, how: str, by: User | None, at: dt.datetime
) -> Iterable[Consent]:
    """A row for each answer that says something else than the last row; another version of the notice is read anew."""
    notice = participant.privacy_notice
    for what, is_given in agreed(participant, has_needs=has_needs).items():
        before = latest.get(what)
        is_new_notice = what == What.NOTICE and is_given and before is not None and before.notice != notice
        if is_given != (before is not None and before.is_given) or is_new_notice:
            yield Consent(participant=participant, what=what, is_given=is_given, at=at, how=how, notice=notice, by=by)


@transaction.atomic
def withdraw_consent(*, participant: Participant, what: str, by: User, at: dt.datetime | None = None) -> Participant:
    """Take back one thing somebody agreed to, at any time and with effect at once; doing it twice changes nothing.

    Raises WrongState for a registration that is none, and for what cannot be taken back.
    """
    current = locked(participant.pk)
    if what not in WITHDRAWABLE or current.is_erased or current.state == State.UNCONFIRMED:
        raise errors.WrongState
    take_back(current, what)
    save(current, by=by, reason="agreement taken back")
    how = How.OWN_PAGE if by.pk == current.user_id else How.OFFICE
    note_consents(current, how=how, by=by, at=at or timezone.now())
    return current


def take_back(participant: Participant, what: str) -> None:
    """Change the answer that agreed, and delete what was kept because of it."""
    if what == What.NEEDS:
        Needs.objects.filter(participant=participant).delete()
    elif what == What.PHOTOGRAPHS:
        participant.may_be_photographed = False
    elif what == What.ENTRY:
        participant.visibility = Participant.Visibility.HIDDEN
    elif participant.visibility == Participant.Visibility.FULL:
        participant.visibility = Participant.Visibility.FUNCTION
