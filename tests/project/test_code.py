"""Habits that no linter knows."""

import ast
import re

import pytest
from django.apps import apps
from django.forms import ModelForm

from tests.project import source

LONGEST_FUNCTION = 60
LONGEST_MODULE = 400
LONGEST_VIEW = 25
RAW_SQL = re.compile(r"\.raw\(|\.extra\(|RawSQL|\.cursor\(\)")
# Places that need the database itself, each with its reason.
SQL_ALLOWED: dict[str, str] = {
    "accounts/limits.py": "adds one and reads it back in a single statement, which the ORM cannot",
    "privacy/services/disk.py": "empties SQLite's log, which no ORM knows of",
}
# Templates with markup made elsewhere: crispy-forms' own help text, and the QR code drawn by the sign-in library.
SAFE_ALLOWED = {"templates/bootstrap5/field.html", "templates/mfa/totp/activate_form.html"}
PAGES = [path for path in source.files("templates/**.html") if not path.startswith("templates/mails/")]  # mail programs know no policy


def functions(path: str):
    return [node for node in ast.walk(source.tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1


def test_no_function_is_longer_than_a_screen():
    long = [f"{path}:{node.lineno} {node.name} {length(node)}" for path in source.modules() for node in functions(path)]

    assert [line for line in long if int(line.split()[-1]) > LONGEST_FUNCTION] == []


def test_no_module_outgrows_its_subject():
    sizes = {path: len(source.text(path).splitlines()) for path in source.modules()}

    assert {path: size for path, size in sizes.items() if size > LONGEST_MODULE} == {}


def test_no_view_does_the_work_itself():
    views = [path for path in source.modules() if path.endswith("/views.py") or "/views/" in path]
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path in views
        for node in functions(path)
        if node.args.args and node.args.args[0].arg == "request" and length(node) > LONGEST_VIEW
    ]

    assert long == []


def test_no_sql_is_written_by_hand():
    found = [path for path in source.modules() if RAW_SQL.search(source.text(path)) and path not in SQL_ALLOWED]

    assert found == []


def test_every_signature_is_annotated():
    bare = [
        f"{path}:{node.lineno} {node.name}"
        for path in source.modules()
        for node in functions(path)
        if node.returns is None or any(a.annotation is None for a in node.args.args + node.args.kwonlyargs if a.arg not in {"self", "cls"})
    ]

    assert bare == []


def test_no_drawer_for_leftovers():
    drawers = {"core", "common", "utils", "helpers"}

    assert [path for path in source.modules() if drawers & set(re.split(r"[/.]", path))] == []


def test_only_startup_hooks_use_signals():
    """post_migrate is Django's one place to grant rights and add templates; no other signal is used.

    One module listens to the sign-in library, which tells by signals alone that a second factor came or went.
    """
    receivers = [
        (path, node.lineno)
        for path in source.modules()
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "connect" and "post_migrate" not in ast.unparse(node)
    ]

    assert receivers == []
    assert [path for path in source.modules() if "@receiver" in source.text(path)] == ["accounts/second_factor_events.py"]


def all_model_forms():
    for path in source.modules():
        if "form" in path or "admin" in path:
            __import__(path.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
    seen, waiting = set(), [ModelForm]
    while waiting:
        for form in waiting.pop().__subclasses__():
            if form not in seen:
                seen.add(form)
                waiting.append(form)
    return [form for form in seen if form.__module__.split(".")[0] in {*source.APPS, "pompidou"} and "Meta" in vars(form)]


def test_model_forms_name_their_fields():
    """A column added later must not appear on a form, or be written by one, because nobody thought of it."""
    careless = [
        f"{form.__module__}.{form.__name__}"
        for form in all_model_forms()
        if form._meta.fields == "__all__" or (form._meta.fields is None and form._meta.exclude is not None)
    ]

    assert careless == []


@pytest.mark.parametrize("path", PAGES)
def test_templates_fit_the_content_security_policy(path):
    """The policy allows neither inline script nor inline style, so either would be dead or would tempt to loosen it."""
    markup = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", source.text(path), flags=re.DOTALL)

    assert (
        re.findall(
            r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*(\bsrc=|application/json))[^>]*>", markup, flags=re.IGNORECASE
        )
        == []
    )


@pytest.mark.parametrize("path", sorted(set(source.files("templates/**.html")) - SAFE_ALLOWED))
def test_templates_escape(path):
    """Markup that is safe is made safe where it is built, never in the template."""
    assert re.findall(r"\|\s*safe\b|{%\s*autoescape\s+off|\|\s*safeseq", source.text(path)) == []


def test_every_model_of_ours_says_what_it_is():
    models = [model for app in source.APPS for model in apps.get_app_config(app).get_models() if "Historical" not in model.__name__]

    assert [model.__name__ for model in models if (model.__doc__ or "").startswith(f"{model.__name__}(")] == []


def test_no_stylesheet_brings_a_picture_the_policy_refuses():
    styles = list(source.files("static/**.css"))

    assert "static/vendor/bootstrap/bootstrap.min.css" in styles
    assert [path for path in styles if 'url("data:' in source.text(path) or "url(data:" in source.text(path)] == []
