"""Calls that open holes, looked for in the code as Python understands it, in every module that runs in production."""

import ast

import pytest
from django.conf import settings

from tests.project import source

RUNS_CODE = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "pickle.loads",
    "pickle.load",
    "marshal.loads",
    "shelve.open",
    "yaml.load",
    "os.system",
}
FETCHES = {"urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "http.client"}
# Modules that may: the demo's own server is asked whether it is up, and started as processes.
# Markup that is made safe by hand, and names by chance that are no secrets: each place with its reason.
MADE_SAFE: dict[str, str] = {
    "attendance/admin/devices.py": "a QR code, drawn by the library out of squares",
    "participants/forms/drawing.py": "a template of ours, drawn",
    "privacy/admin/notices.py": "the notice, which the software writes and nobody types",
    "privacy/views.py": "the same",
    "reports/charts.py": "written by an XML library, which escapes",
}
BY_CHANCE: dict[str, str] = {
    "attendance/services/scans.py": "numbers of scans, which are told apart and open nothing",
    "correspondence/delivery.py": "how long to wait before trying again",
    "privacy/models.py": "names of rows that are told apart in a backup",
    "privacy/services/tombstones.py": "the same",
}
FETCHES_ALLOWED = {"pompidou/demo/__main__.py"}


def calls(path):
    """Each call of a module: the name that is called, and the call."""
    return [(ast.unparse(node.func), node) for node in ast.walk(source.tree(path)) if isinstance(node, ast.Call)]


def found(is_bad):
    return [
        f"{path}:{node.lineno} {ast.unparse(node)[:80]}" for path in source.modules() for name, node in calls(path) if is_bad(name, node)
    ]


def says(node, *words):
    """Whether an expression speaks of a request's own data."""
    return any(word in ast.unparse(node) for word in words)


def test_no_query_is_made_of_what_a_client_sent():
    """filter(**request.GET.dict()) would let a client name any column, and how columns are joined."""

    def is_bad(name, node):
        return name.rpartition(".")[2] in {"filter", "exclude", "get", "Q", "update", "create", "order_by", "annotate", "values"} and any(
            keyword.arg is None and says(keyword.value, "GET", "POST", "cleaned_data", "json") for keyword in node.keywords
        )

    assert found(is_bad) == []


def test_no_statement_is_glued_together():
    def is_bad(name, node):
        glued = (ast.JoinedStr, ast.BinOp)
        return name.rpartition(".")[2] in {"execute", "executemany", "raw", "extra", "RawSQL"} and any(
            isinstance(argument, glued) for argument in node.args
        )

    assert found(is_bad) == []


def test_nothing_is_run_or_unpacked_that_came_from_elsewhere():
    assert found(lambda name, node: name in RUNS_CODE) == []


def test_no_request_leaves_the_house():
    """Nothing to be tricked into asking another machine for something."""
    bad = [
        f"{path}:{line} {name}"
        for path in source.modules()
        for line, name in source.imports(path)
        if path not in FETCHES_ALLOWED and any(name == library or name.startswith(f"{library}.") for library in FETCHES)
    ]

    assert bad == []


def test_nobody_is_sent_on_to_an_address_from_a_request():
    def is_bad(name, node):
        return name.rpartition(".")[2] in {"redirect", "HttpResponseRedirect"} and any(
            says(part, ".GET", ".POST", ".META") for part in node.args
        )

    assert found(is_bad) == []


def test_secrets_are_not_drawn_from_uuids_or_the_clock():
    """A UUID has 122 bits and is made to be unique, not to be secret."""
    bad = [
        f"{path}:{line} {name}"
        for path in source.modules()
        for line, name in source.imports(path)
        if name.startswith("uuid") or name in {"random", "random.choice", "random.random"}
        if not path.startswith("pompidou/demo/") and path not in BY_CHANCE
    ]

    assert bad == []


def test_tokens_have_256_bits():
    from accounts.tokens import hash_of, new_token

    assert len(new_token()) >= 43  # 32 bytes in base64
    assert len({new_token() for _again in range(100)}) == 100
    assert len(hash_of("x")) == 64


def test_markup_is_safe_only_where_it_is_built_of_constants():
    """format_html escapes what it fills in; mark_safe takes anything."""

    bad = {
        path
        for path in source.modules()
        for name, node in calls(path)
        if name.rpartition(".")[2] in {"mark_safe", "SafeString", "SafeText"} and node.args and not isinstance(node.args[0], ast.Constant)
    }

    assert bad == set(MADE_SAFE)


def test_no_view_is_without_its_token():
    assert [path for path in source.modules() if "csrf_exempt" in source.text(path)] == []


def test_passwords_are_hashed_slowly_and_are_long():
    from pompidou import settings as production  # noqa: TID251  the tests' own settings hash quickly

    assert production.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
    [length] = [one["OPTIONS"]["min_length"] for one in settings.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in one]
    assert length >= 15


@pytest.mark.parametrize("name", ["cache_page", "UpdateCacheMiddleware", "FetchFromCacheMiddleware", "csp_exempt", "xframe_options_exempt"])
def test_no_page_is_cached_or_framed_for_everybody(name):
    assert [path for path in source.modules() if name in source.text(path)] == []
