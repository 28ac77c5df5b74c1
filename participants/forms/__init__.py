"""The forms of registration and self-service."""

from participants.forms.drawing import drawn
from participants.forms.registration import CorrectionForm, RegistrationForm, new_key
from participants.forms.summary import summary

__all__ = ["CorrectionForm", "RegistrationForm", "drawn", "new_key", "summary"]
