"""The full list as CSV through the web server: time, first byte, memory; against PostgreSQL's COPY of the same columns."""

import csv
import io
import socket
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection

from bench.clients import hidden_fields
from bench.lists import staff_browser
from bench.place import Server, resident_mb, say
from bench.table import Measure, at_most, ratio_at_most

ADDRESS = "/admin/participants/participant/export.csv"
ANSWERS = {"purpose": "full", "format": "csv", "language": "en", "separator": ",", "bom": "on"}

# The columns and the order of the full list; what has words in two languages comes as its code or English name.
SAME_ROWS = """
SELECT p.reference, p.state, p.category, p.salutation, p.given_name, p.family_name, p.function, p.service, p.organisation,
       b.name_en, c.name_en, s.name_en, s.family, p.email, p.phone, p.language,
       p.listening_language, p.is_first_timer, p.visibility, p.may_be_photographed, p.privacy_notice,
       p.created_at, p.registered_at, p.decided_at
FROM participants_participant p
JOIN participants_sector s ON s.id = p.sector_id
LEFT JOIN delegations_country c ON c.id = p.country_id
LEFT JOIN delegations_body b ON b.id = p.body_id
WHERE p.meeting_id = {meeting}
ORDER BY p.category, c.sort_key_en, b.name_en, {name}, p.id
"""


@dataclass
class Download:
    """How a download went."""

    seconds: float
    first_byte: float
    lines: int
    growth_mb: float


def csv_export(server: Server, meeting: int, small_meeting: int, people: int, *, times: int) -> list[Measure]:
    """The best of a few downloads, for the machine does other things too; the memory is the worst of them."""
    download(server, small_meeting)  # so that what is measured is the rows and not the loading of code
    say(f"CSV of {people:,} rows, {times} times, and COPY of the same")
    floor = min(floor_seconds(meeting) for _ in range(times))
    downloads = [download(server, meeting) for _ in range(times)]
    best = min(downloads, key=lambda one: one.seconds)
    if best.lines != people + 1:
        raise RuntimeError(f"The file has {best.lines:,} lines instead of {people + 1:,}")
    name = "(COPY)" if server.here.is_postgresql else "(plain cursor)"
    growth = max(one.growth_mb for one in downloads)
    first = max(one.first_byte for one in downloads)
    return [
        Measure(f"CSV of {people:,} rows", best.seconds, "s", floor, name, "within 10 times", ratio_at_most(10)),
        Measure("CSV, first byte after", first, "s", aim="under 1 s", met=at_most(1)),
        Measure("CSV, memory grows by", growth, "MB", aim="under 20 MB", met=at_most(20)),
    ]


def download(server: Server, meeting: int) -> Download:
    """Take the full list of the meeting, watching the memory of every worker."""
    browser, address = staff_browser(server), f"{ADDRESS}?meeting__id__exact={meeting}"
    page = browser.get(address)
    body = urlencode(hidden_fields(page.body) | ANSWERS).encode()
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    # HTTP/1.0, so that the file comes without the frames of a chunked reply.
    head = [f"POST {address} HTTP/1.0", f"Host: 127.0.0.1:{server.here.port}", f"Cookie: {cookies}", f"Content-Length: {len(body)}"]
    head += ["Content-Type: application/x-www-form-urlencoded", f"Origin: http://127.0.0.1:{server.here.port}"]
    with Watch(server) as watch, socket.create_connection(("127.0.0.1", server.here.port), timeout=60) as connected:
        start = time.perf_counter()
        connected.sendall("\r\n".join([*head, "", ""]).encode() + body)
        received = connected.recv(65536)
        if b" 200 " not in received[:20]:
            raise RuntimeError(f"The export answered {received[:200]!r}")
        while b"Reference," not in received:
            received += connected.recv(65536)
        first_byte = time.perf_counter() - start
        lines = received.partition(b"\r\n\r\n")[2].count(b"\n")
        while piece := connected.recv(262144):
            lines += piece.count(b"\n")
        seconds = time.perf_counter() - start
    return Download(seconds, first_byte, lines, watch.growth_mb)


class Watch:
    """Samples the memory of the workers while something goes on."""

    def __init__(self, server: Server) -> None:
        self.before = {pid: resident_mb(pid) for pid in server.workers()}
        self.growth_mb = 0.0
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.sample)

    def __enter__(self) -> "Watch":
        self.thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self.is_over.set()
        self.thread.join()

    def sample(self) -> None:
        while not self.is_over.wait(0.05):
            self.growth_mb = max(self.growth_mb, *(resident_mb(pid) - before for pid, before in self.before.items()))


def floor_seconds(meeting: int) -> float:
    """COPY of the same columns in the same order; without PostgreSQL, the same query written by the csv module."""
    start = time.perf_counter()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = SAME_ROWS.format(meeting=int(meeting), name="left(p.search_key, 60)")
            with cursor.cursor.copy(f"COPY ({sql}) TO STDOUT WITH (FORMAT csv)") as copy:
                for _ in copy:
                    pass
        else:
            cursor.execute(SAME_ROWS.format(meeting=int(meeting), name="substr(p.search_key, 1, 60)"))
            csv.writer(io.StringIO()).writerows(cursor)
    return time.perf_counter() - start
