"""Who signs in."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.text import PersonCharField


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user; without a password the person can sign in by e-mailed code only."""
        user = self.model(email=normal_address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    create_user.alters_data = True  # type: ignore[attr-defined]

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an administrator with every right."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    create_superuser.alters_data = True  # type: ignore[attr-defined]

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by address in any capitalisation."""
        return self.get(email=normal_address(username or ""))


def normal_address(email: str) -> str:
    """Return the form in which addresses are stored and compared: lower case throughout.

    RFC 5321 lets the part before the @ differ by case; no mail service in use does, and people type it either way.
    """
    return email.strip().lower()


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with an address: an expert over the years, a correspondent, or a member of the secretariat."""

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        FRENCH = "fr", _("French")

    email = models.EmailField(_("e-mail address"), unique=True)
    name = PersonCharField(_("name"), max_length=200, blank=True, help_text=_("As shown to colleagues in the back office."))
    language = models.CharField(_("language of mails"), max_length=2, choices=Language, default=Language.ENGLISH)
    is_staff = models.BooleanField(_("may enter the back office"), default=False)
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Switch off instead of deleting."))
    date_joined = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    stand_in = ""  # what to call an account whose name and address are hidden; ``accounts.hidden`` fills it in

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("email",)
        permissions = [("copy_person", _("Can take a copy of everything held on one person"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_lower_case",
                violation_error_message=_("E-mail addresses are stored in lower case."),
            )
        ]

    def __str__(self) -> str:
        return self.stand_in or self.name or self.email

    def get_username(self) -> str:
        return self.stand_in or self.email  # the library puts it on the page for a new password

    def clean(self) -> None:
        self.email = normal_address(self.email)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
