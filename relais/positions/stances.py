"""What actors have said: the list of actors with how much is recorded of each, and one actor's positions with their history."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session, col

from models import Actor, Position, Proposal
from models.actor import ActorKind
from models.partial_date import PartialDate
from models.position import Stance
from relais import positions
from relais.access import Reader, visible_positions, visible_proposals
from relais.db import columns
from relais.i18n import said
from relais.positions import latest, when
from relais.proposals import titles
from relais.proposals.titles import Title
from relais.sources.citations import Citations, Evidence, Numbered

# Asks are put to them; it is states, institutions and organisations that take positions.
ADDRESSED = (ActorKind.PERMANENT_REPRESENTATION, ActorKind.MINISTRY, ActorKind.COMMITTEE, ActorKind.DIRECTORATE_GENERAL)


@dataclass(frozen=True)
class Listed:
    """An actor of the list, and on how many proposals a position of it stands."""

    slug: str
    kind: ActorKind
    code: str
    names: dict[str, str]
    size: int | None
    proposals: int

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True)
class Taken:
    """A position as the actor's page tells it. It `stands`, or was `superseded` by a correction, or a later one took its place."""

    id: int
    title: Title
    stance: Stance
    when: PartialDate
    note: str
    language: str
    public: bool
    stands: bool
    superseded: bool
    on_older_text: bool
    evidence: Evidence


@dataclass(frozen=True)
class Record:
    """All that is recorded of one actor, what stands first in the order of proposals, then what stood before."""

    standing: tuple[Taken, ...]
    earlier: tuple[Taken, ...]
    sources: tuple[Numbered, ...]


def listed(session: Session, reader: Reader, language: str, as_of: date | None = None) -> dict[ActorKind, list[Listed]]:
    """Every actor by kind, by name, those who are only written to last. With `as_of` only positions surely taken by then count."""
    counts = Counter(actor for _, actor in latest(_positions(session, reader), as_of))
    rows = session.execute(columns(Actor.id, Actor.slug, Actor.kind, Actor.code, Actor.names, Actor.size))
    actors = [Listed(row.slug, row.kind, row.code or "", row.names, row.size, counts[row.id]) for row in rows]
    by_name = sorted(actors, key=lambda actor: actor.name(language).casefold())
    kinds = sorted(ActorKind, key=lambda kind: kind in ADDRESSED)
    found = {kind: [actor for actor in by_name if actor.kind is kind] for kind in kinds}
    return {kind: actors for kind, actors in found.items() if actors}


def of(session: Session, reader: Reader, language: str, actor: Actor, as_of: date | None = None) -> Record:
    """One actor's positions, corrected ones included. With `as_of` only those surely taken by then."""
    rows = [row for row in _positions(session, reader, actor.id) if as_of is None or when(row).certain_by(as_of)]
    named = titles.of(session, reader, language, {row.proposal_id for row in rows})
    citations = Citations(session, language, positions=(row.id for row in rows))
    standing = {row.id for row in latest(rows).values()}
    replaced = {row.supersedes_id for row in rows}
    older = positions.on_older_text(session, rows)
    order = {key: place for place, key in enumerate(named)}

    def taken(row: Row[Any]) -> Taken:
        note, tongue = said(row, "note", language)
        return Taken(
            row.id, named[row.proposal_id], row.stance, when(row), note, tongue, row.public, row.id in standing, row.id in replaced,
            row.id in older, citations.position(row.id),
        )  # fmt: skip

    rows.sort(key=lambda row: (row.id not in standing, order[row.proposal_id], [-part.toordinal() for part in when(row).order()], -row.id))
    told = [taken(row) for row in rows]
    return Record(tuple(one for one in told if one.stands), tuple(one for one in told if not one.stands), tuple(citations.sources))


def _positions(session: Session, reader: Reader, actor_id: int | None = None) -> list[Row[Any]]:
    query = (
        columns(
            Position.id, Position.proposal_id, Position.actor_id, Position.stance, Position.supersedes_id,
            Position.note_fr, Position.note_en, Position.public, Position.revision_id,
            Position.effective_on, Position.effective_until, Position.precision,
        )
        .join(Proposal, col(Proposal.id) == col(Position.proposal_id))
        .where(visible_proposals(reader), visible_positions(reader))
    )  # fmt: skip
    if actor_id is not None:
        query = query.where(col(Position.actor_id) == actor_id)
    return list(session.execute(query.order_by(col(Position.id))))
