"""Which parts of a registration somebody in the back office may see."""

from django.http import HttpRequest

from participants.admin.reveals import sight_for
from participants.faces import face_of
from participants.models import Participant

IDENTITY = ("salutation", "given_name", "family_name")
HIDDEN_WITH_IDENTITY = frozenset({*IDENTITY, "email", "phone", "function", "service"})
# What a host, a check-in desk or an auditor needs; only the secretariat, which may change a row, sees all of it.
NARROW = frozenset({*IDENTITY, "state", "mark", "category", "sector", "country", "body", "organisation", "is_protected", "alias"})
ALL = frozenset(field.name for field in Participant._meta.fields)


def sees_everything(request: HttpRequest) -> bool:
    """True for whoever works on the list, false for those who only look at it."""
    return request.user.has_perm("participants.change_participant")


def sees_all_registrations(request: HttpRequest) -> bool:
    """True for whoever may know who asked to come; a host and a desk know who comes."""
    return request.user.has_perm("participants.view_all_registrations")


def is_masked(request: HttpRequest, participant: Participant) -> bool:
    """True when this session may not see who it is."""
    return face_of(participant, sight_for(request)).is_masked


def visible_fields(request: HttpRequest, participant: Participant) -> frozenset[str]:
    """The columns of this row that this session may see."""
    fields = ALL if sees_everything(request) else NARROW
    return fields - HIDDEN_WITH_IDENTITY if is_masked(request, participant) else fields
