"""Every change to an invitation, its replies and its mails. Each function is one transaction."""

from delegations.services.bulk import Addressee, create_invitations, invited_keys, members_to_invite, observers_to_invite
from delegations.services.invitations import change_invitation, create_invitation, renew_invitation, withdraw_invitation
from delegations.services.reminders import remind, remind_silent
from delegations.services.replies import find_invitation_link, note_reply, reply_as, reply_by_link, reply_for
from delegations.services.sending import Plan, plan_sending, send_invitation

__all__ = [
    "Addressee",
    "Plan",
    "change_invitation",
    "create_invitation",
    "create_invitations",
    "find_invitation_link",
    "invited_keys",
    "members_to_invite",
    "note_reply",
    "observers_to_invite",
    "plan_sending",
    "remind",
    "remind_silent",
    "renew_invitation",
    "reply_as",
    "reply_by_link",
    "reply_for",
    "send_invitation",
    "withdraw_invitation",
]
