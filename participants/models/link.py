"""Personal links: what a mail carries in place of a password. Only a hash of the token is stored."""

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.tokens import hash_of, new_token
from participants.models.participant import Participant


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    """Questions about links."""

    def find(self, token: str, *, purpose: str) -> "PersonalLink | None":
        """The link with this token and purpose, usable or not, with its participant and meeting."""
        return self.select_related("participant__meeting").filter(token_hash=hash_of(token), purpose=purpose).first()

    def usable(self, at: dt.datetime) -> "PersonalLinkQuerySet":
        """Links that still open something, if only the page that says that they were used."""
        return self.filter(revoked_at=None, expires_at__gt=at)


class PersonalLink(models.Model):
    """One link for one purpose, good until it expires, is used or is revoked. A GET never uses it up.

    A used link shows until it expires that it was used.
    """

    class Purpose(models.TextChoices):
        PROVE_ADDRESS = "prove_address", _("prove the e-mail address")
        ANSWER_OFFER = "answer_offer", _("answer the offer of a place")
        TAKE_OVER = "take_over", _("take a place over from a colleague")
        CALENDAR = "calendar", _("subscribe to the own calendar")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=20, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} #{self.pk}"

    @classmethod
    def issue(cls, participant: Participant, *, purpose: str, expires_at: dt.datetime) -> str:
        """Make a link and return its token, which is not stored and cannot be had again; earlier ones are revoked."""
        cls.objects.filter(participant=participant, purpose=purpose, used_at=None, revoked_at=None).update(revoked_at=timezone.now())
        token = new_token()
        cls.objects.create(participant=participant, purpose=purpose, token_hash=hash_of(token), expires_at=expires_at)
        return token

    def is_expired(self, at: dt.datetime) -> bool:
        """True once its time has passed."""
        return at >= self.expires_at

    def is_replaced(self) -> bool:
        """True when a newer link for the same purpose was sent."""
        return type(self).objects.filter(participant_id=self.participant_id, purpose=self.purpose, pk__gt=self.pk).exists()

    def state(self, at: dt.datetime) -> str:
        """In one word: revoked, used, expired or open."""
        if self.revoked_at is not None:
            return "revoked"
        if self.used_at is not None:
            return "used"
        return "expired" if self.is_expired(at) else "open"
