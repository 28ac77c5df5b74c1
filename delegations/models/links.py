"""Personal links to an invitation: what the mail carries in place of a password. Only a hash of the token is stored."""

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.tokens import hash_of, new_token
from delegations.models.invitations import Invitation
from delegations.models.nominations import Nomination


class InvitationLinkQuerySet(models.QuerySet["InvitationLink"]):
    """Questions about links."""

    def find(self, token: str, *, purpose: str) -> "InvitationLink | None":
        """The link with this token and purpose, whether it still opens anything or not, with its invitation."""
        related = self.select_related("user", "invitation__meeting", "invitation__country", "invitation__body")
        return related.filter(token_hash=hash_of(token), purpose=purpose).first()

    def usable(self, at: dt.datetime) -> "InvitationLinkQuerySet":
        """Links that still open something."""
        return self.filter(revoked_at=None, expires_at__gt=at)


class InvitationLink(models.Model):
    """One link of one reader to one invitation, good until it expires or is revoked. A GET never changes anything.

    A reader gets a new link with each mail, because no token can be had again; the earlier ones go on working.
    """

    class Purpose(models.TextChoices):
        REPLY = "reply", _("read and answer an invitation")

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=20, choices=Purpose)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")  # the correspondent it was sent to
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to an invitation")
        verbose_name_plural = _("links to invitations")

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} #{self.pk}"

    @classmethod
    def issue(cls, invitation: Invitation, *, purpose: str, user: User | None, email: str, expires_at: dt.datetime) -> str:
        """Make a link and return its token, which is not stored and cannot be had again."""
        token = new_token()
        cls.objects.create(invitation=invitation, purpose=purpose, user=user, email=email, token_hash=hash_of(token), expires_at=expires_at)
        return token

    def is_expired(self, at: dt.datetime) -> bool:
        """True once its time has passed."""
        return at >= self.expires_at


class NominationLinkQuerySet(models.QuerySet["NominationLink"]):
    """Questions about links."""

    def find(self, token: str) -> "NominationLink | None":
        """The link with this token, whether it still opens anything or not, with its nomination."""
        related = self.select_related("nomination__invitation__meeting", "nomination__invitation__country", "nomination__invitation__body")
        return related.filter(token_hash=hash_of(token)).first()

    def usable(self, at: dt.datetime) -> "NominationLinkQuerySet":
        """Links that still open something."""
        return self.filter(revoked_at=None, expires_at__gt=at)


class NominationLink(models.Model):
    """Lets the one who was put forward complete or decline, under the address of the nomination and no other.

    Good until it expires or is revoked; a newer one takes its place. A GET never changes anything.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = NominationLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link for a nominee")
        verbose_name_plural = _("links for nominees")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"

    @classmethod
    def issue(cls, nomination: Nomination, *, at: dt.datetime, expires_at: dt.datetime) -> str:
        """Make a link and return its token, which is not stored and cannot be had again; earlier ones are revoked."""
        cls.objects.filter(nomination=nomination, revoked_at=None).update(revoked_at=at)
        token = new_token()
        cls.objects.create(nomination=nomination, token_hash=hash_of(token), created_at=at, expires_at=expires_at)
        return token

    def is_replaced(self) -> bool:
        """True when a newer link was sent."""
        return type(self).objects.filter(nomination_id=self.nomination_id, pk__gt=self.pk).exists()
