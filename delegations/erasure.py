"""Taking somebody out of invitations and nominations: the row stays for the figures and says nothing of the person."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import FileField

from accounts.erasure import NOBODY
from delegations.models import Invitation, InvitationLink, Nomination, NominationLink

NO_NAME = "–"  # an invitation of a person and a nomination need a name and an address
WORDS = ("salutation", "given_name", "organisation", "function")
ALSO_OF = {Invitation: ("text_en", "text_fr", "reply_words", "reply_note"), Nomination: ("service", "letter")}


def names_at(addresses: Collection[str]) -> list[tuple[str, str]]:
    """Given and family names under which these addresses were invited or put forward, earlier ones too."""
    tables = [table for model in ALSO_OF for table in (model.objects, model.history)]  # type: ignore[attr-defined]
    return [pair for table in tables for pair in table.filter(email__in=addresses).values_list("given_name", "family_name")]


@transaction.atomic
def erase_invited(*, addresses: Collection[str]) -> Counter[str]:
    """Empty every invitation and nomination of these addresses; says how many rows of each kind went or were emptied."""
    gone = Counter({"delegations.invitationlink": InvitationLink.objects.filter(email__in=addresses).delete()[0]})
    for model in ALSO_OF:
        gone.update(emptied(model.objects.select_for_update().filter(email__in=addresses)))  # type: ignore[attr-defined]
    return +gone


def emptied(rows: Iterable[Any]) -> Counter[str]:
    """Empty rows of one of the two tables for good, with their history."""
    gone = Counter[str]()
    for row in rows:
        if isinstance(row, Nomination):
            gone["delegations.nominationlink"] += NominationLink.objects.filter(nomination=row).delete()[0]
        for name in (*WORDS, *ALSO_OF[type(row)]):
            if isinstance(row._meta.get_field(name), FileField):
                let_go_of_file(getattr(row, name))
            setattr(row, name, "")
        row.family_name, row.email = NO_NAME, NOBODY.format(row.pk)
        row.save()
        history = row.history.model.objects.filter(id=row.pk)
        gone[history.model._meta.label_lower] += history.delete()[0]  # last, because saving leaves one more line
        gone[row._meta.label_lower] += 1
    return +gone


def let_go_of_file(file: Any) -> None:
    """Delete a file once it is sure that its row says nothing of it any more."""
    if file:
        transaction.on_commit(partial(file.storage.delete, file.name))
