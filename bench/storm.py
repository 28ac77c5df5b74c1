"""Twenty processes at the same places, many rounds: that none is promised twice, and how long the rounds take.

The rounds are those of ``tests/participants/test_storm.py``, on a test database that pytest makes and drops; each database has a time it
must be done in, after which its processes are ended and the measure fails.
"""

import os
import subprocess
import sys
import time

from bench.place import ROOT, say
from bench.table import Measure

FILE = "tests/participants/test_storm.py"
SECONDS_AT_MOST = 1_200
OURS = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "VAR_DIR", "STATIC_ROOT", "EMAIL_URL", "CACHE_URL")  # the bench's, not the tests'


def storm(server: str, rounds: int) -> list[Measure]:
    """On SQLite, and on the PostgreSQL server where there is one. Each round is run twice: mixed, and as a rush for two places."""
    databases = {"SQLite": ""} | ({"PostgreSQL": server} if server.startswith("postgres") else {})
    return [storm_on(name, address, rounds) for name, address in databases.items()]


def storm_on(name: str, address: str, rounds: int) -> Measure:
    """The rounds on one database."""
    say(f"{rounds} rounds of 20 processes on {name}")
    environment = {key: value for key, value in os.environ.items() if key not in OURS} | {"STORM_ROUNDS": str(rounds)}
    if address:
        environment["DATABASE_URL"] = address
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-x", FILE]
    start = time.perf_counter()
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=sys.stderr, timeout=SECONDS_AT_MOST, check=False)
        is_whole = done.returncode == 0
    except subprocess.TimeoutExpired:
        is_whole = False
    seconds = time.perf_counter() - start
    return Measure(f"Storm, {rounds} rounds × 20 processes, {name}", seconds, "s", aim="no place twice", met=lambda _measure: is_whole)
