"""Which standing reminders a meeting sends, and how many days ahead."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting


class ReminderSetting(models.Model):
    """One standing reminder of one meeting, as the secretariat set it; without a row it is as it comes."""

    class Reminder(models.TextChoices):
        CONFIRM_ADDRESS = "confirm_address", _("Address not confirmed: days before the form is deleted")
        COMPLETE = "complete", _("Nominees who have not completed: days before the deadline")
        PROMISED = "promised", _("Delegations that will nominate and gave no names: days before the deadline")
        BEFORE = "before", _("Confirmed: practical information, days before the meeting")
        THANKS = "thanks", _("Confirmed: thank you, days after the meeting")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="reminder_settings")
    reminder = models.CharField(_("reminder"), max_length=20, choices=Reminder)
    is_on = models.BooleanField(_("switched on"), default=False)
    days = models.PositiveSmallIntegerField(_("days"), default=3)

    class Meta:
        verbose_name = _("standing reminder")
        verbose_name_plural = _("standing reminders")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "reminder"),
                name="reminder_once_per_meeting",
                violation_error_message=_("This reminder is set already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"


# What holds for a meeting that says nothing else: whether it is sent, and how many days.
DEFAULTS: dict[str, tuple[bool, int]] = {
    ReminderSetting.Reminder.CONFIRM_ADDRESS: (True, 2),
    ReminderSetting.Reminder.COMPLETE: (False, 5),
    ReminderSetting.Reminder.PROMISED: (False, 5),
    ReminderSetting.Reminder.BEFORE: (False, 7),
    ReminderSetting.Reminder.THANKS: (False, 1),
}
