"""The published table of Mozilla's HTTP Observatory, applied to one answer of ours.

Penalties first; a bonus counts only where the score without it is 90 or more; 100 is an A+.
"""

import re
from http.cookies import Morsel
from typing import Any

HALF_A_YEAR = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
UNSAFE_REFERRER = {"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"}
BONUS_FROM = 90
# Of these three, each with its valid values; the first one is what earns the bonus.
ISOLATION = {
    "Cross-Origin-Opener-Policy": ("same-origin", "same-origin-allow-popups", "unsafe-none"),
    "Cross-Origin-Resource-Policy": ("same-origin", "same-site", "cross-origin"),
    "Cross-Origin-Embedder-Policy": ("require-corp", "credentialless", "unsafe-none"),
}


def score(response: Any) -> int:
    """What the table gives for an answer over https."""
    points = [
        policy_points(policy_of(response)),
        transport_points(response.headers.get("Strict-Transport-Security", "")),
        *(cookie_points(cookie, has_hsts="Strict-Transport-Security" in response.headers) for cookie in kept_cookies(response)),
        0 if response.headers.get("X-Content-Type-Options") == "nosniff" else -5,
        frame_points(response),
        referrer_points(response.headers.get("Referrer-Policy", "")),
        *(isolation_points(name, response.headers.get(name)) for name in ISOLATION),
        -50 if "Access-Control-Allow-Origin" in response.headers else 0,
    ]
    without = 100 + sum(point for point in points if point < 0)
    return without + sum(point for point in points if point > 0) if without >= BONUS_FROM else without


def policy_of(response: Any) -> dict[str, list[str]]:
    """The Content-Security-Policy by directive; empty where there is none."""
    parts = [part.split() for part in response.headers.get("Content-Security-Policy", "").split(";")]
    return {name.lower(): sources for name, *sources in filter(None, parts)}


def kept_cookies(response: Any) -> list["Morsel[str]"]:
    """The cookies that stay with the browser; a deleted one is none."""
    return [cookie for cookie in response.cookies.values() if cookie["max-age"] != 0]


def policy_points(policy: dict[str, list[str]]) -> int:
    if not policy:
        return -25
    scripts = policy.get("script-src", policy.get("default-src", ["*"]))
    styles = policy.get("style-src", policy.get("default-src", ["*"]))
    if {"'unsafe-inline'", "*", "data:", "https:", "http:"} & {*scripts, *policy.get("object-src", policy.get("default-src", ["*"]))}:
        return -20
    if "'unsafe-eval'" in [*scripts, *styles]:
        return -10
    if any(source.startswith("'unsafe") for sources in policy.values() for source in sources):
        return 0
    return 10 if policy.get("default-src") == ["'none'"] else 5


def transport_points(value: str) -> int:
    found = re.search(r"max-age=(\d+)", value)
    if not found:
        return -20
    return 0 if int(found[1]) >= HALF_A_YEAR else -10


def cookie_points(cookie: "Morsel[str]", *, has_hsts: bool) -> int:
    is_session = bool(re.search(r"sess|login", cookie.key, re.IGNORECASE))
    if not cookie["secure"]:
        return {(True, True): -10, (True, False): -40, (False, True): -5, (False, False): -20}[is_session, has_hsts]
    if is_session and not cookie["httponly"]:
        return -30
    if not cookie["samesite"]:
        return -20 if "csrf" in cookie.key.lower() else 0
    return 5


def frame_points(response: Any) -> int:
    ancestors = policy_of(response).get("frame-ancestors")
    if ancestors is not None and not {"*", "http:", "https:"} & set(ancestors):
        return 5
    return 0 if response.headers.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"} else -20


def referrer_points(value: str) -> int:
    if value in UNSAFE_REFERRER:
        return -5
    return 5 if value in PRIVATE else 0


def isolation_points(name: str, value: str | None) -> int:
    if value is None:
        return 0
    if value not in ISOLATION[name]:
        return -5
    return 10 if value == ISOLATION[name][0] else 0
