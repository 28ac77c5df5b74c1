"""Pinned requirements: hashed, without any address of an index, and in step with pyproject.toml."""

import re
import tomllib

import pytest

from tests.project import source

FILES = ["requirements/base.txt", "requirements/dev.txt"]


def pins(path: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", source.text(path), flags=re.MULTILINE))


def declared() -> dict[str, list[str]]:
    project = tomllib.loads(source.text("pyproject.toml"))["project"]
    return {"requirements/base.txt": project["dependencies"], "requirements/dev.txt": project["optional-dependencies"]["dev"]}


@pytest.mark.parametrize("path", FILES)
def test_no_index_is_named(path):
    assert re.findall(r"https?://\S+|--\w*index\S*|--find-links\S*|--trusted-host\S*", source.text(path)) == []


@pytest.mark.parametrize("path", FILES)
def test_every_pin_has_a_hash(path):
    entries = re.split(r"\n(?=[a-z])", re.sub(r"^#.*\n", "", source.text(path), flags=re.MULTILINE))

    assert [entry.split()[0] for entry in entries if entry.strip() and "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("path", FILES)
def test_every_declared_dependency_is_pinned(path):
    names = {re.match(r"[A-Za-z0-9-]+", line)[0].lower() for line in declared()[path]}

    assert names - set(pins(path)) == set()


def test_both_files_pin_the_same_versions():
    base, dev = (pins(path) for path in FILES)

    assert {name: dev.get(name) for name in base} == base


def test_every_dependency_says_why():
    block = source.text("pyproject.toml").split("dependencies = [", 1)[1].split("[tool.setuptools]")[0]
    lines = [line for line in block.splitlines() if line.strip().startswith('"')]

    assert [line for line in lines if not re.search(r",\s+# \w", line)] == []
