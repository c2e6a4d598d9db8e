"""Moves, positions, entries and legs of many proposals at a time, as far as a reader may see them, in the order they were recorded.

`after` is the number of the last item seen: numbers only grow, so what is added meanwhile comes last.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from models import Actor, Entry, EntryProposal, Leg, Move, Person, Position, Proposal
from relais.access import Reader, visible_legs, visible_positions, visible_proposals
from relais.errors import Invalid, Missing
from relais.export import evidence, merge, parts, rows
from relais.export.parts import Part
from relais.export.read import read
from relais.export.rows import Where
from relais.proposals.narrowing import certain_by

Put = Callable[[list[Any], dict[int, list[Part]], dict[int, list[Part]]], list[Part]]


def moves(session: Session, reader: Reader, chosen: Iterable[Where], after: int, limit: int) -> list[Part]:
    ids = _page(session, Move, reader, chosen, after, limit)
    about = col(Proposal.id).in_(select(col(Move.proposal_id)).where(col(Move.id).in_(ids)))
    cited, held = evidence.move_citations(about, reader), evidence.move_settlements(about, reader)
    return _told(session, ids, about, rows.moves(about, reader), cited, held, merge.moves)


def positions(session: Session, reader: Reader, chosen: Iterable[Where], after: int, limit: int, day: date | None = None) -> list[Part]:
    """`current` are those where an actor stood on that day, or stands."""
    ids = _page(session, Position, reader, [*chosen, visible_positions(reader)], after, limit)
    about = col(Proposal.id).in_(select(col(Position.proposal_id)).where(col(Position.id).in_(ids)))
    cited, held = evidence.position_citations(about, reader), evidence.position_settlements(about, reader)
    return _told(session, ids, about, rows.positions(about, reader), cited, held, partial(merge.positions_of, day=day))


def entries(session: Session, reader: Reader, chosen: Iterable[Where], after: str | None, limit: int) -> list[Part]:
    """`after` is the key of the last one seen. Raises Invalid where there is none."""
    first = 0 if after is None else session.connection().execute(select(col(Entry.id)).where(col(Entry.key) == after)).scalar()
    if first is None:
        raise Invalid("This cursor is not of this list", field="cursor")
    page = select(col(Entry.id)).where(col(Entry.id) > first, *chosen, rows.shown(reader)).order_by(col(Entry.id)).limit(limit)
    ids = session.connection().execute(page).scalars().all()
    return list(merge.entries(session, col(Entry.id).in_(ids), reader, None, None))


def legs(session: Session, reader: Reader, chosen: Iterable[Where], after: int, limit: int) -> list[tuple[int, Part]]:
    """Each with its number, and who leads and the note as far as they are for the reader: for the proposal's group alone."""
    ids = _page(session, Leg, reader, [*chosen, visible_legs(reader)], after, limit)
    these = col(Leg.id).in_(ids)
    targets = list(read(session, rows.leg_targets(these, reader)))
    slugs = _slugs(session, col(Proposal.id).in_(select(col(Leg.proposal_id)).where(these)))
    inside = {row.id: _inside(row, reader) for row in read(session, _worked_on(these))}
    told = {
        row[1]: {"proposal": slugs[row[0]]} | parts.leg(row, targets) | inside[row[1]] for row in read(session, rows.legs(these, reader))
    }
    return sorted(told.items())


def _worked_on(these: Where) -> Select[Any]:
    facts = [col(getattr(Leg, name)) for name in ("id", "note_fr", "note_en", "lead_id", "public", "version")]
    query = select(*facts, col(Person.name), col(Proposal.group_id)).join(Proposal, col(Proposal.id) == col(Leg.proposal_id))
    return query.outerjoin(Person, col(Person.id) == col(Leg.lead_id)).where(these)


def _inside(row: Any, reader: Reader) -> Part:
    inside = reader.in_group(row.group_id)
    return {
        "lead": {"id": row.lead_id, "name": row.name or ""} if inside and row.lead_id else None,
        "note": {"fr": row.note_fr, "en": row.note_en} if inside else None,
        "public": row.public,
        "version": row.version,
    }


def of_proposal(slug: str) -> Where:
    """For what has a proposal: that it is this one."""
    return col(Proposal.slug) == slug


def of_actor(slug: str) -> Where:
    return col(Position.actor_id).in_(select(col(Actor.id)).where(col(Actor.slug) == slug))


def with_actor(slug: str) -> Where:
    return col(Entry.actor_id).in_(select(col(Actor.id)).where(col(Actor.slug) == slug))


def concerns(slug: str, reader: Reader) -> Where:
    """For entries: that they concern this proposal."""
    link = select(col(EntryProposal.entry_id)).join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
    return col(Entry.id).in_(link.where(of_proposal(slug), col(EntryProposal.rejected).is_(False), visible_proposals(reader)))


def by_day(kind: Any, day: date | None) -> list[Where]:
    """For what is dated: that it was surely so by then; without a day nothing is left out."""
    return [certain_by(kind, day)] if day else []


def one(found: list[Part]) -> Part:
    if not found:
        raise Missing
    return found[0]


def _page(session: Session, kind: Any, reader: Reader, chosen: Iterable[Where], after: int, limit: int) -> list[int]:
    page = select(kind.id).join(Proposal, col(Proposal.id) == kind.proposal_id).where(kind.id > after, visible_proposals(reader), *chosen)
    return list(session.connection().execute(page.order_by(kind.id).limit(limit)).scalars())


def _told(
    session: Session, ids: list[int], about: Where, found: Select[Any], cited: Select[Any], held: Select[Any], put: Put
) -> list[Part]:
    """What is read of all their proposals, since a claim does not know what corrects it; told of the chosen ones alone."""
    slugs, wanted = _slugs(session, about), set(ids)
    by_proposal: dict[int, list[Any]] = defaultdict(list)
    for row in read(session, found):
        by_proposal[row[0]].append(row)
    citations, settlements = parts.citations(read(session, cited)), parts.settlements(read(session, held))
    told = [
        {"proposal": slugs[proposal]} | claim
        for proposal, claims in by_proposal.items()
        for claim in put(claims, citations, settlements)
        if claim["id"] in wanted
    ]
    return sorted(told, key=itemgetter("id"))


def _slugs(session: Session, about: Where) -> dict[int, str]:
    found = session.connection().execute(select(col(Proposal.id), col(Proposal.slug)).where(about)).all()
    return {key: slug for key, slug in found}  # noqa: C416  rows are no pairs to mypy
