"""Traces: who opened what is about one person, and what happened to an account. Rows that nobody edits."""

from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Unchangeable(TypeError):
    """A trace was to be changed, or deleted by another way than the door for that."""


class TraceQuerySet(models.QuerySet[Any]):
    """Rows that are added and read. ``let_go`` is the one door through which they leave."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise Unchangeable("A trace is not changed.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable("A trace is not changed.")

    def delete(self) -> NoReturn:
        raise Unchangeable("A trace leaves by let_go(), when its time has come or the person it tells of is erased.")

    def let_go(self) -> int:
        """Delete these rows for good and say how many: for the purge of what is old, and for erasure; nothing else calls it."""
        return super().delete()[0]

    def about(self, *keys: str) -> Self:
        """Those about these rows, named as ``accounts.looks.key_of`` names them."""
        return self.filter(key__in=keys)


class Trace(models.Model):
    """What every trace has in common: saved once, never again."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable("A trace is not changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable("A trace leaves by let_go(), when its time has come or the person it tells of is erased.")


class LookQuerySet(TraceQuerySet):
    """Looks, whose reference follows the registration when somebody is erased."""

    def rename(self, reference: str) -> int:
        """Let these rows name by another reference somebody who has just been erased; nothing else calls it."""
        return models.QuerySet.update(self, reference=reference)


class Look(Trace):
    """One member of staff opened one page about one person; once for all times within the same ten minutes.

    It names rows by their keys and people by their reference, so that no trace holds a name.
    """

    class What(models.TextChoices):
        """What was opened. The codes are kept short: there are many rows."""

        PARTICIPANT_PAGE = "participant_page", _("the registration")
        PROTECTED_NAME = "protected_name", _("the registration with its protected name")
        HISTORY = "history", _("the change history")
        NEEDS = "needs", _("dietary and accessibility needs")
        JOURNEY = "journey", _("arrival and departure")
        PASSPORT = "passport", _("passport data")
        SEARCH = "search", _("a search that found this person")
        MESSAGE = "message", _("a mail to this person")
        USER_PAGE = "user_page", _("the account")
        INVITATION = "invitation", _("an invitation and whom it was sent to")
        TRACES = "traces", _("who did what about this person")
        COPY = "copy", _("the copy of everything held on this person")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    what = models.CharField(_("what"), max_length=20, choices=What)
    key = models.CharField(_("row"), max_length=80)  # "participants.participant:17"
    reference = models.CharField(_("reference"), max_length=40, blank=True)
    spell = models.BigIntegerField(editable=False)  # which ten minutes since 1970

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at personal data")
        verbose_name_plural = _("looks at personal data")
        ordering = ("-at", "-id")
        indexes = [
            models.Index(fields=("at", "id"), name="look_by_time"),
            models.Index(fields=("reference", "at"), name="look_by_reference"),
            models.Index(fields=("key", "at"), name="look_by_row"),
        ]
        # Also the index for "what did this member of staff look at".
        constraints = [models.UniqueConstraint(fields=("by", "what", "key", "spell"), name="look_once_in_ten_minutes")]

    def __str__(self) -> str:
        return f"{self.what} {self.key} {self.at:%Y-%m-%d %H:%M}"


class SecurityEvent(Trace):
    """What happened to an account: signed in, failed to, rights changed. Written by ``accounts.security_log`` beside its line.

    An account that is deleted leaves its rows behind without saying whose they were, so that they still count.
    """

    class Event(models.TextChoices):
        """The events of the security log that are kept as rows too; the others are lines only."""

        SIGN_IN = "sign_in", _("Signed in")
        SIGN_OUT = "sign_out", _("Signed out")
        SIGN_IN_FAILED = "sign_in_failed", _("Failed to sign in")
        SECOND_FACTOR_ADDED = "second_factor_added", _("Second factor set up")
        SECOND_FACTOR_REMOVED = "second_factor_removed", _("Second factor removed")
        SECOND_FACTOR_FAILED = "second_factor_failed", _("Second factor refused")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        ROLE_CHANGE = "role_change", _("Rights changed")
        SESSION_ENDED = "session_ended", _("Session ended from afar")
        DENIED = "denied", _("Was refused a page")

    at = models.DateTimeField(_("when"), default=timezone.now)
    event = models.CharField(pgettext_lazy("security", "event"), max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("about")
    )
    facts = models.JSONField(_("facts"), default=dict, blank=True)  # codes, keys and references; never a name or an address

    objects = TraceQuerySet.as_manager()

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=("at", "id"), name="security_event_by_time")]

    def __str__(self) -> str:
        return f"{self.event} {self.at:%Y-%m-%d %H:%M}"
