"""Sign-in forms."""

from allauth.account.forms import RequestLoginCodeForm


class RequestCodeForm(RequestLoginCodeForm):
    """Ask for a code by e-mail. Staff never get one: a code would go round their password and second factor."""

    def clean_email(self) -> str:
        email = super().clean_email()
        if self._user is not None and self._user.is_staff:  # type: ignore[has-type]
            self._user = None
        return email
