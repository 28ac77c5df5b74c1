"""Clients that ask a server on this machine as fast as it answers, from a process of their own. Knows nothing of Django.

They speak HTTP over a plain socket kept open: a full client library would take more of the two cores than the server.
"""

import html
import multiprocessing
import random
import re
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Protocol
from urllib.parse import unquote, urlencode, urlsplit

TIMEOUT = 30
HIDDEN = re.compile(r'<input type="hidden"([^>]*)>')
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
REFERENCE = re.compile(rb"\bBENCH[0-9]-[A-Z0-9]{7}\b")
TOKEN = re.compile(r"/registrations/confirm/([^/\s]+)/")


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


class Connection:
    """One connection to the server, opened again when the server closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None

    def send(self, request: bytes) -> Reply:
        """Send the request, again on a fresh connection where the old one was closed in between."""
        if self.socket is not None:
            try:
                return self.exchange(self.socket, request)
            except (BrokenPipeError, ConnectionResetError, EOFError):
                self.close()
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.exchange(self.socket, request)

    def exchange(self, to: socket.socket, request: bytes) -> Reply:
        to.sendall(request)
        received = bytearray()
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += more(to)
        status_line, *lines = received[:end].decode("latin-1").split("\r\n")
        headers = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        reply = Reply(int(status_line.split()[1]), headers, b"")
        length = int(reply.header("content-length") or 0)
        body = received[end + 4 :]
        while len(body) < length:
            body += more(to)
        reply.body = bytes(body)
        if reply.header("connection").lower() == "close":
            self.close()
        return reply

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def more(source: socket.socket) -> bytes:
    """What came in meanwhile; EOFError when the other side has closed."""
    piece = source.recv(65536)
    if not piece:
        raise EOFError
    return piece


class Browser:
    """Keeps cookies, fills hidden fields and follows redirects, as far as the registration needs it."""

    def __init__(self, port: int) -> None:
        self.connection = Connection(port)
        self.cookies: dict[str, str] = {}
        self.requests = 0
        # A network of its own, as its proxy would say: tries are counted by network.
        self.network = ".".join(str(random.randint(1, 250)) for _ in range(4))

    def get(self, path: str) -> Reply:
        return self.ask("GET", path, b"")

    def post(self, path: str, fields: Mapping[str, str]) -> Reply:
        reply = self.ask("POST", path, urlencode(fields).encode())
        if reply.status in {302, 303}:
            return self.get(urlsplit(reply.header("location")).path)
        return reply

    def ask(self, method: str, path: str, body: bytes) -> Reply:
        self.requests += 1
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.connection.port}",
            "Accept-Language: en",
            f"X-Forwarded-For: {self.network}",
        ]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
            lines.append(f"Origin: http://127.0.0.1:{self.connection.port}")
        reply = self.connection.send("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        for key, value in reply.headers:
            if key == "set-cookie":
                name, _, rest = value.partition("=")
                self.cookies[name] = rest.partition(";")[0]
        return reply


def hidden_fields(page: bytes) -> dict[str, str]:
    """The hidden fields of the page's form."""
    found = {}
    for tag in HIDDEN.finditer(page.decode()):
        attributes = dict(ATTRIBUTE.findall(tag[1]))
        found[attributes["name"]] = html.unescape(attributes.get("value", ""))
    return found


# --- what each client does, over and over ---


@dataclass
class Pages:
    """Get one page."""

    port: int
    path: str

    def client(self, number: int) -> Iterator[None]:
        request = f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Language: en\r\n\r\n".encode()
        connection = Connection(self.port)
        with closing(connection):
            while True:
                reply = connection.send(request)
                if reply.status != 200:
                    raise RuntimeError(f"{self.path} answered {reply.status}")
                yield


@dataclass
class Registrations:
    """Register from the form to the confirmed address, taking the link from the outbox in place of reading the mail."""

    port: int
    path: str
    answers: dict[str, str]
    database: str
    run: str  # makes the addresses of this run its own

    def client(self, number: int) -> Iterator[None]:
        find_mail = mail_reader(self.database)
        turn = 0
        while True:
            turn += 1
            register(Browser(self.port), self.path, self.answers | {"email": f"load-{self.run}-{number}-{turn}@service.example"}, find_mail)
            yield


def register(browser: Any, path: str, answers: Mapping[str, str], find_mail: Callable[[str], str]) -> None:
    """One complete registration: form, check, send, the page that says so, the link's page, confirm, the page that says so."""
    form = expect(browser.get(f"{path}?sector={answers['sector']}"), "form")
    check = expect(browser.post(path, hidden_fields(form.body) | answers), "check")
    sent = expect(browser.post(path, hidden_fields(check.body) | {"step": "send"}), "sent")
    reference = REFERENCE.search(sent.body)
    token = TOKEN.search(find_mail(reference[0].decode())) if reference else None
    if token is None:
        raise RuntimeError("The mail holds no link")
    link = f"/registrations/confirm/{unquote(token[1])}/"
    page = expect(browser.get(link), "link")
    expect(browser.post(link, hidden_fields(page.body)), "confirmed")


def expect(reply: Reply, step: str) -> Reply:
    """The reply, if it is a page."""
    if reply.status != 200:
        raise RuntimeError(f"Registration, step “{step}”: status {reply.status}")
    return reply


def mail_reader(database: str) -> Callable[[str], str]:
    """A function that reads the text of the newest mail about a reference out of the outbox."""
    query = "SELECT body FROM correspondence_message WHERE reference = {} ORDER BY id DESC LIMIT 1"
    if database.startswith("sqlite"):
        connection: Any = sqlite3.connect(urlsplit(database).path, timeout=TIMEOUT)
        sql = query.format("?")
    else:
        import psycopg  # only where there is PostgreSQL to ask

        connection = psycopg.connect(database, autocommit=True)
        sql = query.format("%s")
    return lambda reference: connection.execute(sql, [reference]).fetchone()[0]


# --- all clients at once ---


class Clients(Protocol):
    """What each client does over and over."""

    def client(self, number: int) -> Iterator[None]: ...


@dataclass
class Load:
    """What the clients got done."""

    count: int = 0
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    problem: str = ""

    @property
    def rate(self) -> float:
        return self.count / self.seconds

    @property
    def middle(self) -> float:
        """The median time of one, in seconds."""
        return median(self.times)


def press(what: Clients, *, seconds: float, clients: int = 8) -> Load:
    """Let so many clients work for so long, each starting anew as soon as it is done; raises RuntimeError on any failure."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(what, seconds, clients, sender))
    process.start()
    try:
        if not receiver.poll(seconds + 2 * TIMEOUT):
            raise RuntimeError("The clients did not come back")
        load: Load = receiver.recv()
    finally:
        process.join(5)
        if process.is_alive():
            process.kill()
    if load.problem:
        raise RuntimeError(load.problem)
    return load


def work(what: Clients, seconds: float, clients: int, sender: Any) -> None:
    """The process of the clients: one thread for each."""
    loads = [Load() for _ in range(clients)]
    start = time.perf_counter()
    threads = [threading.Thread(target=run_client, args=(what, number, start + seconds, loads[number])) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = Load(seconds=time.perf_counter() - start)
    for load in loads:
        total.count += load.count
        total.times += load.times
        total.problem = total.problem or load.problem
    sender.send(total)


def run_client(what: Clients, number: int, end: float, load: Load) -> None:
    try:
        steps = what.client(number)
        while (before := time.perf_counter()) < end:
            next(steps)
            load.times.append(time.perf_counter() - before)
            load.count += 1
    except Exception as error:  # whatever went wrong is told by the process that waits for us
        load.problem = f"{type(error).__name__}: {error}"
