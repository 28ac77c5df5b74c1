"""What is wrong with the headers of an answer."""

import re
from typing import Any

from tests.security.observatory import policy_of, score

PROMISED = 120
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}
ALWAYS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
# A mail shown in a frame brings its style sheet, which is allowed by its hash.
SHOWS_A_MAIL = {
    "/admin/correspondence/campaign/{campaign}/preview/",
    "/admin/correspondence/messagetemplate/{template}/preview/",
}
# What the browser may keep: the form before anything was typed.
MAY_BE_KEPT = {"/meetings/strasbourg-2026/register/?sector=police"}
HASH = re.compile(r"'sha256-[A-Za-z0-9+/]{43}='")

# Of a file that a stranger made: it runs nothing and fetches nothing, whoever opens it where.
FILES = {"/delegation/strasbourg-2026/nominees/{nomination}/letter/", "/admin/delegations/nomination/{nomination}/letter/"}
FILE_POLICY = {"sandbox": [], "default-src": ["'none'"]}


def weaknesses(response: Any, address: str = "", *, over_https: bool = True) -> list[str]:
    """Each header that is not as it must be; ``address`` is the line of the access table."""
    found = [f"{name}: {response.headers.get(name)}" for name, value in ALWAYS.items() if response.headers.get(name) != value]
    if not over_https:  # a browser takes no notice of it there
        found.remove(f"Strict-Transport-Security: {response.headers.get('Strict-Transport-Security')}")
    elif score(response) < PROMISED:
        found.append(f"score {score(response)}")
    policy = policy_of(response)
    if address in SHOWS_A_MAIL and response.status_code == 200:
        policy["style-src"] = [source for source in policy["style-src"] if not HASH.fullmatch(source)]
    if policy != (FILE_POLICY if address in FILES and response.status_code == 200 else POLICY):
        found.append(f"policy {policy}")
    if "camera=()" not in response.headers.get("Permissions-Policy", ""):
        found.append("no Permissions-Policy")
    kept = "no-store" not in response.headers.get("Cache-Control", "")
    if kept and not (address in MAY_BE_KEPT and response.headers["Cache-Control"] == "private, no-cache"):
        found.append(f"Cache-Control: {response.headers.get('Cache-Control')}")
    kind = response.headers.get("Content-Type", "").replace('"', "")
    if response.status_code == 200 and (not kind or (kind.startswith("text/") and "charset=utf-8" not in kind)):
        found.append(f"Content-Type: {kind}")
    return found
