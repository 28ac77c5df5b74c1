"""The way from a person to their rows in each table of the register, and what a copy leaves out, with the reason.

A table of the register that stands in neither fails a test.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from privacy.copies.owner import Owner
from privacy.register import tracked

PARTICIPANT_ENTRIES = Q(content_type__app_label="participants", content_type__model="participant")
USER_ENTRIES = Q(content_type__app_label="accounts", content_type__model="user")


def entries_of(owner: Owner) -> Q:
    """What the back office's own log says of them."""
    about = PARTICIPANT_ENTRIES & Q(object_id__in=[str(key) for key in owner.keys])
    if owner.account:
        about |= USER_ENTRIES & Q(object_id=str(owner.account.pk))
    return about


def recipients_of(owner: Owner) -> Q:
    """The lines of campaigns about their registrations, and those whose mail went to them."""
    mails = Q(message__to__in=owner.addresses) | (Q(message__reference__in=owner.references) & ~Q(message__reference=""))
    return mails | Q(campaign__audience="participants", key__in=[str(key) for key in owner.keys])


WAYS: dict[str, Callable[[Owner], Q]] = {
    "participants.participant": lambda owner: Q(pk__in=owner.keys),
    "participants.needs": lambda owner: Q(participant__in=owner.keys),
    "participants.journey": lambda owner: Q(participant__in=owner.keys),
    "participants.note": lambda owner: Q(participant__in=owner.keys),
    "participants.merge": lambda owner: Q(survivor__in=owner.keys) | Q(other__in=owner.keys),
    "participants.notsame": lambda owner: Q(first__in=owner.keys) | Q(second__in=owner.keys),
    "participants.step": lambda owner: Q(participant__in=owner.keys),
    "participants.passport": lambda owner: Q(participant__in=owner.keys),
    "participants.personallink": lambda owner: Q(participant__in=owner.keys),
    "participants.handover": lambda owner: Q(participant__in=owner.keys) | Q(to__in=owner.keys) | Q(email__in=owner.addresses),
    "participants.offer": lambda owner: Q(participant__in=owner.keys),
    "participants.reveal": lambda owner: Q(participant__in=owner.keys),
    "participants.exportrecord": lambda owner: Q(pk__in=owner.exports),
    "participants.importrecord": lambda owner: Q(pk__in=owner.imports),
    "attendance.part": lambda owner: Q(participant__in=owner.keys),
    "attendance.admission": lambda owner: Q(participant__in=owner.keys),
    "attendance.booking": lambda owner: Q(participant__in=owner.keys),
    "attendance.wish": lambda owner: Q(participant__in=owner.keys),
    "attendance.allocation": lambda owner: owner.account_in("made_by"),
    "attendance.badge": lambda owner: Q(participant__in=owner.keys),
    "attendance.checkin": lambda owner: Q(participant__in=owner.keys),
    "attendance.scan": lambda owner: Q(participant__in=owner.keys),
    "attendance.device": lambda owner: owner.account_in("made_by"),
    "attendance.certificate": lambda owner: Q(participant__in=owner.keys),
    "attendance.evaluated": lambda owner: Q(participant__in=owner.keys),
    "privacy.erasurerequest": lambda owner: owner.account_in("user"),
    "participants.consent": lambda owner: Q(participant__in=owner.keys),
    "correspondence.message": lambda owner: (Q(reference__in=owner.references) & ~Q(reference="")) | Q(to__in=owner.addresses),
    "correspondence.campaign": lambda owner: owner.account_in("made_by", "sent_by"),
    "correspondence.campaignrecipient": recipients_of,
    "delegations.body": lambda owner: Q(contact_email__in=owner.addresses),
    "delegations.correspondent": lambda owner: owner.account_in("user"),
    "delegations.invitation": lambda owner: Q(email__in=owner.addresses),
    "delegations.invitationlink": lambda owner: owner.account_in("user") | Q(email__in=owner.addresses),
    "delegations.nomination": lambda owner: Q(email__in=owner.addresses) | Q(participant__in=owner.keys),
    "delegations.nominationlink": lambda owner: Q(nomination__email__in=owner.addresses) | Q(nomination__participant__in=owner.keys),
    "accounts.user": lambda owner: owner.account_in("pk"),
    "accounts.look": lambda owner: Q(key__in=owner.traces) | (Q(reference__in=owner.references) & ~Q(reference="")),
    "accounts.securityevent": lambda owner: owner.account_in("by", "about"),
    "admin.logentry": entries_of,
    "usersessions.usersession": lambda owner: owner.account_in("user"),
    "mfa.authenticator": lambda owner: owner.account_in("user"),
    "account.emailaddress": lambda owner: owner.account_in("user"),
    "account.emailconfirmation": lambda owner: owner.account_in("email_address__user"),
}

OPENS = _("It opens something, so it leaves in no file; that it exists is said.")
MACHINE = _("Only the program reads it, and it is made from what stands here.")
OTHERS = _("It may tell of other people.")
UNTOLD = _("It says of nobody who it is; nothing leads from a person to it.")
PUBLISHED = _("It is published with the meeting, where it can be read and corrected.")
GONE = _("It is written when somebody is erased, and then nothing leads to them.")
DEEDS = _("What members of staff changed stands in the history of what they changed, which is about other people or about none.")

# What a member of staff sees in a copy with a permission of its own: table → the permission, and why it is left out without.
CLOSED: dict[str, tuple[str, Any]] = {
    "participants.passport": (
        "participants.view_passport",
        _("Only those who write visa letters see it. The person finds it in the copy on their own pages."),
    )
}

# A table, or one of its fields, and why it is not in a copy.
LEFT_OUT: dict[str, Any] = {
    "participants.participant.search_key": MACHINE,
    "participants.participant.submission_key": MACHINE,
    "participants.personallink.token_hash": OPENS,
    "attendance.badge.code": OPENS,
    "attendance.checkin.substitute": OTHERS,
    "attendance.historicalcheckin.substitute": OTHERS,
    "participants.notsame.first": OTHERS,
    "participants.notsame.second": OTHERS,
    "participants.exportrecord.filters": OTHERS,
    "participants.exportrecord.options": OTHERS,
    "participants.exportedpeople": MACHINE,
    "correspondence.message.dedup_key": MACHINE,
    "correspondence.campaign.query": OTHERS,
    "correspondence.campaign.chosen": OTHERS,
    "correspondence.campaignrecipient.key": MACHINE,
    "correspondence.message.problem": OTHERS,
    "correspondence.historicalmessagetemplate": DEEDS,
    "meetings.meeting": PUBLISHED,
    "meetings.historicalmeeting": PUBLISHED,
    "meetings.session": PUBLISHED,
    "meetings.historicalsession": PUBLISHED,
    "meetings.datechange": DEEDS,
    "meetings.programmeversion": DEEDS,
    "delegations.invitationlink.token_hash": OPENS,
    "delegations.nominationlink.token_hash": OPENS,
    "delegations.nomination.replaced_by": OTHERS,
    "delegations.historicalnomination.replaced_by": OTHERS,
    "accounts.user.password": OPENS,
    "accounts.look.key": MACHINE,
    "accounts.look.spell": MACHINE,
    "accounts.tally": UNTOLD,
    "attendance.evaluationanswer": UNTOLD,
    "admin.logentry.object_id": MACHINE,
    "sessions.session": OPENS,
    "usersessions.usersession.session_key": OPENS,
    "usersessions.usersession.data": MACHINE,
    "mfa.authenticator.data": OPENS,
    "account.emailconfirmation.key": OPENS,
    "django_tasks_database.dbtaskresult": UNTOLD,
    "privacy.erasure": GONE,
    "privacy.historicalretentionperiod": DEEDS,
    "privacy.noticeversion": DEEDS,
}


def rows_of(model: type[Model], owner: Owner) -> QuerySet[Any]:
    """This person's rows of a table, or of the history of one, the oldest first."""
    if (followed := tracked(model)) is not None:
        keys = list(rows_of(followed, owner).values_list("pk", flat=True))
        return model._default_manager.filter(**{f"{followed._meta.pk.name}__in": keys}).order_by(followed._meta.pk.name, "history_id")
    found = model._default_manager.filter(WAYS[model._meta.label_lower](owner))
    # A nomination and its links are found by two ways at once.
    return model._default_manager.filter(pk__in=found.order_by().values("pk")).order_by("pk")


def closed_to(reader: User) -> dict[str, Any]:
    """The tables that a member of staff does not see in somebody's copy, with the reason."""
    return {table: why for table, (permission, why) in CLOSED.items() if not reader.has_perm(permission)}


def is_left_out(*names: str) -> bool:
    """True when one of these tables or fields is not in a copy; a history leaves out what its table leaves out."""
    return any(name in LEFT_OUT for name in names)
