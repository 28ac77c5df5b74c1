"""The audit of requirements: a known hole stops a change, and what could not be asked is not passed over in silence."""

import json
import runpy
import subprocess

import pytest

from tests.project import source

GOOD = {"name": "django", "version": "5.2.19", "vulns": []}
HOLED = {"name": "django", "version": "5.2.1", "vulns": [{"id": "PYSEC-2026-1"}]}
UNASKED = {"name": "ours", "skip_reason": "not found"}


@pytest.fixture
def audit(monkeypatch):
    """Run the audit with a made-up answer; returns its exit status."""

    def run(answer):
        def answered(command, **_):
            if isinstance(answer, Exception):
                raise answer
            return subprocess.CompletedProcess(command, 0, stdout=answer, stderr="No route to host")

        monkeypatch.setattr(subprocess, "run", answered)
        return runpy.run_path(str(source.ROOT / ".ci" / "audit.py"))["main"]()

    return run


@pytest.mark.parametrize(
    ("dependencies", "status", "last"),
    [
        ([GOOD], 0, "pip-audit: 1 of 1 packages audited, 0 known holes"),
        ([GOOD, HOLED], 1, "pip-audit: 2 of 2 packages audited, 1 known holes"),
        ([GOOD, UNASKED], 0, "pip-audit: 1 of 2 packages audited, 0 known holes"),
        ([UNASKED, HOLED], 1, "pip-audit: 1 of 2 packages audited, 1 known holes"),
    ],
)
def test_a_known_hole_fails(audit, capsys, dependencies, status, last):
    assert audit(json.dumps({"dependencies": dependencies})) == status
    assert capsys.readouterr().out.splitlines()[-1] == last


@pytest.mark.parametrize("answer", ["", "no JSON", "{}", subprocess.TimeoutExpired("pip-audit", 300)])
def test_without_an_answer_it_says_so(audit, capsys, answer):
    audit(answer)

    assert "COULD NOT ASK" in capsys.readouterr().out


@pytest.mark.parametrize(("strict", "status"), [("", 0), ("1", 1)])
def test_where_an_answer_is_required_none_is_a_failure(audit, monkeypatch, strict, status):
    monkeypatch.setenv("AUDIT_REQUIRED", strict)

    assert audit("") == status
    assert audit(json.dumps({"dependencies": [GOOD, UNASKED]})) == status
