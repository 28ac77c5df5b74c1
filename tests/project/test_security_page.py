"""docs/security.md names every row of the checklist, and tests that exist."""

import re

from tests.project import source

PAGE = source.text("docs/security.md")
WITHOUT_TEST = {23}  # a deviation, explained there


def test_every_row_of_the_checklist_is_there():
    assert [int(number) for number in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)] == list(range(1, 44))


def test_every_row_names_a_test():
    rows = re.findall(r"^\| (\d+) \|.*\| ([^|]*) \|$", PAGE, re.MULTILINE)

    assert {int(number) for number, test in rows if "tests/" not in test} | WITHOUT_TEST == WITHOUT_TEST


def test_every_file_named_exists():
    named = set(re.findall(r"`((?:tests|accounts|\.ci)/[\w/.-]+\.py)`", PAGE))

    assert len(named) > 30
    assert sorted(path for path in named if not (source.ROOT / path).is_file()) == []
