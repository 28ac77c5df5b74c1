"""The forms of registration and self-service."""

from participants.forms.drawing import drawn
from participants.forms.passport import PassportForm
from participants.forms.registration import CorrectionForm, RegistrationForm, new_key
from participants.forms.summary import summary

__all__ = ["CorrectionForm", "PassportForm", "RegistrationForm", "drawn", "new_key", "summary"]
