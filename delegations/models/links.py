"""Personal links to an invitation: what the mail carries in place of a password. Only a hash of the token is stored."""

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.tokens import hash_of, new_token
from delegations.models.invitations import Invitation


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
