"""The meeting page: pages a second, with few and with many participants, against the barest page of the same server."""

from bench.clients import Pages, press
from bench.counting import statements_of
from bench.place import Server, say
from bench.table import Measure, at_least, at_most


def meeting_page(server: Server, slugs: dict[str, int], *, seconds: float) -> list[Measure]:
    """``slugs`` → how many participants each meeting has, the smallest first."""
    port, found, rates = server.here.port, [], []
    for slug, people in slugs.items():
        path = f"/meetings/{slug}/"
        press(Pages(port, path), seconds=1)  # every worker has seen it once
        say(f"Meeting page with {people:,} participants, for {seconds:g} s")
        floor = press(Pages(port, "/livez"), seconds=seconds / 2)
        before = server.cpu_seconds()
        load = press(Pages(port, path), seconds=seconds)
        cpu = (server.cpu_seconds() - before) / load.count * 1000
        rates.append(load.rate)
        found.append(
            Measure(f"Meeting page, {people:,} participants", load.rate, "/s", floor.rate, "(livez)", "500 a second", at_least(500))
        )
        found.append(Measure(f"Meeting page, {people:,} participants, processor time", cpu, "ms"))
    found.append(Measure("Meeting page, slower with many", rates[0] / rates[-1], "times", aim="no slower (1.1)", met=at_most(1.1)))
    queries = len(statements_of(lambda client: client.get(path)))
    found.append(Measure("Meeting page, SQL statements", queries, "", aim="at most 8", met=at_most(8)))
    return found
