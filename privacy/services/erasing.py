"""Erasing one person: everything that leads to them goes, in one transaction, and every figure stays what it was."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import security_log
from accounts.erasure import erase_account
from accounts.models import User
from accounts.text import fold
from correspondence import files
from correspondence.erasure import let_go_of_mails
from delegations.erasure import erase_invited
from participants import services as participants
from participants.errors import Refused
from participants.models import Participant, Passport
from privacy.finding import Terms, every_table
from privacy.models import Erasure, ErasureRequest
from privacy.services.disk import overwrite
from privacy.services.mentions import Found, columns_of, find_mentions, take_out
from privacy.services.people import Person, addresses_of, earlier_accounts, families_of_others, is_current, references_of, terms_for
from privacy.services.registrations import keys_of, marks_of
from privacy.services.tombstones import mark_of, put_down


class NothingLeft(Refused):
    """Nobody is there any more to be erased."""

    reason = _("This person is erased already.")


class StillStaff(Refused):
    """The account still opens the back office."""

    reason = _("This account belongs to the staff. Take its rights away first, then erase it.")


@dataclass(frozen=True, slots=True)
class Plan:
    """What an erasure will do, as read before anything is changed."""

    person: Person
    terms: Terms
    found: Found
    withdrawn: tuple[Participant, ...] = ()
    # primary key → the reference a registration had got before, where an erasure is done again in a restored backup
    references: Mapping[int, str] = field(default_factory=dict)


def plan_for(person: Person, *, references: Mapping[int, str] | None = None) -> Plan:
    """Find everything, which takes a while and locks nothing. Raises NothingLeft or StillStaff."""
    if person.is_erased:
        raise NothingLeft
    if person.user and (person.user.is_staff or person.user.is_superuser):
        raise StillStaff
    terms = terms_for(person)
    found = find_mentions(terms, going=going_with(person), shared_families=families_of_others(person))
    current = tuple(one for one in person.registrations if is_current(one, timezone.now()))
    return Plan(person, terms, found, current, references or {})


def going_with(person: Person) -> dict[str, Q]:
    """Which rows go or are emptied with the person, so that nobody need look for names in them."""
    mails = Q(reference__in=references_of(person)) | Q(to__in=addresses_of(person))
    return {
        "participants.participant": Q(pk__in=person.keys),
        "participants.historicalparticipant": Q(id__in=person.keys),
        **dict.fromkeys(["participants.needs", "participants.journey", "participants.passport"], Q(participant__in=person.keys)),
        "participants.reveal": Q(participant__in=person.keys),
        "correspondence.message": mails,
    }


def rehearse(plan: Plan) -> Counter[str]:
    """How many rows of each kind an erasure takes: it is done, counted, and taken back."""
    with transaction.atomic():
        gone = carry_out(plan, by=None)
        transaction.set_rollback(True)
    return gone


@transaction.atomic
def erase_person(*, plan: Plan, by: User | None, also: Collection[str] = (), **known: Any) -> Erasure:
    """Erase somebody for good. ``also`` are the keys of mentions whose words are theirs after all, ``known`` what the ledger
    has of it already where it is done again.

    Registrations for a meeting that is not over are withdrawn first, so that the place goes to the next in line.
    """
    person = plan.person
    marks = {"rows": marks_of(person.registrations), "also": sorted(also)}
    if person.user:
        marks["account"] = mark_of(person.user, person.user.date_joined)
    account = person.user.pk if person.user else None
    gone = carry_out(plan, by=by, also=also)
    made = {"account": account, "marks": marks, **keys_of(person.registrations), **known}
    erasure = put_down(Erasure(purpose=Erasure.Purpose.REQUEST, made_by=by, counts=dict(gone), **made))
    security_log.record("erased", by=by, erasure=str(erasure.uid), registrations=erasure.registrations, account=account)
    transaction.on_commit(lambda: clean_up(plan.terms))
    return erasure


def carry_out(plan: Plan, *, by: User | None, also: Collection[str] = ()) -> Counter[str]:
    """Every step; the names are known from the plan, because they are gone from the rows one after the other."""
    person, gone = plan.person, Counter[str]()
    addresses, references, earlier = addresses_of(person), references_of(person), earlier_accounts(person)
    # Counted here, because withdrawing takes them away.
    gone["participants.passport"] = Passport.objects.filter(participant__in=plan.withdrawn).count()
    for participant in plan.withdrawn:
        participants.withdraw(participant=participant, by=by)
    for participant in person.registrations:
        gone.update(participants.erase_registration(participant=participant, reference=plan.references.get(participant.pk, "")))
    gone.update(erase_invited(addresses=addresses))
    gone["correspondence.message"] += let_go_of_mails(references=references, addresses=addresses)
    if person.user:
        ErasureRequest.objects.filter(user=person.user).delete()
    for user in [*([person.user] if person.user else []), *earlier]:
        gone.update(erase_account(user=user))
    gone["participants.exportrecord"] += participants.change_searches(change=plan.terms.redact_search)
    gone.update(taken_out(plan, also))
    gone["files:mail"] = len(files.files_with(is_in(plan.terms)))
    return +gone


def taken_out(plan: Plan, also: Collection[str]) -> Counter[str]:
    """Take the names out of other people's rows: what is certain everywhere, other words where a human said so."""
    gone = Counter[str]()
    for model, keys in plan.found.certain.items():
        for pk in keys:
            gone[model._meta.label_lower] += take_out(model, pk, columns_of(model), plan.terms.redact)
    models = {model._meta.label_lower: model for model in every_table()}
    for mention in plan.found.doubtful:
        if mention.key in also:
            gone[mention.table] += take_out(models[mention.table], mention.pk, [mention.column], plan.terms.redact_all)
    return gone


def is_in(terms: Terms) -> Callable[[str], bool]:
    """Whether a text names somebody for certain."""
    pattern = terms.certain_pattern
    return lambda text: pattern is not None and pattern.search(fold(text)) is not None


def clean_up(terms: Terms) -> None:
    """What no transaction can take back, done once it is sure: files, figures kept for a minute, freed parts of the disk."""
    files.take_out(is_in(terms))
    cache.clear()
    overwrite()
