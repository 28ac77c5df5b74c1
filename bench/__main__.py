"""`python -m bench`: measure what the service promises, each against a floor taken in the same run, and print one table.

BENCH_DATABASE_URL names a PostgreSQL server on which a database may be made; it is dropped at the end. Without it the
measures run on SQLite. Everything stays on this machine.
"""

import argparse
import os
import platform
import time
from pathlib import Path

from bench.place import WORKERS, Place, Server, free_share, place, resident_mb, say
from bench.table import Measure, at_most, table

PARTS = ("page", "registration", "list", "csv", "import", "doors", "memory", "badges", "wishes", "campaign")
ON_REQUEST = ("storm",)  # takes minutes, and every core


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="shorter and with a tenth of the people: shows that it runs, not how fast")
    parser.add_argument("--only", choices=PARTS + ON_REQUEST, action="append", help="only this part; may be given more than once")
    options = parser.parse_args()
    start = time.perf_counter()
    with place() as here:
        share = free_share()
        measures = measure(here, parts=options.only or PARTS, quick=options.quick)
        share = min(share, free_share())
        print(f"\n{machine(here, share)}\n\n{table(measures)}")
    say(f"Done in {time.perf_counter() - start:.0f} s")


def measure(here: Place, *, parts: list[str], quick: bool) -> list[Measure]:
    """All parts in one run, on one database that grows."""
    data = prepare(here)
    from bench import (
        badges,
        campaigns,
        doors,
        export,
        imports,
        lists,
        pages,
        people,
        registrations,
        storm,
        wishes,
    )  # they need Django, which is set up by now

    seconds, times, middle, many = (2, 5, 2_000, 10_000) if quick else (8, 15, 20_000, 100_000)
    found: list[Measure] = []
    if "storm" in parts:
        found += storm.storm(os.environ.get("BENCH_DATABASE_URL", ""), 4 if quick else 50)
    with Server(here) as server:
        if "memory" in parts:
            found.append(memory_at_rest(server))
        if "registration" in parts:
            found += registrations.registrations(server, data["open"].slug, seconds=2 * seconds)
        if {"page", "list", "badges"} & set(parts):
            grow(people, data["large"], middle)
        if "doors" in parts:
            found += doors.scanning(server, seconds=2 * seconds)
        if "import" in parts:
            found += imports.list_import(data["import"], data["small"], 1_000 if quick else 10_000)
        if "wishes" in parts:
            found += wishes.wishes(times=3)
        if "badges" in parts:
            found += badges.badges(data["large"], times=1 if quick else 3)
        if "campaign" in parts:
            found += campaigns.campaign_of_500(data["campaign"])
        if "page" in parts:
            found += pages.meeting_page(server, {data["small"].slug: 100, data["large"].slug: middle}, seconds=seconds)
        if "list" in parts:
            found += lists.participant_list(server, data["large"].pk, middle, times=times)
        if {"list", "csv"} & set(parts):
            grow(people, data["large"], many)
        if "list" in parts:
            found += lists.participant_list(server, data["large"].pk, many, times=times)
        if "csv" in parts:
            found += export.csv_export(server, data["large"].pk, data["small"].pk, many, times=3)
    return found


def prepare(here: Place) -> dict:
    """Make the tables, the reference data and the meetings, and collect the static files as an image would hold them."""
    say("Making the database")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from bench.people import make_meetings

    return make_meetings()


def grow(people, meeting, count: int) -> None:
    """Bring the meeting to so many participants."""
    known = meeting.participants.count()
    if known < count:
        say(f"Inventing {count - known:,} participants")
        people.fill(meeting, count - known, seed=known)
        people.gather_statistics()


def memory_at_rest(server: Server) -> Measure:
    """The larger worker, after it answered a page and before anything else."""
    from bench.clients import Pages, press

    press(Pages(server.here.port, "/"), seconds=1)
    time.sleep(2)
    return Measure("A web worker at rest", max(resident_mb(pid) for pid in server.workers()), "MB", aim="under 110 MB", met=at_most(110))


def machine(here: Place, share: float) -> str:
    """What it was measured on, and whether that had anything else to do."""
    from django.db import connection

    described = Path("/proc/cpuinfo").read_text()
    name = next((line.partition(":")[2].strip() for line in described.splitlines() if line.startswith("model name")), "unknown")
    database = f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"
    busy = (
        "" if share > 0.9 else f" The machine was busy: a single loop got {share:.0%} of a core, so rates are too low and times too long."
    )
    cores = described.count("processor\t")
    return f"{cores} cores ({name}), Python {platform.python_version()}, {database}, {WORKERS} web workers, 8 clients.{busy}"


if __name__ == "__main__":
    main()
