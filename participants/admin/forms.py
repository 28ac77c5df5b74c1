"""The back office's form for a participant."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from participants import errors, services
from participants.models import Participant


class ParticipantForm(forms.ModelForm):
    """Answers as the secretariat enters or corrects them; the status is not among them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = Participant.objects.get(pk=self.instance.pk) if self.instance.pk else None

    @property
    def changes(self) -> Mapping[str, Any]:
        """What differs from the row, by field."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.check_country(cleaned)
        self.check_place(cleaned)
        return cleaned

    def check_country(self, cleaned: Mapping[str, Any]) -> None:
        """Ask beside the field for what the database would ask of the row."""
        needs_country = cleaned.get("category") in {"member_state", "other_state", "host"}
        if needs_country and "country" in self.fields and not cleaned.get("country") and "country" not in self.errors:
            self.add_error("country", _("Choose the country that sends this person."))

    def check_place(self, cleaned: Mapping[str, Any]) -> None:
        """A confirmed person can get a category that takes a place only while one is free; the service looks again."""
        if self.before is None or "category" not in cleaned:
            return
        after = Participant(state=self.before.state, category=cleaned["category"])
        takes_one = services.holds_a_place(after) and not services.holds_a_place(self.before)
        if takes_one and not services.has_room_for(after, self.before.meeting):
            self.add_error("category", str(errors.MeetingFull()))

    def clean_email(self) -> str:
        """An address is registered once per meeting, also when it is the address of the account behind another one."""
        email: str = self.cleaned_data["email"].strip().lower()
        meeting = self.before.meeting_id if self.before else getattr(self.cleaned_data.get("meeting"), "pk", None)
        others = Participant.objects.filter(meeting=meeting).exclude(pk=self.instance.pk)
        if email and meeting and others.filter(user__email=email).exists():
            raise ValidationError(str(errors.AddressTaken()))
        return email
