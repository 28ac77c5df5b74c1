"""What somebody needs at table and in the building: special-category data, kept apart, encrypted, seen with its own permission."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.encrypted import EncryptedCharField, EncryptedTextField
from participants.models.participant import Participant


class Needs(models.Model):
    """Dietary and accessibility needs of one participant; the row exists only where something was said."""

    class Diet(models.TextChoices):
        """Answers a caterer can count; anything else goes into words."""

        VEGETARIAN = "vegetarian", _("Vegetarian")
        VEGAN = "vegan", _("Vegan")
        NO_PORK = "no_pork", _("No pork")
        HALAL = "halal", _("Halal")
        KOSHER = "kosher", _("Kosher")
        GLUTEN_FREE = "gluten_free", _("Gluten-free")
        LACTOSE_FREE = "lactose_free", _("Lactose-free")
        OTHER = "other", _("Something else")

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="needs", verbose_name=_("participant"))
    diet = EncryptedCharField(_("food"), max_length=20, choices=Diet, blank=True)
    diet_details = EncryptedTextField(_("food, in your words"), max_length=500, blank=True)
    accessibility = EncryptedTextField(_("accessibility"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("dietary and accessibility needs")
        verbose_name_plural = _("dietary and accessibility needs")
        # Whoever may view this table may read it; the permission is Django's own view_needs.

    def __str__(self) -> str:
        return str(self.participant)
