"""The French words: all there, compiled, with the same placeholders, and typeset as French is."""

import ast
import gettext
import re

import pytest

from tests.project import source
from tests.project.catalogue import MO, asked_for, entries

NARROW = "\u202f"  # the no-break space of French punctuation
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")
TAG = re.compile(r"<[^>]*>")
FRENCH_TEXTS = [*source.files("templates/mails/*.fr.txt"), *source.files("templates/privacy/*.fr.html")]
IMMEDIATE = {"gettext", "ngettext", "pgettext", "npgettext"}


def test_every_text_in_the_sources_is_in_the_catalogue():
    known = {entry.text for entry in entries()}

    assert {text: path for text, path in asked_for().items() if text not in known} == {}


def test_the_catalogue_holds_nothing_else():
    assert [entry.text.msgid for entry in entries() if entry.text not in asked_for()] == []


def test_every_text_has_its_french():
    assert [entry.text.msgid for entry in entries() if not all(words.strip() for words in entry.french)] == []


def test_a_plural_has_two_forms():
    assert [entry.text.msgid for entry in entries() if len(entry.french) != (2 if entry.text.plural else 1)] == []


def test_no_french_is_guessed_or_left_behind():
    assert [entry.text.msgid for entry in entries() if "fuzzy" in entry.remarks] == []
    assert [line for line in source.text("locale/fr/LC_MESSAGES/django.po").splitlines() if line.startswith("#~")] == []


def test_the_compiled_catalogue_is_that_of_the_written_one():
    with (source.ROOT / MO).open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    written = {}
    for entry in entries():
        name = f"{entry.text.context}\x04{entry.text.msgid}" if entry.text.context else entry.text.msgid
        written |= {(name, form): words for form, words in enumerate(entry.french)} if entry.text.plural else {name: entry.french[0]}

    assert {name: words for name, words in compiled.items() if name} == written


def test_placeholders_are_those_of_the_english():
    """A form for one may spell the number out, in either language."""

    def placeholders(text):
        return sorted(set(PLACEHOLDER.findall(text)))

    wrong = [
        (entry.text.msgid, words)
        for entry in entries()
        for words, english in zip(entry.french[::-1], (entry.text.plural or entry.text.msgid, entry.text.msgid), strict=False)
        if placeholders(words) not in (placeholders(english), placeholders(entry.text.msgid))
    ]

    assert wrong == []


def test_tags_are_those_of_the_english():
    def tags(text):
        return sorted(TAG.findall(text))

    assert [entry.text.msgid for entry in entries() for words in entry.french if tags(words) != tags(entry.text.msgid)] == []


def mistypeset(text: str) -> list[str]:
    """Where French punctuation lacks its narrow space, or an apostrophe is straight. Tags, entities and addresses are not prose."""
    prose = re.sub(r"<[^>]*>|{%.*?%}|{{.*?}}|&\w+;|\S+://\S+", "", text)
    marks = rf"[^{NARROW}\n][;!?»]|[^{NARROW}\n]:(?=\s|$)|«(?!{NARROW})|\w'\w|\.\.\.|\u00a0"
    return [prose[max(0, match.start() - 20) : match.end() + 10] for match in re.finditer(marks, prose)]


@pytest.mark.parametrize("words", ["Pourquoi ?", "Pourquoi?", "Nom: Orrin", "Nom :", "«Oui»", "« Oui »", "l'heure", "Enfin..."])
def test_what_is_mistypeset_is_seen(words):
    assert mistypeset(words) != []


@pytest.mark.parametrize(
    "words", [f"Pourquoi{NARROW}?", f"Nom{NARROW}: Orrin", f"«{NARROW}Oui{NARROW}»", "l’heure", "10:14", "https://a.example/?b"]
)
def test_what_is_well_typeset_passes(words):
    assert mistypeset(words) == []


def test_the_catalogue_is_typeset_as_french():
    assert [place for entry in entries() for words in entry.french for place in mistypeset(words)] == []


@pytest.mark.parametrize("path", FRENCH_TEXTS)
def test_french_texts_are_typeset_as_french(path):
    assert mistypeset(source.text(path)) == []


@pytest.mark.parametrize("path", source.files("templates/mails/*.en.txt"))
def test_french_mails_have_the_placeholders_of_the_english(path):
    english, french = (sorted(set(re.findall(r"\{\w+\}", source.text(p)))) for p in (path, path.replace(".en.", ".fr.")))

    assert french == english


def loaded_at_once(tree: ast.AST):
    """Everything that runs when a module is loaded: all but the insides of functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (part for default in [*node.args.defaults, *node.decorator_list] for part in ast.walk(default))
        elif not isinstance(node, ast.Lambda):
            yield node
            yield from loaded_at_once(node)


def names_of_immediate(path: str) -> set[str]:
    """What this module calls the functions that translate at once."""
    return {
        alias.asname or alias.name
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in IMMEDIATE
    }


def test_nothing_is_translated_while_modules_load():
    """It would stay in the language of whoever came first."""
    early = [
        f"{path}:{node.lineno}"
        for path in source.modules()
        for node in loaded_at_once(source.tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names_of_immediate(path)
    ]

    assert early == []
