"""Processes that die before their n-th SQL statement, as if the machine had lost its power there.

``Mortals`` starts this module as a program, which sets Django up once and forks a child for each death.
"""

import importlib
import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import translation

from tests.herd import ROOT, environment

DIED = 9


class Mortals:
    """Makes processes that do something and die on the way."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.deaths"]
        self.program = subprocess.Popen(
            command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def deaths(self, act: str, keywords: dict[str, Any]) -> Iterator[int]:
        """Call ``act`` ("module:function") again and again, first dying before the first statement, then before the second, …

        Yields the number of statements after each death, and ends when a process had no more to do and lived.
        """
        assert self.program.stdin
        assert self.program.stdout
        statements, end = 0, DIED
        while end == DIED:
            self.program.stdin.write(json.dumps([act, keywords, statements]) + "\n")
            end = json.loads(self.program.stdout.readline())
            if end == DIED:
                yield statements
            statements += 1
        assert end == 0, f"the process ended with {end}"

    def stop(self) -> None:
        with self.program:
            assert self.program.stdin
            self.program.stdin.close()
            self.program.wait(timeout=30)


class Countdown:
    """Lets so many statements pass and ends the process before the next; a COMMIT counts as one."""

    def __init__(self, statements: int) -> None:
        self.left = statements

    def step(self) -> None:
        self.left -= 1
        if self.left < 0:
            os._exit(DIED)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.step()
        return execute(sql, params, many, context)


def live(function: Callable[..., Any], keywords: dict[str, Any], statements: int) -> None:
    """One life, long enough for so many statements."""
    connection.ensure_connection()
    countdown, commit = Countdown(statements), connection._commit

    def counted_commit() -> None:
        countdown.step()
        commit()

    connection._commit = counted_commit
    with connection.execute_wrapper(countdown):
        function(**keywords)
    os._exit(0)


def main() -> None:
    import django

    django.setup()
    with translation.override("fr"):
        reverse("home")  # addresses and words are read once here, not by every child again
    fork = multiprocessing.get_context("fork")
    for line in sys.stdin:
        act, keywords, statements = json.loads(line)
        module, _, name = act.partition(":")
        function = getattr(importlib.import_module(module), name)  # once, before the children are made
        process = fork.Process(target=live, args=(function, keywords, statements))
        process.start()
        process.join(timeout=30)
        print(process.exitcode, flush=True)


if __name__ == "__main__":
    main()
