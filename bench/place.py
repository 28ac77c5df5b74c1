"""Where the measuring happens: a database of its own, and the web server as it runs in production, on this machine only."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


def say(text: str) -> None:
    """Show progress beside the table, which goes to standard output."""
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Place:
    """A scratch folder, a port, and a database."""

    folder: Path
    port: int
    database: str

    @property
    def is_postgresql(self) -> bool:
        return self.database.startswith("postgres")

    def environment(self) -> dict[str, str]:
        """Production's settings, on plain http."""
        return {
            "SECRET_KEY": "bench-" * 10,
            "FIELD_KEYS": "YmVuY2gtYmVuY2gtYmVuY2gtYmVuY2gtYmVuY2gtYmU=",
            "DEBUG": "0",
            "DEMO": "0",
            "BASE_URL": f"http://127.0.0.1:{self.port}",
            "TRUSTED_PROXY_COUNT": "1",
            "DATABASE_URL": self.database,
            "CACHE_URL": os.environ.get("BENCH_CACHE_URL", "locmemcache://"),
            "VAR_DIR": str(self.folder),
            "STATIC_ROOT": str(self.folder / "static"),
            "EMAIL_URL": "dummymail://",
            "LOG_LEVEL": "WARNING",
            "WEB_CONCURRENCY": str(WORKERS),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "pompidou.settings",
        }


@contextmanager
def place() -> Iterator[Place]:
    """Make it, set the environment, and take everything away again."""
    server = os.environ.get("BENCH_DATABASE_URL", "")
    folder = Path(tempfile.mkdtemp(prefix="pompidou-bench-"))
    name = f"pompidou_bench_{os.getpid()}"
    port = free_port()
    try:
        if server.startswith("postgres"):
            administer(server, f'CREATE DATABASE "{name}"')
            here = Place(folder, port, urlunsplit(urlsplit(server)._replace(path=f"/{name}")))
        else:
            say("BENCH_DATABASE_URL names no PostgreSQL server: measuring on SQLite instead.")
            here = Place(folder, port, f"sqlite:///{folder / 'bench.sqlite3'}")
        os.environ.update(here.environment())
        yield here
    finally:
        if server.startswith("postgres"):
            close_our_connections()
            administer(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(folder, ignore_errors=True)


def administer(server: str, statement: str) -> None:
    """Run a statement on the server, in the database that its address names."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def close_our_connections() -> None:
    """Give back what Django holds, so that the pool does not try to open it again."""
    if "django" in sys.modules:
        from django.db import connections

        for connection in connections.all(initialized_only=True):
            connection.close()
            getattr(connection, "close_pool", lambda: None)()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """Gunicorn with two workers, as the container starts it."""

    def __init__(self, here: Place) -> None:
        self.here = here
        self.log = (here.folder / "server.log").open("ab")
        command = [sys.executable, "-m", "gunicorn", "pompidou.wsgi:application", "--bind", f"127.0.0.1:{here.port}"]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **here.environment()}, stdout=self.log, stderr=self.log)

    def __enter__(self) -> "Server":
        for _ in range(100):
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.here.port}/livez", timeout=5).close()
                return self
            except OSError:
                time.sleep(0.2)
        self.stop()
        raise RuntimeError("The server did not start:\n" + (self.here.folder / "server.log").read_text()[-3000:])

    def __exit__(self, *problem: object) -> None:
        self.stop()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def workers(self) -> list[int]:
        """The process numbers of the workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in children.read_text().split()]

    def cpu_seconds(self) -> float:
        """Processor time that the workers have used so far, with those that were replaced after so many requests."""
        ticks = sum(sum(stat(pid)[11:13]) for pid in self.workers()) + sum(stat(self.process.pid)[13:15])
        return ticks / os.sysconf("SC_CLK_TCK")


def stat(pid: int) -> list[int]:
    """The numbers of /proc/<pid>/stat from the third field on; processor time is at 11 to 12, that of ended children at 13 to 14."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:  # it ended meanwhile, and its parent has its time
        return [0] * 50
    return [int(field) if field.lstrip("-").isdigit() else 0 for field in fields]


def free_share() -> float:
    """How much of a core a loop that only counts gets now: 1 on a machine that does nothing else."""
    wall, own, count = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - wall < 2:
        count += 1
    return (time.process_time() - own) / (time.perf_counter() - wall)


def resident_mb(pid: int) -> float:
    """Memory of a process that is in RAM now, in megabytes; pages shared with its parent count fully. 0 for one that ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except FileNotFoundError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
