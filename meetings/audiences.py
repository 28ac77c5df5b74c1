"""Who may sit where: the families of sectors and the categories in which people attend."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Family(models.TextChoices):
    """A family of sectors; eligibility for closed sessions follows it."""

    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement")
    JUDICIARY = "judiciary", _("Judiciary")
    TECHNICAL = "technical", _("Technical")
    POSTAL = "postal", _("Postal")
    PRIVATE = "private", _("Private sector")
    ACADEMIA = "academia", _("Academia")
    INTERNATIONAL = "international", _("International")
    PUBLIC = "public", _("Other public authorities")


class Category(models.TextChoices):
    """In what capacity somebody attends, in the order of the list of participants."""

    MEMBER_STATE = "member_state", _("Member state")
    OTHER_STATE = "other_state", _("Other state")
    INTERNATIONAL_ORGANISATION = "international_organisation", _("International organisation")
    PRIVATE_SECTOR = "private_sector", _("Private sector")
    ACADEMIA = "academia", _("Academia")
    HOST = "host", _("Host country")
    SECRETARIAT = "secretariat", _("Secretariat")
    INTERPRETER = "interpreter", _("Interpreter")

    @classmethod
    def counting(cls) -> list["Category"]:
        """The categories whose places count towards the capacity; those who run the meeting need none."""
        return [category for category in cls if category not in {cls.SECRETARIAT, cls.INTERPRETER}]

    @classmethod
    def states(cls) -> list["Category"]:
        """The categories of people sent by the authorities of a country."""
        return [cls.MEMBER_STATE, cls.OTHER_STATE, cls.HOST]

    @property
    def waiting_priority(self) -> int:
        """Who comes off the waiting list first (0 before 1): host, members, other states, organisations, then the rest."""
        order = [Category.HOST, Category.MEMBER_STATE, Category.OTHER_STATE, Category.INTERNATIONAL_ORGANISATION]
        return order.index(self) if self in order else len(order)
