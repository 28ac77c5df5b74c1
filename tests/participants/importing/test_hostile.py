"""Files made to fill a machine get a clear refusal, soon and in little memory: each is read by a process of its own."""

import json
import subprocess
import sys

import pytest

from tests.herd import ROOT, environment
from tests.participants.importing.hostile import KINDS

MOST_MEGABYTES, MOST_SECONDS = 100, 10
TOO_LARGE = "Unpacked, this workbook is far larger than a list of people. Copy the list into a new workbook, or save it as CSV."
DAMAGED = "This Excel workbook is damaged. Open it, save it again as .xlsx, and try once more."
OUTCOMES = {
    "zip_bomb": TOO_LARGE,
    "million_columns": TOO_LARGE,
    "million_rows": "This file has more than 20,000 rows. Import it in parts.",
    "empty_rows": "This file has more than 20,000 rows. Import it in parts.",
    "long_string": TOO_LARGE,
    "many_strings": TOO_LARGE,
    "long_head": TOO_LARGE,
    "entities": DAMAGED,
    "external_entity": DAMAGED,
    "encrypted_parts": "This workbook is protected by a password. Save it without one.",
    "many_parts": TOO_LARGE,
    "endless_line": "This file is larger than 10 MB. A list of 20,000 people takes less.",
    "million_csv_columns": "A row of this file holds more than 1,000,000 characters. Is a quotation mark missing?",
    "million_csv_rows": "This file has more than 20,000 rows. Import it in parts.",
    "long_csv_lines": "A row of this file holds more than 1,000,000 characters. Is a quotation mark missing?",
    "open_quote": "Line 13109 cannot be read. Is a quotation mark missing?",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory, django_db_setup, django_db_blocker):
    """What came of each, how much memory it took and how many seconds of the processor."""
    with django_db_blocker.unblock():
        program = [sys.executable, "-m", "tests.participants.importing.hostile", str(tmp_path_factory.mktemp("hostile"))]
        done = subprocess.run(program, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=300, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_file_is_refused_in_little_memory(found, kind):
    assert found[kind]["outcome"] == OUTCOMES[kind]
    assert found[kind]["megabytes"] < MOST_MEGABYTES
    assert found[kind]["seconds"] < MOST_SECONDS
