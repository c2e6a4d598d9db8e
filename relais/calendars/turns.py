"""Presidencies in a calendar, from their first day to their last."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from models import Event, Move, Presidency, Proposal, Source
from models.event import EventKind
from models.topic import TopicKind
from relais import presidencies
from relais.calendars.appointments import Appointment
from relais.db import columns
from relais.i18n import half, said
from relais.presidencies import Term
from relais.topics import Topic
from relais.words import Words


def of(session: Session, language: str, topic: Topic) -> Iterable[Appointment]:
    """All that are known; those a proposal passed or has before it; or the one."""
    known, since = _known(session), _since(session, topic)
    for term in presidencies.calendar(session).terms:
        if term.ends_on >= since and (topic.kind is not TopicKind.PRESIDENCY or term.slug == topic.key):
            yield _appointment(term, known[term.slug], Words(language))


def _appointment(term: Term, row: Any, words: Words) -> Appointment:
    recorded = row.recorded_at or datetime.combine(row.known_on, time(), UTC)
    basis = f"{words._('Legal basis')}{words.colon} {', '.join(filter(None, (row.title, row.url)))}"
    headline = words._("Presidency of the Council")
    return Appointment(
        name=f"presidency-{term.slug}",
        first=term.starts_on,
        last=term.ends_on,
        words=f"{headline}{words.colon} {term.name(words.language)}, {half(term.year, term.half, words.language)}",
        told="\n".join(filter(None, (said(row, "note", words.language)[0], basis))),
        path=f"/presidencies/{term.slug}",
        categories=(headline,),
        made=recorded,
        changed=recorded,
    )


def _known(session: Session) -> dict[str, Any]:
    """By slug, what says so and when it was recorded. A presidency is never changed."""
    added = (
        (col(Event.subject) == Presidency.__tablename__)
        & (col(Event.subject_id) == col(Presidency.slug))
        & (col(Event.kind) == EventKind.PRESIDENCY_ADDED)
    )
    query = columns(
        Presidency.slug, Presidency.known_on, Presidency.note_fr, Presidency.note_en, Source.title, Source.url, Event.recorded_at
    )
    rows = session.execute(query.join(Source, col(Source.id) == col(Presidency.source_id)).outerjoin(Event, added))
    return {row.slug: row for row in rows}


def _since(session: Session, topic: Topic) -> date:
    """The first day anything is known of the proposal; of the rest, the beginning."""
    if topic.kind is not TopicKind.PROPOSAL:
        return date.min
    first = select(func.min(col(Move.effective_on)), func.min(col(Proposal.created_at))).join(Proposal)
    on, added = session.execute(first.where(col(Proposal.slug) == topic.key)).one()
    since: date = on or added.date()
    return since
