"""How the library's second factors meet this project: our words, our names on keys and apps, and secrets stored encrypted."""

from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import encryption

SECRETS = {"totp": "secret", "recovery_codes": "seed"}  # what of each kind is encrypted; a key's own half is public


class MFAAdapter(DefaultMFAAdapter):
    """The library's adapter with our words."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _lazy("This is not the code, or it was used already. Wait for the next one."),
        "cannot_delete_authenticator": _lazy("This second factor cannot be removed."),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        return _("Passkey %(n)s") % {"n": Authenticator.objects.filter(user=user, type=type).count() + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name that the browser shows beside the address."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}
