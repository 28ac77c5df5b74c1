"""Erasing again, in a restored backup, whom the list of erasures names."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from accounts.models import User
from participants.models import Participant
from participants.services import erase_registration
from privacy.models import Erasure
from privacy.services import tombstones
from privacy.services.erasing import erase_person, plan_for
from privacy.services.people import Person, registrations_of


@dataclass
class Replay:
    """What came of a replay: by line of the list, or how many."""

    known: int = 0  # the database has them already
    done: list[int] = field(default_factory=list)
    gone: Counter[str] = field(default_factory=Counter)
    unreadable: list[int] = field(default_factory=list)
    strangers: list[int] = field(default_factory=list)  # the key is somebody else's by now, or the secret key is another one


def replay(*, file: Path, dry: bool = False) -> Replay:
    """Do again each erasure of the list that the database lacks, each in a transaction; ``dry`` only says which."""
    result = Replay()
    for number, erasure in tombstones.read(file):
        if erasure is None:
            result.unreadable.append(number)
        elif Erasure.objects.filter(uid=erasure.uid).exists():
            result.known += 1
        elif is_somebody_else(erasure):
            result.strangers.append(number)
        else:
            result.done.append(number)
            if not dry:
                result.gone.update(again(erasure).counts)
    return result


def is_somebody_else(erasure: Erasure) -> bool:
    """Whether a key of the erasure belongs to a row that came to be after the backup was restored."""
    marks = (erasure.marks or {}).get("rows", {})
    people = Participant.objects.filter(pk__in=erasure.registrations)
    if any(tombstones.mark_of(one, one.created_at) != marks.get(str(one.pk)) for one in people if not one.is_erased):
        return True
    user = User.objects.filter(pk=erasure.account).first()
    return user is not None and tombstones.mark_of(user, user.date_joined) != (erasure.marks or {}).get("account")


@transaction.atomic
def again(erasure: Erasure) -> Erasure:
    """Erase the same rows, with the references they had got; the line of the ledger is the same one."""
    references = dict(zip(erasure.registrations, erasure.references, strict=True))
    person = Person(
        user=User.objects.filter(pk=erasure.account).first(),
        registrations=tuple(one for one in registrations_of(erasure.registrations) if not one.is_erased),
    )
    erasure.made_by = User.objects.filter(pk=erasure.made_by_id or 0).first()
    if erasure.purpose == Erasure.Purpose.RETENTION or person.is_erased:
        gone = Counter[str]()
        for participant in person.registrations:
            gone.update(erase_registration(participant=participant, reference=references[participant.pk]))
        erasure.counts = dict(gone)
        return tombstones.put_down(erasure)
    also = (erasure.marks or {}).get("also", [])
    same = {"uid": erasure.uid, "made_at": erasure.made_at, "marks": erasure.marks, "registrations": erasure.registrations}
    return erase_person(plan=plan_for(person, references=references), by=erasure.made_by, also=also, **same, references=erasure.references)
