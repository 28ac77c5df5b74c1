"""Form fields for what people type about themselves, and a select that is quick to draw."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import normal_address
from accounts.text import TOO_LONG, clean_person_text

LONGEST_ADDRESS, LONGEST_LOCAL_PART = 254, 64  # RFC 5321
ATOM, LABEL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
PLAIN_ADDRESS = re.compile(rf"{ATOM}(\.{ATOM})*@({LABEL}\.)+{LABEL}")
TELEPHONE = re.compile(r"\+?[\d\s().,/#x-]*([a-z.]{1,5}\s?\d+)?", re.IGNORECASE)


class PersonField(forms.CharField):
    """Text that a person typed; it passes the one cleaner before anything else looks at it."""

    def __init__(self, *, max_length: int, multiline: bool = False, **kwargs: Any) -> None:
        self.multiline = multiline
        kwargs["error_messages"] = {"max_length": TOO_LONG, **kwargs.get("error_messages", {})}
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        if isinstance(value, str) and value:
            # A megabyte is not worth a look at every character.
            if len(value) > 10 * self.max_length:  # type: ignore[operator]
                raise ValidationError(TOO_LONG, code="max_length", params={"limit_value": self.max_length})
            value = clean_person_text(value, multiline=self.multiline)
        return super().to_python(value) or ""


class TelephoneField(PersonField):
    """A telephone number, in whatever way people write it."""

    def clean(self, value: Any) -> str:
        number = str(super().clean(value))
        if number and (not TELEPHONE.fullmatch(number) or not re.search(r"\d{3}", re.sub(r"\D", "", number))):
            raise ValidationError(_("Enter a telephone number with its country code, like +353 1 555 0123."), code="invalid")
        return number


class AddressField(forms.EmailField):
    """An e-mail address that mail can be sent to, in the form in which addresses are stored."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_ADDRESS, **kwargs)
        self.error_messages["invalid"] = _("Enter an e-mail address, like name@example.org.")
        self.error_messages["max_length"] = TOO_LONG

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", super().to_python(value) or "")

    def clean(self, value: Any) -> str:
        address = normal_address(str(super().clean(value)))
        try:
            return deliverable(address) if address else ""
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


def deliverable(address: str) -> str:
    """The address with its domain as DNS knows it, which is also what browsers send: ``xn--bcher-kva.example``.

    Raises ValueError for one that mail servers on the internet would not take.
    """
    local, _at, domain = address.rpartition("@")
    plain = f"{local}@{domain.encode('idna').decode('ascii')}".lower()
    if not PLAIN_ADDRESS.fullmatch(plain) or len(local) > LONGEST_LOCAL_PART or len(plain) > LONGEST_ADDRESS:
        raise ValueError(address)
    return plain


SELECTED = SafeString(" selected")


class ListSelect(forms.Select):
    """A select drawn in one go: Django uses a template for each option, and a list of countries has 250."""

    listed: Callable[[], Iterable[tuple[Any, Any]]] | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, SELECTED if code == chosen else "", label) for code, label in (self.listed() if self.listed else self.choices)),
        )
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options)


class RowField(forms.Field):
    """A choice among rows of reference data, named by their codes; its cleaned value is the row, or None for ``other``.

    Not a ChoiceField: that prepares every label of the list each time, and most steps of the form need one or none.
    """

    widget = ListSelect

    def offer(self, rows: Iterable[Any], name: Callable[[Any], str], *, prompt: Any, other: Any = None) -> None:
        """Set what there is to choose from; ``other`` labels a last choice that is none of the rows."""
        self.rows = {row.code: row for row in rows}
        self.name, self.prompt, self.other = name, prompt, other
        self.widget.listed = self.options

    def options(self) -> Iterator[tuple[str, Any]]:
        """Every choice with its label, as the list shows them."""
        yield "", self.prompt
        yield from ((code, self.name(row)) for code, row in self.rows.items())
        if self.other:
            yield "other", self.other

    def clean(self, value: Any) -> Any:
        if value and value not in self.rows and not (self.other and value == "other"):
            raise ValidationError(self.error_messages["required"], code="invalid_choice")
        return self.rows.get(super().clean(value))
