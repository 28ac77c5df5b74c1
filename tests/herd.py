"""Many processes at once on the test database, for what one process cannot show.

A test whose transactions are real (``committed_db``) asks the fixture ``herd`` to ``run`` something. The herd is this module
started as a program: it sets Django up once, forks its members, and hands each round of work to all of them at the same moment.
"""

import contextlib
import importlib
import json
import multiprocessing
import os
import subprocess
import sys
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
SIZE = 6
PATIENCE = 120  # seconds; on a busy machine one of sixteen may wait long for SQLite's lock, which is not fair, or for a connection


def environment(**changes: str) -> dict[str, str]:
    """The environment of another process that works on this test's database."""
    database = connection.settings_dict
    address = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**{**database, "PORT": database["PORT"] or 5432})
    return {**os.environ, "DATABASE_URL": address, "DATABASE_POOL": "1", "DJANGO_SETTINGS_MODULE": "tests.settings", **changes}


class Herd:
    """Processes that wait for work."""

    def __init__(self, size: int = SIZE) -> None:
        command = [sys.executable, "-m", "tests.herd", str(size)]
        self.program = subprocess.Popen(
            command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def run(self, act: str, entries: list[dict[str, Any]]) -> list[Any]:
        """Let one process for each entry call ``act`` ("module:function") with those keywords, all at once.

        Returns what they returned, or the names of the errors they raised.
        """
        assert self.program.stdin
        assert self.program.stdout
        self.program.stdin.write(json.dumps([act, entries]) + "\n")
        return json.loads(self.program.stdout.readline())

    def stop(self) -> None:
        with self.program:
            assert self.program.stdin
            self.program.stdin.close()
            self.program.wait(timeout=30)


def member(work: Connection, barrier: Barrier) -> None:
    """One process: take what is to be done, wait for the others, do it, answer."""
    with contextlib.suppress(EOFError):
        while True:
            act, keywords = work.recv()
            module, _, name = act.partition(":")
            function = getattr(importlib.import_module(module), name)
            options = connection.settings_dict["OPTIONS"]
            (options["pool"] if connection.vendor == "postgresql" else options)["timeout"] = PATIENCE
            connection.ensure_connection()  # so that connecting is not part of the race
            barrier.wait()
            try:
                outcome = function(**keywords) if keywords is not None else None
            except Exception as error:
                outcome = type(error).__name__
            connection.close()
            if connection.vendor == "postgresql":
                connection.close_pool()  # or its idle connection would keep the test database from being dropped
            work.send(outcome)


def main() -> None:
    import django

    django.setup()
    size = int(sys.argv[1])
    fork = multiprocessing.get_context("fork")
    barrier = fork.Barrier(size)
    ends = []
    for _ in range(size):
        ours, theirs = fork.Pipe()
        fork.Process(target=member, args=(theirs, barrier), daemon=True).start()
        ends.append(ours)
    for line in sys.stdin:
        act, entries = json.loads(line)
        for end, keywords in zip(ends, entries + [None] * (size - len(entries)), strict=True):
            end.send((act, keywords))
        outcomes = [end.recv() for end in ends]
        print(json.dumps(outcomes[: len(entries)]), flush=True)


if __name__ == "__main__":
    main()
