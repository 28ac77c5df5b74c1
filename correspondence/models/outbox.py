"""The outbox: every mail is a row before it is a mail. This app knows nothing of meetings."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User
from correspondence import kinds


class MessageTemplate(models.Model):
    """The words of one kind of mail in both languages, as the secretariat edits them."""

    kind = models.CharField(_("kind"), max_length=60, unique=True, editable=False)
    subject_en = models.CharField(_("subject (English)"), max_length=200)
    subject_fr = models.CharField(_("subject (French)"), max_length=200)
    body_en = models.TextField(_("text (English)"))
    body_fr = models.TextField(_("text (French)"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("mail template")
        verbose_name_plural = _("mail templates")
        ordering = ("kind",)

    def __str__(self) -> str:
        return str(kinds.get(self.kind).label)

    def clean(self) -> None:
        """Refuse a placeholder that this kind of mail does not have, naming it and those it has."""
        kind = kinds.get(self.kind)
        check_texts(self, placeholders=kind.placeholders, secrets=kind.secrets)


def check_texts(row: models.Model, *, placeholders: Collection[str], secrets: Collection[str]) -> None:
    """Raise ValidationError, field by field, for texts in two languages that could not be sent."""
    errors: dict[str, list[ValidationError]] = {}
    for field in ("subject_en", "subject_fr", "body_en", "body_fr"):
        unknown = kinds.placeholders_in(getattr(row, field)) - set(placeholders)
        if unknown:
            message = _("Unknown placeholder: %(unknown)s. This mail knows: %(known)s.")
            params = {"unknown": ", ".join(f"{{{n}}}" for n in sorted(unknown)), "known": ", ".join(f"{{{n}}}" for n in placeholders)}
            errors[field] = [ValidationError(message, code="unknown_placeholder", params=params)]
    for field in ("subject_en", "subject_fr"):
        if told := kinds.placeholders_in(getattr(row, field)) & set(secrets):
            message = _("A subject is read by many: %(told)s belongs into the text.")
            params = {"told": ", ".join(f"{{{name}}}" for name in sorted(told))}
            errors.setdefault(field, []).append(ValidationError(message, code="secret", params=params))
        if any(character in getattr(row, field) for character in "\r\n"):
            errors.setdefault(field, []).append(ValidationError(_("A subject is one line."), code="line_break"))
    if errors:
        raise ValidationError(errors)


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions about the outbox."""

    def due(self, at: Any) -> "MessageQuerySet":
        """Messages that may be tried now."""
        return self.filter(state=Message.State.QUEUED, next_attempt_at__lte=at)

    def abandoned(self, at: Any) -> "MessageQuerySet":
        """Messages whose worker took them and did not come back before its lease ran out."""
        return self.filter(state=Message.State.SENDING, lease_until__lt=at)


class Message(models.Model):
    """One e-mail to one person, written in the same transaction as what it tells about."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("sending")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        HELD = "held", _("held back")  # its campaign was stopped

    kind = models.CharField(_("kind"), max_length=60)
    dedup_key = models.CharField(_("event"), max_length=200, unique=True, help_text=_("One event is told once."))
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=2, choices=User.Language)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"), blank=True)
    reference = models.CharField(_("reference"), max_length=40, blank=True, db_index=True)
    is_secret = models.BooleanField(_("holds a link or code that opens something"), default=False)

    hides_address = models.BooleanField(_("address not shown in lists"), default=False)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    lease_until = models.DateTimeField(_("taken by a worker until"), null=True, blank=True)
    problem = models.TextField(_("what went wrong"), blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages (outbox)")
        ordering = ("-id",)
        indexes = [models.Index(fields=("state", "next_attempt_at"), name="message_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="message_sent_has_time",
                violation_error_message=_("A sent message has the time it was sent, any other has none."),
            )
        ]

    def __str__(self) -> str:
        return f"{kinds.label_of(self.kind)} #{self.pk}"

    @property
    def message_id(self) -> str:
        """The Message-ID header: the same at each attempt, so that a mail server drops a second copy."""
        return f"<message-{self.pk}@{kinds.mail_domain()}>"


class Heartbeat(models.Model):
    """When a worker last said that it is alive; one row per kind of worker."""

    name = models.CharField(max_length=60, unique=True)
    beat_at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.name
