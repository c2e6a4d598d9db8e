"""Packets: hand-over briefs frozen as visitors may see them, numbered for each presidency, never changed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any

import orjson
from pydantic import StringConstraints
from sqlalchemy import Row
from sqlmodel import Session, col, select

from models import Packet, Person
from models.event import EventKind
from relais import ledger, presidencies
from relais.access import VISITOR
from relais.db import columns
from relais.errors import Invalid, Missing
from relais.form import Form
from relais.i18n import LANGUAGES
from relais.presidencies import Calendar, Term, brief_document

SCHEMA = "relais-packet-1"
# A worker that was down on the day of the handover freezes the brief late, but not one that everybody has worked from for weeks.
LATE = timedelta(days=14)


class PacketForm(Form):
    """Why the last packet is corrected; nothing for the first."""

    reason: Annotated[str, StringConstraints(max_length=500)] = ""


def freeze(session: Session, calendar: Calendar, slug: str, form: PacketForm, *, by: Person | None, now: datetime, today: date) -> Packet:
    """Freeze the brief of a presidency as the next number; the last packet where nothing has changed since.

    Raises Missing for an unknown presidency, Invalid for one whose handover is not the next, or for a correction without a reason.
    """
    term = next((term for term in calendar.terms if term.slug == slug), None)
    if term is None:
        raise Missing
    if not near(calendar, term, today):
        raise Invalid("A brief is frozen at the handover: others come first", field="reason")
    ledger.alone(session)
    content = written(session, calendar, slug, day=today)
    kept = of(session, slug)
    if kept and kept[0].digest == digest(content):
        return find(session, slug, kept[0].number)
    if kept and not form.reason:
        raise Invalid("Say what is corrected, and why", field="reason")
    number = kept[0].number + 1 if kept else 1
    reason = form.reason if kept else ""
    packet = Packet(
        presidency=slug,
        number=number,
        content=content,
        digest=digest(content),
        reason=reason,
        frozen_at=now,
        author_id=by.id if by else None,
    )
    session.add(packet)
    ledger.record(session, EventKind.PACKET_FROZEN, packet, at=now, by=by, presidency=slug, number=number, digest=packet.digest)
    return packet


def freeze_due(session: Session, *, now: datetime, today: date) -> Packet | None:
    """On the day of the handover, or soon after: freeze the brief of the presidency that began, unless somebody did."""
    calendar = presidencies.calendar(session)
    term = calendar.at(today)
    if term is None or today - term.starts_on > LATE or calendar.before(term) is None or of(session, term.slug):
        return None
    return freeze(session, calendar, term.slug, PacketForm(), by=None, now=now, today=today)


def due(session: Session, today: date) -> bool:
    """Whether there is one to freeze, asked without waiting for who writes."""
    calendar = presidencies.calendar(session)
    term = calendar.at(today)
    return term is not None and today - term.starts_on <= LATE and calendar.before(term) is not None and not of(session, term.slug)


def near(calendar: Calendar, term: Term, today: date) -> bool:
    """Whether a presidency has begun, or is the next to."""
    following = calendar.after(calendar.at(today))
    return term.starts_on <= today or (following is not None and term.slug == following.slug)


def written(session: Session, calendar: Calendar, slug: str, *, day: date) -> dict[str, Any]:
    """The brief as any visitor may read it now, in each language."""
    told = {language: brief_document.of(session, calendar, VISITOR, language, slug, day=day) for language in LANGUAGES}
    return {"schema": SCHEMA, "presidency": slug} | told


def as_bytes(content: dict[str, Any]) -> bytes:
    """The one way a packet is written: its digest is that of these bytes."""
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def digest(content: dict[str, Any]) -> str:
    return sha256(as_bytes(content)).hexdigest()


def of(session: Session, slug: str) -> Sequence[Row[Any]]:
    """The packets of a presidency, the newest first, without what they hold."""
    query = columns(Packet.number, Packet.digest, Packet.reason, Packet.frozen_at, Packet.author_id)
    return session.execute(query.where(col(Packet.presidency) == slug).order_by(col(Packet.number).desc())).all()


def authors(session: Session, slug: str) -> dict[int, Row[Any]]:
    """Who froze each of them, id and name, by its number; of what Relais froze by itself nobody."""
    query = columns(Packet.number, Person.id, Person.name).join(Person, col(Person.id) == col(Packet.author_id))
    return {row.number: row for row in session.execute(query.where(col(Packet.presidency) == slug))}


def find(session: Session, slug: str, number: int) -> Packet:
    packet = session.exec(select(Packet).where(col(Packet.presidency) == slug, col(Packet.number) == number)).first()
    if packet is None:
        raise Missing
    return packet
