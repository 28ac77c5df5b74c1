"""The public pages about participants: registration, a person's own pages."""

from participants.views.confirm import address_confirmed, confirm_address
from participants.views.my import my, my_edit, my_registration, my_reopen, my_take_back, my_withdraw
from participants.views.offer import my_offer, offer, offer_answered
from participants.views.passport import my_passport
from participants.views.register import register, registration_sent

__all__ = [
    "address_confirmed",
    "confirm_address",
    "my",
    "my_edit",
    "my_offer",
    "my_passport",
    "my_registration",
    "my_reopen",
    "my_take_back",
    "my_withdraw",
    "offer",
    "offer_answered",
    "register",
    "registration_sent",
]
