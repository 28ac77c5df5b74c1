"""Every address answers a visitor who is not signed in as this table says; one that is not in it fails."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

SIGN_IN = "sign in"

# name of the address: (an address as a visitor types it, status or SIGN_IN)
ANONYMOUS = {
    "livez": ("/livez", 200),
    "readyz": ("/readyz", 200),
    "robots": ("/robots.txt", 200),
    "security_txt": ("/.well-known/security.txt", 404),
    "home": ("/", 200),
    "meetings": ("/meetings/", 200),
    "meeting": ("/meetings/strasbourg-2026/", 200),
    "programme": ("/meetings/strasbourg-2026/programme/", 200),
    "programme_ics": ("/meetings/strasbourg-2026/programme.ics", 200),
    "programme_pdf": ("/meetings/strasbourg-2026/programme.pdf", 200),
    "programme_docx": ("/meetings/strasbourg-2026/programme.docx", 200),
    "session_ics": ("/meetings/strasbourg-2026/programme/1.ics", 404),
    "register": ("/meetings/strasbourg-2026/register/", 200),
    "registration_sent": ("/meetings/strasbourg-2026/register/sent/altered/", 404),
    "confirm_address": ("/registrations/confirm/altered/", 404),
    "address_confirmed": ("/registrations/confirmed/altered/", 404),
    "take_over": ("/registrations/take-over/altered/", 404),
    "offer": ("/registrations/offer/altered/", 404),
    "offer_answered": ("/registrations/offer-answered/altered/", 404),
    "invitation": ("/invitations/altered/", 404),
    "invitation_letter": ("/invitations/altered/letter.pdf", 404),
    "invitation_answered": ("/invitations/answered/altered/", 404),
    "nominee": ("/nominations/altered/", 404),
    "nominee_decline": ("/nominations/altered/decline/", 404),
    "nominee_declined": ("/nominations/declined/altered/", 404),
    "delegations": ("/delegation/", SIGN_IN),
    "delegation": ("/delegation/strasbourg-2026/", SIGN_IN),
    "delegation_letter": ("/delegation/strasbourg-2026/letter.pdf", SIGN_IN),
    "delegation_reply": ("/delegation/strasbourg-2026/reply/", 405),
    "delegation_news": ("/delegation/strasbourg-2026/news/", 405),
    "nominate": ("/delegation/strasbourg-2026/nominate/", SIGN_IN),
    "nomination_correct": ("/delegation/strasbourg-2026/nominees/1/", SIGN_IN),
    "nomination_replace": ("/delegation/strasbourg-2026/nominees/1/replace/", SIGN_IN),
    "nomination_withdraw": ("/delegation/strasbourg-2026/nominees/1/withdraw/", SIGN_IN),
    "nomination_move": ("/delegation/strasbourg-2026/nominees/1/move/", 405),
    "nomination_remind": ("/delegation/strasbourg-2026/nominees/1/remind/", 405),
    "nomination_letter": ("/delegation/strasbourg-2026/nominees/1/letter/", SIGN_IN),
    "my": ("/my/", SIGN_IN),
    "my_registration": ("/my/strasbourg-2026/", SIGN_IN),
    "my_edit": ("/my/strasbourg-2026/edit/", SIGN_IN),
    "my_erasure": ("/my/erasure/", SIGN_IN),
    "my_passport": ("/my/strasbourg-2026/passport/", SIGN_IN),
    "my_withdraw": ("/my/strasbourg-2026/withdraw/", SIGN_IN),
    "my_take_back": ("/my/strasbourg-2026/agreed/photographs/", 405),
    "my_hand_over": ("/my/strasbourg-2026/hand-over/", SIGN_IN),
    "my_offer": ("/my/strasbourg-2026/offer/", 405),
    "my_reopen": ("/my/strasbourg-2026/reopen/", SIGN_IN),
    "my_certificate": ("/my/strasbourg-2026/certificate/", SIGN_IN),
    "my_evaluation": ("/my/strasbourg-2026/evaluation/", SIGN_IN),
    "certificate_check": ("/certificates/", 200),
    "certificate": ("/certificates/altered/", 200),
    "my_workshops": ("/my/strasbourg-2026/workshops/", SIGN_IN),
    "my_workshop": ("/my/strasbourg-2026/workshops/1/", SIGN_IN),
    "my_wishes": ("/my/strasbourg-2026/workshops/wishes/", 405),
    "my_calendar": ("/my/strasbourg-2026/calendar/", SIGN_IN),
    "my_calendar_file": ("/my/strasbourg-2026/calendar.ics", SIGN_IN),
    "my_calendar_subscribe": ("/my/strasbourg-2026/calendar/subscribe/", 405),
    "my_calendar_end": ("/my/strasbourg-2026/calendar/end/", 405),
    "check_in_worker": ("/check-in/worker.js", 200),
    "check_in": ("/check-in/strasbourg-2026/", 403),
    "check_in_open": ("/check-in/strasbourg-2026/open/altered/", 404),
    "check_in_here": ("/check-in/strasbourg-2026/here/", 405),
    "check_in_enter": ("/check-in/strasbourg-2026/enter/", 405),
    "check_in_undo": ("/check-in/strasbourg-2026/undo/", 405),
    "check_in_walk_in": ("/check-in/strasbourg-2026/walk-in/", 403),
    "check_in_leave": ("/check-in/strasbourg-2026/leave/", 405),
    "check_in_list": ("/check-in/strasbourg-2026/list.json", 403),
    "check_in_scans": ("/check-in/strasbourg-2026/scans/", 405),
    "check_in_manifest": ("/check-in/strasbourg-2026/manifest.webmanifest", 200),
    "calendar_feed": ("/calendars/altered.ics", 404),
    "my_data": ("/my/data/", SIGN_IN),
    "my_data_file": ("/my/data.json", SIGN_IN),
    "privacy": ("/privacy/", 200),
    "privacy_version": ("/privacy/1999-1/", 404),
    "accessibility": ("/accessibility/", 200),
    "account_login": ("/accounts/login/", 200),
    "account_logout": ("/accounts/logout/", 302),
    "account_signed_out": ("/accounts/signed-out/", 200),
    "account_inactive": ("/accounts/inactive/", 200),
    "account_request_login_code": ("/accounts/login/code/", 200),
    "account_confirm_login_code": ("/accounts/login/code/confirm/", 302),
    "account_reauthenticate": ("/accounts/reauthenticate/", SIGN_IN),
    "account_confirm_by_code": ("/accounts/reauthenticate/code/", SIGN_IN),
    "account_second_factor": ("/accounts/second-factor/", SIGN_IN),
    "account_sessions": ("/accounts/sessions/", SIGN_IN),
    "account_change_password": ("/accounts/password/change/", SIGN_IN),
    "account_set_password": ("/accounts/password/set/", SIGN_IN),
    "account_reset_password": ("/accounts/password/reset/", 200),
    "account_reset_password_done": ("/accounts/password/reset/done/", 200),
    "account_reset_password_from_key": ("/accounts/password/reset/key/1-altered/", 200),
    "account_reset_password_from_key_done": ("/accounts/password/reset/key/done/", 200),
    "account_signup": ("/accounts/signup/", 200),
    "mfa_index": ("/accounts/2fa/", SIGN_IN),
    "mfa_authenticate": ("/accounts/2fa/authenticate/", 302),
    "mfa_reauthenticate": ("/accounts/2fa/reauthenticate/", SIGN_IN),
    "mfa_activate_totp": ("/accounts/2fa/totp/activate/", SIGN_IN),
    "mfa_deactivate_totp": ("/accounts/2fa/totp/deactivate/", SIGN_IN),
    "mfa_view_recovery_codes": ("/accounts/2fa/recovery-codes/", SIGN_IN),
    "mfa_generate_recovery_codes": ("/accounts/2fa/recovery-codes/generate/", SIGN_IN),
    "mfa_download_recovery_codes": ("/accounts/2fa/recovery-codes/download/", SIGN_IN),
    "mfa_list_webauthn": ("/accounts/2fa/webauthn/", SIGN_IN),
    "mfa_add_webauthn": ("/accounts/2fa/webauthn/add/", SIGN_IN),
    "mfa_reauthenticate_webauthn": ("/accounts/2fa/webauthn/reauthenticate/", SIGN_IN),
    "mfa_login_webauthn": ("/accounts/2fa/webauthn/login/", 302),
    "mfa_remove_webauthn": ("/accounts/2fa/webauthn/keys/1/remove/", SIGN_IN),
    "mfa_edit_webauthn": ("/accounts/2fa/webauthn/keys/1/edit/", SIGN_IN),
}
NO_TWIN = {"livez", "readyz", "robots", "security_txt"}  # for machines, so in no language


def named_addresses(patterns: list[URLPattern | URLResolver], within: str = "") -> list[str]:
    """The names of all addresses outside the back office, which has its own test."""
    names = []
    for pattern in patterns:
        route = within + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            names += [] if route.startswith(("admin/", "demo/")) else named_addresses(pattern.url_patterns, route)
        else:
            names.append(pattern.name)
    return names


def answer(client, path: str) -> int | str:
    response = client.get(path)
    to_sign_in = response.status_code == 302 and "/accounts/login/" in response.headers["Location"]
    return SIGN_IN if to_sign_in and "?next=" in response.headers["Location"] else response.status_code


def test_every_address_is_in_the_table():
    assert set(named_addresses(get_resolver().url_patterns)) == set(ANONYMOUS)


@pytest.mark.parametrize("name", ANONYMOUS)
def test_anonymous_visitor(client, meeting, name):
    path, expected = ANONYMOUS[name]

    assert answer(client, path) == expected


@pytest.mark.parametrize("name", [name for name in ANONYMOUS if name not in NO_TWIN])
def test_anonymous_visitor_in_french(client, meeting, name):
    path, expected = ANONYMOUS[name]

    assert answer(client, f"/fr{path}") == expected


@pytest.mark.parametrize("path", ["/meetings/lisbon-2027/", "/meetings/lisbon-2027/programme/", "/meetings/lisbon-2027/programme.ics"])
def test_a_draft_is_not_there_for_visitors(client, draft_meeting, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/meetings/lisbon-2027/register/", "/my/lisbon-2027/"])
def test_nobody_registers_for_a_draft(client_of, stranger, draft_meeting, path):
    assert client_of(stranger).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/nowhere/", "/meetings/atlantis-1999/", "/meetings/atlantis-1999/register/", "/fr/nulle-part/"])
def test_an_unknown_address_is_a_page_not_found(client, meeting, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "<main" in response.content.decode()
