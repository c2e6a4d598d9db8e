"""Addresses that get no more letters, because a mail server said that nobody is there, or somebody complained."""

from datetime import datetime
from email import message_from_bytes, message_from_string, policy
from email.utils import getaddresses, parseaddr
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col

from models import Subscriber

MAILBOX_FULL = "5.2.2"


def end(session: Session, address: str, why: str, now: datetime) -> bool:
    """End what is sent to an address; whether it was one of a subscriber who still got letters."""
    theirs = update(Subscriber).where(func.lower(col(Subscriber.email)) == address.lower(), col(Subscriber.ended_at).is_(None))
    return bool(session.connection().execute(theirs.values(ended_at=now, ended_why=why[:200] or "refused", due_at=None)).rowcount)


def told(message: bytes) -> list[tuple[str, str]]:
    """The addresses a returned letter (RFC 3464) or a complaint (RFC 5965) says should get no more, and why.

    A returned letter counts only where it failed for good: delayed ones, and those a full mailbox refused, come to nothing.
    """
    read = message_from_bytes(message, policy=policy.default)
    found: dict[str, str] = {}
    for part in read.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            found |= dict(filter(None, map(_failed, part.iter_parts())))
        elif kind == "message/feedback-report":
            found |= dict.fromkeys(_complained(read), "complained")
    return list(found.items())


def _failed(fields: Any) -> tuple[str, str] | None:
    """`fields` are those of one recipient."""
    status = str(fields.get("Status", "")).strip()
    action = str(fields.get("Action", "")).strip().lower()
    address = _address(fields.get("Final-Recipient", "")) or _address(fields.get("Original-Recipient", ""))
    if action != "failed" or not status.startswith("5.") or status == MAILBOX_FULL or not address:
        return None
    return address, f"returned with {status}"


def _complained(read: Any) -> list[str]:
    """Whom the letter that somebody complained of was for: the report names them, or the letter it carries does."""
    named = [fields.get("Original-Rcpt-To", "") for part in read.walk() for fields in _fields(part, "message/feedback-report")]
    sent = [part.get("To", "") for part in read.walk() if part is not read and part.get("To")]
    return [address for _, address in getaddresses([str(one) for one in [*named, *sent] if one]) if "@" in address]


def _fields(part: Any, kind: str) -> list[Any]:
    """The fields of a report, which the standard library keeps as text in some kinds of part and as parts in others."""
    if part.get_content_type() != kind:
        return []
    body = part.get_payload()
    return body if isinstance(body, list) else [message_from_string(str(body), policy=policy.default)]


def _address(field: Any) -> str:
    """Of `rfc822; name@example.org`."""
    return parseaddr(str(field).rpartition(";")[2].strip())[1]
