"""A real SMTP server for tests, and rows for the outbox."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone

from beside.space.models import Outbox, Space


@dataclass
class Box:
    """What came in; `refuse` holds answers for addresses, `answer` the one for every mail."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    answer: str = "250 kept"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        if self.answer.startswith("2"):
            self.mails.append(message_from_bytes(content, policy=default))
        return self.answer

    def to(self) -> list[str]:
        return [str(mail["To"]) for mail in self.mails]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def smtp_server(box: Box) -> Iterator[Box]:
    """Listens on the port of the box."""
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def row(
    space: Space | None,
    kind: str = "erased",
    key: str = "one",
    to: str = "ada@example.org",
    due_at: datetime | None = None,
    **about: object,
) -> Outbox:
    """A mail that is due. The default kind asks no questions at sending."""
    return Outbox.objects.create(
        kind=kind, key=key, to=to, space=space, due_at=due_at or timezone.now(), about=about
    )
