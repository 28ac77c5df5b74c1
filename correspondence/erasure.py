"""Taking somebody out of the outbox."""

from collections.abc import Collection

from django.db.models import Q

from correspondence.models import Message


def let_go_of_mails(*, references: Collection[str] = (), addresses: Collection[str] = ()) -> int:
    """Delete the mails about these registrations and to these addresses, waiting ones too; says how many."""
    about = Q(reference__in=[one for one in references if one]) | Q(to__in=[one for one in addresses if one])
    return Message.objects.filter(about).delete()[0]
