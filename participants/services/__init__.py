"""Every change of a participant's state (door one), and every place given or freed (door two).

    unconfirmed → pending → confirmed | waitlisted | declined, and → withdrawn from any

Each function is one transaction: the rows, the trace and the mail about it are written together or not at all.
Places are counted under a lock on the meeting's row, never kept in a counter.
"""

from participants.services.answers import (
    change_address,
    correct_answers,
    correct_by_hand,
    correct_journey,
    correct_needs_by_hand,
    register_by_hand,
    replace_needs,
)
from participants.services.completing import accept_nomination, complete_nomination, decline_nomination, find_nominee_link
from participants.services.consents import note_consents, withdraw_consent
from participants.services.decisions import approve, decline, put_on_waiting_list, reopen, withdraw, withdrew_themself
from participants.services.erasure import change_searches, erase_registration
from participants.services.handovers import (
    end_hand_overs,
    find_take_over_link,
    hand_over,
    hand_over_of,
    may_hand_over,
    take_back_hand_over,
    take_over,
)
from participants.services.links import revoke_links
from participants.services.lists import write_list
from participants.services.merging import merge, tell_apart
from participants.services.nominations import (
    correct_nomination,
    move_nomination,
    nominate,
    registration_of,
    replace_nomination,
    send_link_again,
    withdraw_nomination,
)
from participants.services.notes import add_note
from participants.services.offers import accept_offer, find_offer_link, refuse_offer, settle_offers, tell_left_without_place
from participants.services.passports import delete_passport, keep_passport, passport_is_of_use
from participants.services.places import fill_free_places, free_places, has_room_for, holds_a_place, keeps_a_place, offer_to, taken_places
from participants.services.registration import confirm_address, delete_forms, delete_stale_unconfirmed, find_link, submit_registration
from participants.services.steps import confirm_proposal, hold, propose, release, send_back

__all__ = [
    "accept_nomination",
    "accept_offer",
    "add_note",
    "approve",
    "change_address",
    "change_searches",
    "complete_nomination",
    "confirm_address",
    "confirm_proposal",
    "correct_answers",
    "correct_by_hand",
    "correct_journey",
    "correct_needs_by_hand",
    "correct_nomination",
    "decline",
    "decline_nomination",
    "delete_forms",
    "delete_passport",
    "delete_stale_unconfirmed",
    "end_hand_overs",
    "erase_registration",
    "fill_free_places",
    "find_link",
    "find_nominee_link",
    "find_offer_link",
    "find_take_over_link",
    "free_places",
    "hand_over",
    "hand_over_of",
    "has_room_for",
    "hold",
    "holds_a_place",
    "keep_passport",
    "keeps_a_place",
    "may_hand_over",
    "merge",
    "move_nomination",
    "nominate",
    "note_consents",
    "offer_to",
    "passport_is_of_use",
    "propose",
    "put_on_waiting_list",
    "refuse_offer",
    "register_by_hand",
    "registration_of",
    "release",
    "reopen",
    "replace_needs",
    "replace_nomination",
    "revoke_links",
    "send_back",
    "send_link_again",
    "settle_offers",
    "submit_registration",
    "take_back_hand_over",
    "take_over",
    "taken_places",
    "tell_apart",
    "tell_left_without_place",
    "withdraw",
    "withdraw_consent",
    "withdraw_nomination",
    "withdrew_themself",
    "write_list",
]
