"""One mail to many: what it says, whom it was meant for, and what became of it. Rows hold keys of people, not names."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.text import PersonCharField, PersonTextField
from correspondence import audiences
from correspondence.models.outbox import Message, check_texts

LEASE = dt.timedelta(minutes=2)  # for one batch; it takes a second or two


class Campaign(models.Model):
    """A mail to everybody whom a query shows. ``state`` changes only in ``correspondence.campaigns``."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("campaign", "Draft")
        SENDING = "sending", pgettext_lazy("campaign", "Being sent")
        STOPPED = "stopped", pgettext_lazy("campaign", "Stopped")
        DONE = "done", pgettext_lazy("campaign", "Sent")
        GIVEN_UP = "given_up", pgettext_lazy("campaign", "Given up")

    name = PersonCharField(_("name"), max_length=120, help_text=_("For the list in the back office; nobody else reads it."))
    audience = models.CharField(_("written to"), max_length=60, editable=False)
    query = models.TextField(blank=True, editable=False)  # what the list of people was filtered by, until it is sent
    chosen = models.JSONField(_("chosen"), default=dict, editable=False)  # {"query": the same, without what may name somebody}
    counted = models.PositiveIntegerField(default=0, editable=False)  # how many it showed when it was chosen

    subject_en = PersonCharField(_("subject (English)"), max_length=200, blank=True)
    subject_fr = PersonCharField(_("subject (French)"), max_length=200, blank=True)
    body_en = PersonTextField(_("text (English)"), blank=True, max_length=10_000)
    body_fr = PersonTextField(_("text (French)"), blank=True, max_length=10_000)

    state = models.CharField(_("status"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    made_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made by"), editable=False
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    sent_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("sent by"), editable=False
    )
    sent_at = models.DateTimeField(_("sending began"), null=True, blank=True, editable=False)
    mails = models.PositiveIntegerField(_("mails"), default=0, editable=False)
    left_out = models.JSONField(_("left out"), default=dict, editable=False)  # reason → how many
    touched_at = models.DateTimeField(null=True, blank=True, editable=False)
    looked_on = models.DateField(null=True, blank=True, editable=False)  # the last day on which it was looked who still gets it
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ("-id",)
        permissions = [("send_campaign", _("Can send a campaign and stop it"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", sent_at__isnull=True) | (~Q(state="draft") & Q(sent_at__isnull=False)),
                name="campaign_sent_has_time",
                violation_error_message=_("A campaign that was sent has the time it began, a draft has none."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}" if self.pk else str(_("new campaign"))

    def clean(self) -> None:
        """Refuse a placeholder that this audience does not have, and a subject of two lines."""
        audience = audiences.get(self.audience)
        check_texts(self, placeholders=audience.placeholders, secrets=audience.secrets)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def has_words_in(self, language: str) -> bool:
        """True when subject and text in that language are written."""
        return bool(getattr(self, f"subject_{language}").strip() and getattr(self, f"body_{language}").strip())


class CampaignRecipientQuerySet(models.QuerySet["CampaignRecipient"]):
    """Questions about those a campaign was meant for."""

    def waiting(self) -> Self:
        """Those whose mail is not written to the outbox yet."""
        return self.filter(reason="", written_at=None)

    def held(self) -> Self:
        """Those whose mail is written and held back."""
        return self.filter(reason="", message__state=Message.State.HELD)


class CampaignRecipient(models.Model):
    """One person whom a campaign was meant for, by key: their mail, or the reason why there is none."""

    class Reason(models.TextChoices):
        NO_ADDRESS = "no_address", _("no address")
        DUPLICATE = "duplicate", _("the same address as somebody before")
        UNPROVEN = "unproven", _("address not confirmed")
        ERASED = "erased", _("erased")
        GONE = "gone", _("no longer there")
        TODAY = "today", _("invited or reminded today already")
        ANSWERED = "answered", _("has answered")
        UNUSABLE = "unusable", _("not a usable address")
        GIVEN_UP = "given_up", _("the campaign was given up")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="recipients")
    key = models.CharField(max_length=60)
    language = models.CharField(max_length=2, choices=User.Language)
    reason = models.CharField(_("why there is no mail"), max_length=12, choices=Reason, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    message = models.OneToOneField(Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="campaign_recipient")

    objects = CampaignRecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient of a campaign")
        verbose_name_plural = _("recipients of campaigns")
        constraints = [
            models.UniqueConstraint(
                fields=("campaign", "key"),
                name="campaign_recipient_once",
                violation_error_message=_("Nobody gets a campaign twice."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"

    @property
    def dedup_key(self) -> str:
        """Names the event in the outbox: one campaign reaching one person."""
        return f"campaign:{self.campaign_id}:{self.key}"


def figures_of(campaign: Campaign) -> dict[str, Any]:
    """How many are sent, queued, failed, held back, not written yet; and left out, by reason. Two queries."""
    rows = campaign.recipients
    counted = {"waiting": 0, "queued": 0, "sent": 0, "failed": 0, "held": 0, "forgotten": 0}
    written = rows.filter(reason="").order_by().annotate(unwritten=Q(written_at=None))
    for state, unwritten, number in written.values_list("message__state", "unwritten").annotate(number=models.Count("pk")):
        counted["waiting" if unwritten else {"sending": "queued", None: "forgotten"}.get(state, state)] += number
    reasons = rows.exclude(reason="").order_by().values_list("reason").annotate(number=models.Count("pk"))
    return {**counted, "left_out": dict(reasons), "mails": sum(counted.values())}
