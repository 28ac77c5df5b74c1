"""International organisations, with what they were called at the time."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.text import PersonCharField
from delegations.models.periods import Period
from meetings.languages import Bilingual


class BodyQuerySet(models.QuerySet["Body"]):
    """Questions about international organisations."""

    def existing(self, on: dt.date) -> Self:
        """Organisations that bore their name on that day."""
        return self.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Body(Period):
    """An international organisation under one name; one that was renamed has a row for each, with their periods."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name_en = models.CharField(_("name (English)"), max_length=150)
    name_fr = models.CharField(_("name (French)"), max_length=150)
    acronym_en = models.CharField(_("acronym (English)"), max_length=20, blank=True)
    acronym_fr = models.CharField(_("acronym (French)"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    contact_name = PersonCharField(_("contact"), max_length=120, blank=True, default="", db_default="")
    contact_email = models.EmailField(
        _("contact address"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Invitations go there while nobody speaks for the organisation as its correspondent."),
    )
    contact_language = models.CharField(
        _("language of mails"), max_length=2, choices=User.Language, default=User.Language.ENGLISH, db_default=User.Language.ENGLISH
    )

    objects = BodyQuerySet.as_manager()

    name = Bilingual()
    acronym = Bilingual()

    class Meta:
        verbose_name = _("international organisation")
        verbose_name_plural = _("international organisations")
        ordering = ("name_en",)

    def __str__(self) -> str:
        return f"{self.name.text} ({self.acronym.text})" if self.acronym else self.name.text
