"""The pages about invitations that need no sign-in."""

from delegations.views.invitations import invitation, invitation_answered, invitation_letter

__all__ = ["invitation", "invitation_answered", "invitation_letter"]
