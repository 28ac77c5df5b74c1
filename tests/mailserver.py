"""A real mail server on this machine that answers as a test tells it to."""

import asyncio
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Script:
    """What the server answers next, and what it has accepted so far.

    ``recipient`` and ``data`` are its answers to RCPT and DATA, ``refused`` has addresses with an answer to RCPT of their own;
    ``before_data`` and ``after_data`` may be "hang" or "cut".
    """

    def __init__(self) -> None:
        self.recipient = "250 OK"
        self.data = "250 OK"
        self.before_data = self.after_data = ""
        self.refused: dict[str, str] = {}
        self.accepted: list[EmailMessage] = []

    @property
    def message_ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.accepted]

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        await self.misbehave(server, self.before_data)
        if address in self.refused:
            return self.refused[address]
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.data.startswith("250"):
            self.accepted.append(message_from_bytes(envelope.content or b"", policy=policy.default))
        await self.misbehave(server, self.after_data)
        return self.data

    async def misbehave(self, server: SMTP, how: str) -> None:
        if how == "hang":
            await asyncio.sleep(3)
        if how == "cut":
            server.transport.abort()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(script: Script) -> Controller:
    """Start a server that follows ``script``, in a thread of its own; the caller stops it."""
    controller = Controller(script, hostname="127.0.0.1", port=free_port(), ready_timeout=10)
    controller.start()
    return controller
