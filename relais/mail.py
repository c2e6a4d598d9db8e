"""Letters: written from their templates, and handed to the mail server, or put in a folder when none is set."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, make_msgid, parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from relais.i18n import say
from relais.settings import settings

LETTERS = Path(__file__).parent / "letters"
SECONDS = 30
AT_MOST = 100  # letters over one connection
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Verbatim(UnstructuredHeader):
    """A header that is one long address: folded it would be encoded, and no mail program would know it."""

    max_count = 1

    def fold(self, *, policy: "Policy[Any]") -> str:
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", Verbatim)  # type: ignore[arg-type]
SEVEN_BITS = SMTP.clone(cte_type="7bit", header_factory=HEADERS)  # not every server between here and there takes eight


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str
    html: str
    headers: tuple[tuple[str, str], ...] = ()
    message_id: str = ""  # of a letter that keeps its own; else each handing over is a letter of its own


class NotPosted(Exception):
    """The mail server did not take a letter. `again` says whether it may later, `nobody` that it knows no such address; the message
    names none."""

    def __init__(self, why: str, *, again: bool, nobody: bool = False) -> None:
        super().__init__(why)
        self.again, self.nobody = again, nobody


def write(
    name: str, *, to: str, language: str, subject: str, headers: tuple[tuple[str, str], ...] = (), message_id: str = "", **values: Any
) -> Letter:
    """A letter from `letters/<name>.txt` and `.html`, in the language of who gets it."""
    shown = {"subject": subject, "language": language, "base_url": settings().base_url, **values}
    text, html = (_templates(language).get_template(f"{name}.{kind}").render(shown) for kind in ("txt", "html"))
    return Letter(to, subject, text, html, headers, message_id)


class Postman:
    """Hands over letters, one after the other over one connection, or keeps them as files when there is no mail server.

    The connection is tried before each letter, and opened anew when it was lost, or has carried as many as servers like to take. A letter
    is never handed over twice by itself: whether it was taken is for whoever owes it to find out.
    """

    def __init__(self) -> None:
        self._open = ExitStack()
        self._server: smtplib.SMTP | None = None
        self._carried = 0

    def __call__(self, letter: Letter, now: datetime) -> None:
        """Raises NotPosted when it was not taken."""
        message = message_of(letter, now)
        if not settings().smtp_url:
            return _keep(message, now)
        try:
            self._ready().send_message(message)
            self._carried += 1
        except smtplib.SMTPRecipientsRefused as refused:
            code, _ = next(iter(refused.recipients.values()))
            raise NotPosted(f"recipient refused with {code}", again=code < 500, nobody=code >= 500) from None
        except smtplib.SMTPDataError as refused:
            raise NotPosted(f"letter refused with {refused.smtp_code}", again=refused.smtp_code < 500) from None
        except (smtplib.SMTPException, OSError) as broken:
            self.rest()
            raise NotPosted(f"mail server: {type(broken).__name__}", again=True) from None
        return None

    def rest(self) -> None:
        """Close the connection: there is nothing to hand over for a while."""
        server, self._server, self._carried = self._server, None, 0
        if server:
            with self._open:
                self._open = ExitStack()

    def _ready(self) -> smtplib.SMTP:
        if self._server and (self._carried >= AT_MOST or not _answers(self._server)):
            self.rest()
        if self._server is None:
            self._server = self._open.enter_context(_server())
        return self._server


def post(letter: Letter, now: datetime) -> None:
    """Hand over one letter over a connection of its own. Raises NotPosted when it was not taken."""
    postman = Postman()
    try:
        postman(letter, now)
    finally:
        postman.rest()


def _answers(server: smtplib.SMTP) -> bool:
    with suppress(smtplib.SMTPException, OSError):
        return server.noop()[0] == 250
    return False


def message_of(letter: Letter, now: datetime) -> EmailMessage:
    """The letter as it travels. Nothing in it can start a header of its own."""
    message = EmailMessage(policy=SEVEN_BITS)
    name, sender = parseaddr(settings().mail_from)
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = _on_one_line(letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = letter.message_id or make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    for header, value in letter.headers:
        message[header] = _on_one_line(value)
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def _on_one_line(words: str) -> str:
    """Line ends are made spaces, also those that somebody typed as RFC 2047 encodes them, which the email package would decode: with a
    word joiner, which is not seen, `=?` encodes nothing."""
    return " ".join(words.split()).replace("=?", "=\u2060?")


@contextmanager
def _server() -> Iterator[smtplib.SMTP]:
    """A connection to the mail server of the settings, encrypted where it can be, signed in where the address says so."""
    address = urlsplit(settings().smtp_url)
    host, secret = address.hostname or "", ssl.create_default_context()
    if host in LOOPBACK:  # nobody stands between, and such a server signs for itself
        secret.check_hostname, secret.verify_mode = False, ssl.CERT_NONE
    if address.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, address.port or 465, timeout=SECONDS, context=secret)
    else:
        server = smtplib.SMTP(host, address.port or 25, timeout=SECONDS)
    with closing(server):
        server.ehlo()
        if address.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=secret)
            server.ehlo()
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        yield server
        with suppress(smtplib.SMTPException, OSError):  # what was taken is taken, however the server says good-bye
            server.quit()


def folder() -> Path:
    return settings().var / "mail"


def _keep(message: EmailMessage, now: datetime) -> None:
    """Put a letter in the folder whole or not at all, to be read by the owner only: it may hold a link that signs in."""
    folder().mkdir(parents=True, exist_ok=True)
    name = f"{now:%Y%m%dT%H%M%S}-{message['Message-ID'].strip('<>').split('@')[0]}.eml"
    unfinished = folder() / f".{name}"
    with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(message.as_bytes())
    unfinished.replace(folder() / name)


@lru_cache
def _templates(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(LETTERS),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["_"] = lambda message, **values: say(language, message, **values)
    return environment
