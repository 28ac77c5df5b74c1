"""What a letter in support of a visa must state of somebody's passport: kept apart, encrypted, seen with its own permission."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.encrypted import EncryptedCharField, EncryptedDateField
from participants.models.participant import Participant


class Passport(models.Model):
    """The passport of one participant, given for a visa letter and for nothing else; most need none and have no row."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="passport", verbose_name=_("participant"))
    nationality = EncryptedCharField(_("nationality"), max_length=2)  # the code of a country
    number = EncryptedCharField(_("passport number"), max_length=20)
    issued_on = EncryptedDateField(_("issued on"))
    expires_on = EncryptedDateField(_("valid until"))
    born_on = EncryptedDateField(_("date of birth"))
    birth_place = EncryptedCharField(_("place of birth"), max_length=100)

    class Meta:
        verbose_name = _("passport")
        verbose_name_plural = _("passports")

    def __str__(self) -> str:
        return str(self.participant)

    def clean(self) -> None:
        """Days that cannot be true together."""
        if out_of_order(self.born_on, self.issued_on):
            raise ValidationError({"issued_on": _("This is before the date of birth.")}, code="order")
        if out_of_order(self.issued_on, self.expires_on):
            raise ValidationError({"expires_on": _("This is before the day on which it was issued.")}, code="order")


def out_of_order(first: dt.date | None, second: dt.date | None) -> bool:
    """True when both days are known and the second does not come after the first."""
    return first is not None and second is not None and second <= first
