"""What was kept for somebody before a scene of the API begins."""

from hashlib import sha256
from itertools import count

from sqlmodel import col, select

from models import Event, Notice, Packet, Person, Snapshot
from models.event import EventKind
from models.notice import NoticeKind
from relais import VERSION
from relais.db import writing
from tests.days import NOW

KEY = "7hq2m9xkd4wbtz"
_keys = count(1)


def a_snapshot(by: Person, key: str = "") -> str:
    """The key of one that says nothing."""
    content, named = b"{}", key or f"k{next(_keys)}"
    with writing() as session:
        snapshot = Snapshot(
            key=named, title="Frozen", language="en", query="theme=commons", known_event=0, software=VERSION, content=content,
            size=len(content), digest=sha256(content).hexdigest(), frozen_at=NOW, author_id=by.id,
        )  # fmt: skip
        session.add(snapshot)
    return named


def a_notice(of: Person) -> int:
    """That the last comment names them."""
    posted = select(Event.id).where(col(Event.kind) == EventKind.COMMENT_POSTED).order_by(col(Event.id).desc())
    with writing() as session:
        notice = Notice(person_id=of.id, event_id=session.exec(posted).first(), kind=NoticeKind.MENTION)
        session.add(notice)
    return notice.id


def a_packet(number: int, by: Person | None, presidency: str = "2026-ie") -> int:
    """The number of one that says nothing."""
    with writing() as session:
        packet = Packet(presidency=presidency, number=number, content={}, digest="0" * 64, frozen_at=NOW, author_id=by.id if by else None)
        session.add(packet)
    return number
