"""Every change to an invitation, its replies and its mails. Each function is one transaction."""

from delegations.services.bulk import Addressee, create_invitations, invited_keys, members_to_invite, observers_to_invite
from delegations.services.correspondents import appoint, set_news
from delegations.services.invitations import change_invitation, create_invitation, hide_name, renew_invitation, withdraw_invitation
from delegations.services.plans import (
    Plan,
    against_a_second_today,
    against_reminding,
    against_renewing,
    against_sending,
    against_withdrawing,
    plan,
)
from delegations.services.reminders import note_reminded, remind, remind_of_promise, remind_silent
from delegations.services.replies import find_invitation_link, note_reply, reply_as, reply_by_link, reply_for
from delegations.services.sending import send_invitation

__all__ = [
    "Addressee",
    "Plan",
    "against_a_second_today",
    "against_reminding",
    "against_renewing",
    "against_sending",
    "against_withdrawing",
    "appoint",
    "change_invitation",
    "create_invitation",
    "create_invitations",
    "find_invitation_link",
    "hide_name",
    "invited_keys",
    "members_to_invite",
    "note_reminded",
    "note_reply",
    "observers_to_invite",
    "plan",
    "remind",
    "remind_of_promise",
    "remind_silent",
    "renew_invitation",
    "reply_as",
    "reply_by_link",
    "reply_for",
    "send_invitation",
    "set_news",
    "withdraw_invitation",
]
