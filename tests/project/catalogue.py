"""The French catalogue, and the texts in the sources that ask for a translation; read without GNU gettext, which few machines have."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from django.utils.translation.template import templatize

from tests.project import source

PO = "locale/fr/LC_MESSAGES/django.po"
MO = "locale/fr/LC_MESSAGES/django.mo"
# What each function takes, in order.
FUNCTIONS = {
    **dict.fromkeys(["_", "_lazy", "gettext", "gettext_lazy", "gettext_noop"], ("msgid",)),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], ("msgid", "plural")),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ("context", "msgid")),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ("context", "msgid", "plural")),
}
CALL = re.compile(rf"\b(?:{'|'.join(FUNCTIONS)})\(")


class Text(NamedTuple):
    """A text in English: what it is called in the catalogue."""

    msgid: str
    context: str = ""
    plural: str = ""


class Entry(NamedTuple):
    """A text with its French: one form, or two where there is a plural."""

    text: Text
    french: tuple[str, ...]
    remarks: str = ""


@cache
def entries() -> list[Entry]:
    """The catalogue as translators write it, without its header."""
    found = [entry_of(block) for block in re.split(r"\n\n+", source.text(PO).strip())]
    return [entry for entry in found if entry.text.msgid]


def entry_of(block: str) -> Entry:
    """One entry: remarks, then keywords with strings that may go on over several lines."""
    parts: dict[str, str] = {}
    key = ""
    lines = block.splitlines()
    for line in lines:
        if match := re.fullmatch(r'(\w+(?:\[\d\])?) (".*")', line):
            key = match[1]
            parts[key] = ast.literal_eval(match[2])
        elif line.startswith('"'):
            parts[key] += ast.literal_eval(line)
    text = Text(parts.get("msgid", ""), parts.get("msgctxt", ""), parts.get("msgid_plural", ""))
    french = tuple(value for key, value in parts.items() if key.startswith("msgstr"))
    return Entry(text, french, "\n".join(line for line in lines if line.startswith("#")))


@cache
def asked_for() -> dict[Text, str]:
    """Every text that the sources ask to have translated, and one file that does."""
    return dict(sorted({**dict(in_templates()), **dict(in_modules())}.items()))


def in_modules() -> Iterator[tuple[Text, str]]:
    for path in source.modules():
        yield from ((text, path) for text in texts_in(source.tree(path)))


def in_templates() -> Iterator[tuple[Text, str]]:
    for path in [*source.files("templates/**.html"), *source.files("templates/**.txt")]:
        code = templatize(source.text(path), origin=path)
        for match in CALL.finditer(code):
            yield from ((text, path) for text in texts_in(call_at(code, match.start())))


def call_at(code: str, start: int) -> ast.AST:
    """The call that begins there, which ends at the first bracket that makes it whole."""
    for bracket in re.finditer(r"\)", code[start:]):
        try:
            return ast.parse(code[start : start + bracket.end()], mode="eval")
        except SyntaxError:
            continue
    raise ValueError(code[start : start + 80])


def texts_in(tree: ast.AST) -> Iterator[Text]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
            names = FUNCTIONS[node.func.id]
            words = [word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
            if len(words) >= len(names):  # with a variable in place of a word there is nothing to collect
                yield Text(**dict(zip(names, words, strict=False)))
