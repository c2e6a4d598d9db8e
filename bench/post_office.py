"""A mail server that fails as it is told to and counts what it takes: who got which change, and how often."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

CHANGE = re.compile(r"\bChange (\d+)\b")
TAKEN = "250 taken"


class PostOffice:
    """`hangs` connections are never answered; recipients get the `recipient` answers in turn, then are taken; `dropped` letters are taken
    and the connection is cut before that is said. `tell` keeps what letters say, which for thousands of them is left out."""

    def __init__(self, *, hangs: int = 0, recipient: tuple[str, ...] = (), dropped: int = 0, tell: bool = True) -> None:
        self.hangs, self.recipient, self.dropped, self.tell = hangs, list(recipient), dropped, tell
        self.connections = self.letters = self.refused = 0
        self.changes: Counter[tuple[str, int]] = Counter()
        self.named: Counter[tuple[str, str]] = Counter()

    async def handle_EHLO(self, _server: SMTP, session: Session, _envelope: Envelope, host: str, said: list[str]) -> list[str]:  # noqa: N802
        self.connections += 1
        if self.hangs:
            self.hangs -= 1
            await asyncio.sleep(3600)
        session.host_name = host
        return said

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802
        said = self.recipient.pop(0) if self.recipient else TAKEN
        if said == TAKEN:
            envelope.rcpt_tos.append(address)
        else:
            self.refused += 1
        return said

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.letters += 1
        if self.tell:
            self._read(envelope)
        if self.dropped:
            self.dropped -= 1
            server.transport.abort()
        return TAKEN

    def _read(self, envelope: Envelope) -> None:
        message: Any = message_from_bytes(bytes(envelope.original_content or b""), policy=policy.default)
        (to,) = envelope.rcpt_tos
        self.named[to, str(message["Message-ID"])] += 1
        self.changes.update((to, int(number)) for number in CHANGE.findall(message.get_body(("plain",)).get_content()))

    def count(self, subscribers: int, changes: int) -> str:
        """`sent`: changes told to somebody; `twice`: how many more times than once; `lost`: owed and never told."""
        sent = len(self.changes)
        twice, same = sum(self.changes.values()) - sent, sum(self.named.values()) - len(self.named)
        known = f" ({same} letters of a Message-ID that had come already)" if twice else ""
        return f"{sent} sent, {twice} twice{known}, {subscribers * changes - sent} lost"


@contextmanager
def opened(office: PostOffice, port: int) -> Iterator[None]:
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
