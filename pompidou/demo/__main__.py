"""Serves the demo: ``python -m pompidou.demo`` runs the web server and the worker until it is told to stop.

``make demo`` prepares what this needs: environment variables, database and invented data. It asks with ``--check`` first, so
that nothing is written for a demo that cannot be served.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parent.parent.parent
CHECK = "--check"
PATIENCE = 30  # seconds for the server to answer first, and for each process to end


class Stop(Exception):
    """Somebody pressed Ctrl-C or asked the process to end."""


def main() -> None:
    """Check what can be checked before anything is started, then start, report, and wait."""
    port = wanted_port()
    prepare_environment(port)
    refuse_taken(port)
    if CHECK in sys.argv[1:]:
        return
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        with running(web_command(port)) as web, running(worker_command()) as worker:
            wait_for_answer(port, web)
            print(greeting(port), flush=True)
            watch(web=web, worker=worker)
    except Stop:
        print("\nThe demo has stopped.", flush=True)


def wanted_port() -> int:
    """The port among the arguments, or PORT, or 8000."""
    given = [word for word in sys.argv[1:] if word != CHECK]
    value = given[0] if given else os.environ.get("PORT", "8000")
    if not value.isdecimal() or not 0 < int(value) < 65536:
        leave(f"{value!r} is not a port. Use a number such as 8000: make demo PORT=8000")
    return int(value)


def prepare_environment(port: int) -> None:
    """Fill in what follows from the port; refuse to serve as a demo what is not set up as one."""
    if not os.environ.get("DEMO"):
        leave("This serves the demo, whose variables are not set. Run `make demo` instead.")
    os.environ.setdefault("BASE_URL", f"http://{HOST}:{port}")
    os.environ.setdefault("ALLOWED_HOSTS", f"{HOST},localhost")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pompidou.settings")


def refuse_taken(port: int) -> None:
    """End with a port that is free when this one is not."""
    if not is_free(port):
        other = next((number for number in range(port + 1, min(port + 100, 65536)) if is_free(number)), 0)
        leave(f"Port {port} is taken by another program." + (f" Use a free one: make demo PORT={other}" if other else ""))


def is_free(port: int) -> bool:
    """True when a server could listen on the port."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            return False
    return True


def web_command(port: int) -> list[str]:
    """One process with threads is plenty for one visitor, and SQLite likes it."""
    options = ["--bind", f"{HOST}:{port}", "--workers", "1", "--threads", "8", "--log-level", "warning", "--access-logfile", os.devnull]
    return [sys.executable, "-m", "gunicorn", "pompidou.demo.wsgi", *options]


def worker_command() -> list[str]:
    """The worker that delivers mail, looking at the queue often so that a mail is there when one looks for it."""
    return [sys.executable, str(ROOT / "manage.py"), "worker", "--interval", "0.5", "--verbosity", "0"]


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A child process that ends with the block. Ctrl-C reaches only this process, which then ends its children in order."""
    child = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()


def stop(number: int, frame: FrameType | None) -> None:
    """Take the first signal as a request to stop; a second one changes nothing."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stop


def wait_for_answer(port: int, web: subprocess.Popen[bytes]) -> None:
    """Return once the site answers; end when its process has ended or nothing comes."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and web.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/livez", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    leave("The web server did not start; what it said stands above.")


def watch(**children: subprocess.Popen[bytes]) -> None:
    """Return never while all run; end everything when one has ended by itself."""
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                leave(f"The {name} process ended by itself (status {child.returncode}); what it said stands above.")
        time.sleep(0.5)


def greeting(port: int) -> str:
    """Where to go and whom to be."""
    import django

    django.setup()  # the accounts' names are translatable, which needs the settings
    from pompidou.demo.accounts import ACCOUNTS

    site = os.environ["BASE_URL"]
    width = max(len(account.email) for account in ACCOUNTS)
    lines = [
        "",
        "The demo is running. Everybody in it is invented, and no mail leaves this machine.",
        "",
        f"  The site      {site}/",
        f"  Start here    {site}/demo/",
        f"  Mails sent    {site}/demo/mails/",
        f"  Back office   {site}/admin/",
        "",
        f"  Accounts      {site}/accounts/login/",
        *(f"    {account.email:<{width}}  {account.password or 'code by mail':<26}  {account.role}" for account in ACCOUNTS),
        "",
        "Press Ctrl-C to stop.",
    ]
    return "\n".join(lines)


def leave(message: str) -> NoReturn:
    """Say why and end."""
    print(message, file=sys.stderr, flush=True)
    raise SystemExit(1)


if __name__ == "__main__":
    main()
