"""The project's own files, for tests that read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ["accounts", "correspondence", "meetings", "delegations", "participants", "attendance", "reports", "privacy"]


@cache
def files(pattern: str) -> list[str]:
    """Paths under version control, and new ones not yet, from the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", pattern]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return sorted(path for path in set(listed) if (ROOT / path).is_file())


def modules() -> list[str]:
    """Every Python module that runs in production, migrations left out."""
    return [path for path in files("*.py") if path.split("/")[0] in {*APPS, "pompidou"} and "/migrations/" not in path]


@cache
def tree(path: str) -> ast.Module:
    """A module as Python understands it."""
    return ast.parse(text(path), path)


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def imports(path: str) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything a module imports, wherever in the module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
