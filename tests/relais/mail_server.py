"""A mail server for the scenes: it keeps what it takes, and answers as it is told to."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

TAKEN = "250 taken"


class Scripted:
    """Answers each recipient with the next of `recipient`, each letter with the next of `letter`; takes what comes after."""

    def __init__(self, recipient: tuple[str, ...] = (), letter: tuple[str, ...] = ()) -> None:
        self.recipient, self.letter = list(recipient), list(letter)
        self.tries = 0
        self.taken: list[EmailMessage] = []
        self.encrypted: list[bool] = []
        self.users: list[bytes] = []

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802
        self.tries += 1
        said = self.recipient.pop(0) if self.recipient else TAKEN
        if said == TAKEN:
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        said = self.letter.pop(0) if self.letter else TAKEN
        if said == TAKEN:
            self.taken.append(message_from_bytes(envelope.original_content or b"", _class=EmailMessage, policy=policy.default))
            self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        return said

    def sign_in(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        self.users.append(given.login)
        return AuthResult(success=given.password == b"p@ss word", handled=False)


@contextmanager
def mail_server(handler: Scripted, **how: Any) -> Iterator[int]:
    """A server for the length of a scene: its port."""
    controller = Controller(handler, hostname="127.0.0.1", **({"port": free_port()} | how))
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


def certificate(folder: Path) -> SSLContext:
    """A certificate the server signed for itself, as mail servers on the same machine do."""
    key, chain = folder / "key.pem", folder / "chain.pem"
    asked = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run([*asked, "-keyout", key, "-out", chain], check=True, capture_output=True)
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    return context
