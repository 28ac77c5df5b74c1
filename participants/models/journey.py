"""When and how somebody comes and goes, and where they sleep: kept apart, encrypted, seen with its own permission."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.encrypted import EncryptedCharField, EncryptedDateField
from participants.models.participant import Participant


class Journey(models.Model):
    """Arrival and departure of one participant; the row exists only where something was said."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="journey", verbose_name=_("participant"))
    arrives_on = EncryptedDateField(_("arrival"), blank=True)
    departs_on = EncryptedDateField(_("departure"), blank=True)
    arrival_details = EncryptedCharField(_("how they arrive"), max_length=200, blank=True)
    departure_details = EncryptedCharField(_("how they leave"), max_length=200, blank=True)
    hotel = EncryptedCharField(_("hotel"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("arrival and departure")
        verbose_name_plural = _("arrivals and departures")

    def __str__(self) -> str:
        return str(self.participant)

    def clean(self) -> None:
        if self.is_backwards():
            raise ValidationError({"departs_on": _("The departure is before the arrival.")}, code="order")

    def is_backwards(self) -> bool:
        """True when the days cannot be true. The database cannot see them, so the forms and the service ask."""
        return self.arrives_on is not None and self.departs_on is not None and self.departs_on < self.arrives_on
