"""What the addressee of an invitation answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.text import PersonTextField
from delegations import errors
from delegations.models import Invitation


class ReplyForm(forms.Form):
    """Yes or no by the button that was pressed, and a few words if wanted."""

    reply = forms.ChoiceField(
        choices=Invitation.Reply.choices,
        error_messages={"required": errors.NotAnAnswer.reason, "invalid_choice": errors.NotAnAnswer.reason},
    )
    words = PersonTextField(max_length=1000).formfield(
        label=_("A few words to the secretariat"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
