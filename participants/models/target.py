"""What the secretariat wants of a meeting's balance: how many of a kind, or which share of everybody."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.audiences import Category
from meetings.models import Meeting


class Target(models.Model):
    """At least so many people of one kind at one meeting, or at least such a share; within one category where one is named."""

    class Dimension(models.TextChoices):
        SECTOR = "sector", _("Sector")
        FAMILY = "family", _("Family of sectors")
        CATEGORY = "category", _("Category")
        GROUP = "group", _("Group of countries")
        REGION = "region", _("Region")
        GENDER = "gender", _("Women and men")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="targets", verbose_name=_("meeting"))
    dimension = models.CharField(_("counted by"), max_length=10, choices=Dimension)
    value = models.CharField(_("of the kind"), max_length=40)
    category = models.CharField(_("within the category"), max_length=30, choices=Category, blank=True)
    wanted = models.PositiveSmallIntegerField(_("at least"), null=True, blank=True)
    share = models.PositiveSmallIntegerField(_("at least, per cent"), null=True, blank=True)

    class Meta:
        verbose_name = _("target for the balance")
        verbose_name_plural = _("targets for the balance")
        ordering = ("meeting", "dimension", "value")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "dimension", "value", "category"),
                name="target_once",
                violation_error_message=_("There is a target for this already."),
            ),
            models.CheckConstraint(
                condition=Q(wanted__isnull=False, share__isnull=True) | Q(wanted__isnull=True, share__gte=1, share__lte=100),
                name="target_number_or_share",
                violation_error_message=_("Say a number or a share of 1 to 100 per cent, and not both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_dimension_display()}: {self.value}"
