"""Nominations: the names put forward under an invitation."""

import secrets
from pathlib import PurePath
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User, normal_address
from accounts.text import PersonCharField
from delegations.models.invitations import Invitation


def letter_path(nomination: "Nomination", filename: str) -> str:
    """Where a letter of nomination is kept: under a name that says nobody's, and never under the one it was uploaded with."""
    return f"nominations/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()[:8]}"


class NominationQuerySet(models.QuerySet["Nomination"]):
    """Questions about nominations."""

    def standing(self) -> Self:
        """Those put forward and neither withdrawn nor replaced: they count against the quota."""
        return self.filter(state=Nomination.State.PUT_FORWARD)

    def in_order(self) -> Self:
        """As the correspondent ordered them, the first to come first."""
        return self.order_by("priority", "pk")


class Nomination(models.Model):
    """One name put forward by a national authority or an organisation.

    The state changes only in ``participants.services``, together with the registration that comes of it.
    """

    class State(models.TextChoices):
        PUT_FORWARD = "put_forward", _("Put forward")
        WITHDRAWN = "withdrawn", _("Taken back")
        NOT_COMING = "not_coming", _("Cannot come")
        REPLACED = "replaced", _("Replaced")

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="nominations", verbose_name=_("invitation"))
    salutation = models.CharField(_("title"), max_length=2, choices=Invitation.Salutation, blank=True)
    given_name = PersonCharField(_("given names"), max_length=100, blank=True)
    family_name = PersonCharField(_("family name"), max_length=100)
    function = PersonCharField(_("function"), max_length=200, blank=True)
    service = PersonCharField(_("service or unit"), max_length=200, blank=True)
    organisation = PersonCharField(_("organisation"), max_length=200, blank=True)
    sector = models.SlugField(_("sector"), max_length=30, blank=True, default="", db_default="")  # a code: sectors live further up
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language of mails"), max_length=2, choices=User.Language, default=User.Language.ENGLISH)
    is_head = models.BooleanField(_("head of delegation"), default=False)
    is_reimbursed = models.BooleanField(_("reimbursed"), default=False)
    priority = models.PositiveSmallIntegerField(_("order"), default=1)
    letter = models.FileField(_("letter of nomination"), upload_to=letter_path, blank=True)

    state = models.CharField(_("status"), max_length=12, choices=State, default=State.PUT_FORWARD, editable=False)
    replaced_by = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by"), editable=False
    )
    put_forward_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("put forward by"), editable=False
    )
    put_forward_at = models.DateTimeField(_("put forward"), default=timezone.now, editable=False)

    objects = NominationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ("invitation", "priority", "pk")
        constraints = [
            # An invitation is unique for a country and meeting, so this is one for each.
            models.UniqueConstraint(
                fields=("invitation",),
                condition=Q(is_head=True, state="put_forward"),
                name="nomination_one_head_of_delegation",
                violation_error_message=_("This delegation has a head already."),
            ),
            models.UniqueConstraint(
                fields=("invitation", "email"),
                condition=Q(state="put_forward"),
                name="nomination_address_once",
                violation_error_message=_("Somebody with this address is nominated already."),
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(state="replaced"),
                name="nomination_replaced_by_goes_with_state",
                violation_error_message=_("Only a nomination that was replaced has a successor."),
            ),
        ]

    def __str__(self) -> str:
        """The key, not the name: this text ends up in logs and in the admin's trail."""
        return f"{self._meta.verbose_name} #{self.pk}"

    def clean(self) -> None:
        self.email = normal_address(self.email)

    @property
    def name(self) -> str:
        """The name as typed, for whoever put it forward and for the secretariat."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)
