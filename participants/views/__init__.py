"""The public pages about participants: registration, a person's own pages."""

from participants.views.confirm import address_confirmed, confirm_address
from participants.views.delegation import (
    delegation,
    delegation_letter,
    delegation_list,
    delegation_news,
    delegation_reply,
    nominate,
    nomination_correct,
    nomination_letter,
    nomination_move,
    nomination_remind,
    nomination_replace,
    nomination_withdraw,
)
from participants.views.handover import my_hand_over, take_over
from participants.views.my import my, my_edit, my_registration, my_reopen, my_take_back, my_withdraw
from participants.views.nominee import nominee, nominee_decline, nominee_declined
from participants.views.offer import my_offer, offer, offer_answered
from participants.views.passport import my_passport
from participants.views.register import register, registration_sent

__all__ = [
    "address_confirmed",
    "confirm_address",
    "delegation",
    "delegation_letter",
    "delegation_list",
    "delegation_news",
    "delegation_reply",
    "my",
    "my_edit",
    "my_hand_over",
    "my_offer",
    "my_passport",
    "my_registration",
    "my_reopen",
    "my_take_back",
    "my_withdraw",
    "nominate",
    "nomination_correct",
    "nomination_letter",
    "nomination_move",
    "nomination_remind",
    "nomination_replace",
    "nomination_withdraw",
    "nominee",
    "nominee_decline",
    "nominee_declined",
    "offer",
    "offer_answered",
    "register",
    "registration_sent",
    "take_over",
]
