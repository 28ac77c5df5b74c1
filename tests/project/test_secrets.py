"""No secret lies in the repository: no key, no password that opens anything, no database, no file of settings."""

import re

import pytest

from tests.project import source

TEXTS = [
    path for path in source.files("*") if not re.search(r"\.(png|mo|[ot]tf|woff2?|ico|map|min\.(css|js))$", path) and "/vendor/" not in path
]
# What secrets look like, each with an example that the pattern must find; put together here, so that this file holds none.
KINDS = {
    "private key": (r"-----BEGIN [A-Z ]*PRIVATE KEY", "-----BEGIN RSA" + " PRIVATE KEY-----"),
    "key of a cloud": (r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", "AKIA" + "ABCDEFGHIJKLMNOP"),
    "token of a forge": (r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|glpat-[\w-]{20}|github_pat_\w{22})", "ghp_" + "a1" * 18),
    "token of a chat or shop": (r"\b(?:xox[abprs]-[\w-]{10,}|[sr]k_live_\w{20,})", "sk_live_" + "a1" * 12),
    "signed token": (r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}", "eyJ" + "a" * 12 + ".eyJ" + "b" * 12 + "." + "c" * 12),
    "key of Django's own making": (r"django-insecure-[^\s\"']{20,}", "django-insecure-" + "x" * 30),
    "key of this site": (
        r"(?:SECRET_KEY|FIELD_KEYS)[\"']?\s*[:=]\s*[\"']?(?=[\w/+=-]*\d)(?=[\w/+=-]*[A-Za-z])[\w/+=-]{40,}",
        "SECRET_KEY=" + "aB3" * 20,
    ),
    "password in an address": (
        r"\b[a-z][a-z0-9+]*://[^\s/:@\"'<>{}$]+:(?!(?:password|secret|dev|pompidou|80|x)@)[^\s/:@\"'<>{}$]+@",
        "postgres://pompidou:" + "Tr0ub4dor@db/x",
    ),
}
# What looks like a secret and opens nothing.
EXAMPLES = {
    "tests/security/test_redirects.py": "addresses with names before the host",
    "tests/security/test_hosts.py": "the same",
    "tests/project/test_settings.py": "settings of a production that is not there",
    "tests/settings.py": "the tests' own key",
    "bench/place.py": "measuring's own key, on data that it made up",
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_secret_is_in_a_file(kind):
    pattern, example = KINDS[kind]
    assert re.search(pattern, example)

    found = [path for path in TEXTS if path not in EXAMPLES and re.search(pattern, source.text(path))]

    assert found == []


def test_no_file_is_one_that_holds_secrets_or_people():
    kinds = r"(^|/)(\.env(\..*)?|.*\.(pem|key|p12|pfx|kdbx|sqlite3?|db|dump|bak|log|eml)|id_(rsa|ed25519)|secret[-_]?key)$"

    assert [path for path in source.files("*") if re.search(kinds, path)] == []


@pytest.mark.parametrize("path", ["Dockerfile", "compose.yaml"])
def test_no_image_is_built_with_a_secret(path):
    """What compose starts reads its secrets from files or from the environment of whoever starts it."""
    given = re.findall(r"^\s*(?:ENV|ARG)?\s*(SECRET_KEY|FIELD_KEYS|POSTGRES_PASSWORD)[:= ]+(\S+)", source.text(path), flags=re.MULTILINE)

    assert [(name, value) for name, value in given if not value.startswith(("$", "/", '"$', "build", "only"))] == []
