"""How often each door may be knocked at: one table for the whole site, and the guard that reads it.

Rules of a door are tried from the narrowest to the widest and the first that is spent answers, so that whoever hammers at
somebody's address from one network fills only what is counted for the two together, and its owner still gets in from another.
Networks are generous: a meeting of three hundred sits behind one address, and so does a ministry.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import security_log
from accounts.limits import HOUR, MINUTE, Rule, Spent, spend
from accounts.models import normal_address
from accounts.networks import network_of
from attendance.access import key_of as device_key
from pompidou.errors import busy

logger = logging.getLogger(__name__)

TEN = 10 * MINUTE
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

NETWORK, ACCOUNT, VISITOR, ADDRESS, CODE, DEVICE = ("network",), ("account",), ("visitor",), ("address",), ("code",), ("device",)
HERE = ("address", "network")  # this address from this network


@dataclass(frozen=True, slots=True)
class Door:
    """The rules for forms sent to a page, and for asking for it. A door that opens an account stays shut while nothing can
    be counted; any other stands open then."""

    send: tuple[Rule, ...] = ()
    ask: tuple[Rule, ...] = ()
    opens_account: bool = False


def own(amount: int) -> Door:
    """A page of somebody who signs in or is signed in: so many tries in ten minutes."""
    return Door(send=(Rule(amount, TEN, ACCOUNT), Rule(300, TEN, NETWORK)), opens_account=True)


# Links with 256 random bits cannot be guessed; this is against the noise of trying.
GUESSABLE = (Rule(300, TEN, NETWORK),)

DOORS: Mapping[str, Door] = {
    # Signing in. Alone, an address has a limit that its owner does not reach: only many networks together do.
    "account_login": Door(send=(Rule(5, 5 * MINUTE, HERE), Rule(600, HOUR, ADDRESS), Rule(100, TEN, NETWORK)), opens_account=True),
    "account_request_login_code": Door(send=(Rule(5, HOUR, HERE), Rule(20, HOUR, ADDRESS), Rule(300, TEN, NETWORK)), opens_account=True),
    # The library counts three wrong codes in the session, where two at once count as one; this holds for any number at once.
    "account_confirm_login_code": Door(send=(Rule(5, TEN, CODE), Rule(300, TEN, NETWORK)), opens_account=True),
    "account_confirm_by_code": own(5),
    "account_reset_password": Door(send=(Rule(5, HOUR, HERE), Rule(10, HOUR, ADDRESS), Rule(60, TEN, NETWORK)), opens_account=True),
    "account_reset_password_from_key": Door(send=(Rule(60, TEN, NETWORK),), ask=GUESSABLE, opens_account=True),
    "account_reauthenticate": own(10),
    "account_change_password": own(10),
    "account_set_password": own(10),
    "mfa_authenticate": own(10),
    "mfa_reauthenticate": own(10),
    "mfa_activate_totp": own(20),
    "mfa_reauthenticate_webauthn": own(20),
    "mfa_add_webauthn": own(20),
    "mfa_login_webauthn": Door(send=(Rule(100, TEN, NETWORK),), ask=(Rule(600, TEN, NETWORK),), opens_account=True),
    # Registering: four or five pages for each colleague, and many colleagues behind one address.
    "register": Door(send=(Rule(600, TEN, NETWORK),)),
    "registration_sent": Door(ask=GUESSABLE),
    "confirm_address": Door(send=GUESSABLE, ask=GUESSABLE),
    "address_confirmed": Door(ask=GUESSABLE),
    "take_over": Door(send=GUESSABLE, ask=GUESSABLE),
    "offer": Door(send=GUESSABLE, ask=GUESSABLE),
    "offer_answered": Door(ask=GUESSABLE),
    "invitation": Door(send=GUESSABLE, ask=GUESSABLE),
    "invitation_letter": Door(ask=(Rule(60, TEN, NETWORK),)),  # each is drawn anew
    "invitation_answered": Door(ask=GUESSABLE),
    # A nominee's form has as many pages as everybody's; a delegation puts forward a few people, and each is written to.
    "nominee": Door(send=(Rule(600, TEN, NETWORK),), ask=GUESSABLE),
    "nominee_decline": Door(send=GUESSABLE, ask=GUESSABLE),
    "nominee_declined": Door(ask=GUESSABLE),
    "nominate": Door(send=(Rule(60, TEN, ACCOUNT),)),
    "nomination_replace": Door(send=(Rule(30, HOUR, ACCOUNT),)),
    "nomination_remind": Door(send=(Rule(30, HOUR, ACCOUNT),)),
    "delegation_letter": Door(ask=(Rule(60, TEN, ACCOUNT),)),  # each is drawn anew
    "programme_pdf": Door(ask=(Rule(600, TEN, NETWORK),)),  # drawn anew for whoever sees closed sessions
    "programme_docx": Door(ask=(Rule(600, TEN, NETWORK),)),  # each is written anew
    "calendar_feed": Door(ask=(Rule(1200, TEN, NETWORK),)),  # calendar services fetch for many people from one network
    "my_calendar_subscribe": Door(send=(Rule(30, TEN, ACCOUNT),)),
    # A PIN has six digits: whoever has the link may try one in a thousand of them while it works. A device sends each scan.
    "check_in_open": Door(send=(Rule(5, TEN, DEVICE), Rule(10, HOUR, DEVICE), Rule(100, TEN, NETWORK)), ask=GUESSABLE, opens_account=True),
    "check_in_scans": Door(send=(Rule(1800, TEN, DEVICE), Rule(20_000, TEN, NETWORK))),
    "check_in_enter": Door(send=(Rule(900, TEN, DEVICE), Rule(20_000, TEN, NETWORK))),
    "check_in_walk_in": Door(send=(Rule(60, TEN, DEVICE), Rule(300, TEN, NETWORK))),
    "certificate": Door(ask=(Rule(60, TEN, NETWORK),)),  # nobody has a pile of certificates to check by hand
    "my_certificate": Door(send=(Rule(20, TEN, ACCOUNT),)),  # each is drawn anew
    "my_evaluation": Door(send=(Rule(30, TEN, ACCOUNT),)),
    "my_edit": Door(send=(Rule(60, TEN, ACCOUNT),)),
    "my_passport": Door(send=(Rule(60, TEN, ACCOUNT),)),
    "my_withdraw": Door(send=(Rule(30, TEN, ACCOUNT),)),
    "my_hand_over": Door(send=(Rule(10, TEN, ACCOUNT), Rule(20, HOUR, ACCOUNT))),  # each writes to somebody
    "my_offer": Door(send=(Rule(30, TEN, ACCOUNT),)),
    "my_reopen": Door(send=(Rule(30, TEN, ACCOUNT),)),
}
# Every other form: nobody reaches that by hand.
ELSEWHERE = Door(send=(Rule(600, TEN, VISITOR),))


def guard(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 429 to whoever knocks too often."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *view: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        door = DOORS.get(name, ELSEWHERE)
        rules = door.ask if request.method in SAFE else door.send
        try:
            return turned_away(request, name, rules)
        except DatabaseError:
            logger.exception("Tries at %s could not be counted", name)
            return busy() if door.opens_account and request.method not in SAFE else None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def turned_away(request: HttpRequest, name: str, rules: tuple[Rule, ...]) -> HttpResponse | None:
    """Count this try under each rule that fits the request; the answer to one too many, else None."""
    for rule in rules:
        whom = [WHO[word](request) for word in rule.per]
        if not all(whom):
            continue
        spent = spend(name, rule, whom)
        if spent.wait:
            note(request, rule, spent)
            return too_many(request, spent.wait)
    return None


def note(request: HttpRequest, rule: Rule, spent: Spent) -> None:
    """One line for the first that was too many and one for every hundredth: the log must not be flooded with the door."""
    if (spent.count - rule.amount) % 100 == 1:
        security_log.record("limited", request=request, per=str(rule), tries=spent.count, wait=spent.wait)


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """Say when to come back."""
    minutes = -(-wait // MINUTE)
    response = render(request, "429.html", {"minutes": minutes, "page_error": True}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


# --- who knocks ---


def typed_address(request: HttpRequest) -> str:
    """The address in the form, as it is compared; "" where none was typed."""
    return normal_address(request.POST.get("login") or request.POST.get("email") or "")


def account(request: HttpRequest) -> str:
    """Whoever is signed in, or has given the password and not the second factor yet."""
    if request.user.is_authenticated:
        return str(request.user.pk)
    return str(signing_in(request).get("user_pk") or "")


def signing_in(request: HttpRequest) -> dict[str, Any]:
    """What the sign-in library keeps of somebody who is on the way in."""
    kept = request.session.get("account_login")
    return kept if isinstance(kept, dict) else {}


def visitor(request: HttpRequest) -> str:
    """Whoever it is: an account, else a network."""
    return account(request) or network_of(request)


def code(request: HttpRequest) -> str:
    """The code that was mailed for this session: asking for another starts anew, which the address limits."""
    began = signing_in(request).get("initiated_at")
    return f"{request.session.session_key}:{began}" if began else ""


WHO: dict[str, Callable[[HttpRequest], str]] = {
    "address": typed_address,
    "network": network_of,
    "account": account,
    "visitor": visitor,
    "code": code,
    "device": device_key,
}
