"""Sign-in forms: the library's, with our words on them."""

from typing import Any

from allauth.account import forms as account
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import limits

ADDRESS = (_("E-mail address"), _("Enter your e-mail address."))

# Field of the library: the label we put above it, and what we say when it is left empty.
WORDS: dict[str, tuple[Any, Any]] = {
    "email": ADDRESS,
    "login": ADDRESS,
    "password": (_("Password"), _("Enter your password.")),
    "oldpassword": (_("Current password"), _("Enter your current password.")),
    "password1": (_("New password"), _("Enter a new password.")),
    "password2": (_("New password again"), _("Enter the new password again.")),
    "code": (_("Code"), _("Enter the code.")),
    "name": (_("Name of the key"), _("Enter a name.")),
    "passwordless": (_("Sign in with this key alone"), ""),
}


class OurWords(forms.Form):
    """Put our labels and messages on the library's fields, and take its labels out of the boxes people type into."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WORDS.keys() & self.fields.keys():
            field = self.fields[name]
            field.label, field.error_messages["required"] = WORDS[name]
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = _("Enter an e-mail address such as name@police.example.")
        if "code" in self.fields:
            self.fields["code"].widget.attrs |= {"class": "pg-code", "autocapitalize": "characters", "spellcheck": "false"}
        if "password1" in self.fields:
            self.fields["password1"].help_text = ""  # the page says it


class SignInForm(OurWords, account.LoginForm):
    """Sign in with a password: for staff."""


class RequestCodeForm(OurWords, account.RequestLoginCodeForm):
    """Ask for a code by e-mail. Staff never get one: a code would go round their password and second factor."""

    def clean_email(self) -> str:
        email = super().clean_email()
        if self._user is not None and self._user.is_staff:  # type: ignore[has-type]
            self._user = None
        return email


class ConfirmCodeForm(OurWords, account.ConfirmLoginCodeForm):
    """Enter the code from the mail."""


class ForgottenPasswordForm(OurWords, account.ResetPasswordForm):
    """Ask for a link to choose a new password."""


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):
    """Choose a new password, with the link from the mail."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    """Change the password, knowing the old one."""


class FirstPasswordForm(OurWords, account.SetPasswordForm):
    """Choose a password where there is none."""


class ConfirmPasswordForm(OurWords, account.ReauthenticateForm):
    """Show once more that it is you, by password."""


class CodeWorksOnce(OurWords):
    """A code is refused the second time; the library forgets it while neighbouring time steps still accept it."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        steps = 2 * mfa_settings.TOTP_TOLERANCE + 1
        once = limits.Rule(1, steps * mfa_settings.TOTP_PERIOD, ("account", "code"))
        if limits.is_spent("second_step", once, (str(self.user.pk), normalize_user_code(code))):  # type: ignore[attr-defined]
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class SecondStepForm(CodeWorksOnce, mfa.AuthenticateForm):
    """Enter the code of the second factor."""


class ConfirmSecondStepForm(CodeWorksOnce, mfa.ReauthenticateForm):
    """Show once more that it is you, by the second factor."""


class SetUpAppForm(OurWords, totp.ActivateTOTPForm):
    """Enter the first code of an app, to show that it was set up."""


class AddKeyForm(OurWords, webauthn.AddWebAuthnForm):
    """Add a key. As a rule it asks for a finger, a face or a PIN itself, and is then enough to sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("So that you recognise it in the list: “Telephone”, “Blue key”.")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _(
            "It then asks for your finger, your face or its PIN. Untick this for an older key that has none of them."
        )


class RenameKeyForm(OurWords, webauthn.EditWebAuthnForm):
    """Give a key another name."""
