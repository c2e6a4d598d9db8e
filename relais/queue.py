"""What waits for somebody who edits: suggestions, leads, positions to confirm, claims without a source, stale translations.

For coordinators also what organisations answered about their positions.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import Actor, Citation, Confirmation, Entry, EntryProposal, Group, Move, Person, Position, Proposal, Revision, Suggestion, Text
from models.suggestion import SuggestionState
from models.text import FIELDS
from relais import positions
from relais.access import Reader, coordinated_proposals, edited_proposals, visible_entries, visible_positions
from relais.db import columns
from relais.proposals import titles
from relais.proposals.titles import Title


class Wait(StrEnum):
    SUGGESTION = "suggestion"
    LEAD = "lead"
    OLDER_TEXT = "older_text"
    POSITION = "position"
    MOVE = "move"
    TRANSLATION = "translation"
    CONFIRMATION = "confirmation"


@dataclass(frozen=True)
class Waiting:
    """One decision: since when it waits, the path where it is taken, and the columns its line is told from."""

    kind: Wait
    proposal_id: int
    since: datetime
    path: str
    row: Any


@dataclass(frozen=True)
class Pile:
    """What waits on one proposal, the oldest first."""

    title: Title
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True)
class Share:
    """What waits in one group, the proposal that waits longest first."""

    group: Any
    piles: tuple[Pile, ...]

    @property
    def number(self) -> int:
        return sum(len(pile.waiting) for pile in self.piles)


def of(session: Session, reader: Reader, language: str) -> list[Share]:
    """Everything that waits in the groups the reader edits in, in the order they were founded; groups without are left out."""
    by_proposal: dict[int, list[Waiting]] = defaultdict(list)
    for one in sorted(_all(session, reader), key=lambda one: one.since):
        by_proposal[one.proposal_id].append(one)
    named = titles.of(session, reader, language, by_proposal)
    piles: dict[int, list[Pile]] = defaultdict(list)
    groups = _groups(session, by_proposal)
    for proposal_id, waiting in by_proposal.items():
        piles[groups[proposal_id].id].append(Pile(named[proposal_id], tuple(waiting)))
    founded = {group.id: group for group in sorted(groups.values(), key=lambda group: group.id)}
    return [Share(group, tuple(piles[key])) for key, group in founded.items()]


def _all(session: Session, reader: Reader) -> Iterator[Waiting]:
    if reader.edits_somewhere():
        yield from _suggestions(session, reader)
        yield from _leads(session, reader)
        yield from _positions(session, reader)
        yield from _moves(session, reader)
        yield from _translations(session, reader)
    if reader.coordinates_somewhere():
        yield from _confirmations(session, reader)


def _groups(session: Session, proposals: Iterable[int]) -> dict[int, Any]:
    """The group of each proposal."""
    query = columns(col(Proposal.id).label("proposal_id"), Group.id, Group.slug, Group.name_fr, Group.name_en)
    rows = session.execute(query.join(Group, col(Group.id) == col(Proposal.group_id)).where(col(Proposal.id).in_(list(proposals))))
    return {row.proposal_id: row for row in rows}


def _edited(reader: Reader, query: Select[Any]) -> Select[Any]:
    return query.add_columns(col(Proposal.id).label("proposal_id"), col(Proposal.slug)).where(edited_proposals(reader))


def _suggestions(session: Session, reader: Reader) -> Iterator[Waiting]:
    query = (
        columns(Suggestion.id, Suggestion.made_at, Suggestion.note, Text.language, Person.name)
        .join(Text, col(Text.id) == col(Suggestion.text_id))
        .join(Proposal, col(Proposal.id) == col(Text.proposal_id))
        .join(Person, col(Person.id) == col(Suggestion.author_id))
        .where(col(Suggestion.state) == SuggestionState.OPEN)
    )
    for row in session.execute(_edited(reader, query)):
        yield Waiting(Wait.SUGGESTION, row.proposal_id, row.made_at, f"/proposals/{row.slug}/suggestions/{row.id}", row)


def _leads(session: Session, reader: Reader) -> Iterator[Waiting]:
    corrected = select(col(Entry.supersedes_id)).where(col(Entry.supersedes_id).is_not(None))
    query = (
        columns(Entry.id, Entry.recorded_at, Entry.title_fr, Entry.title_en)
        .join(EntryProposal, col(EntryProposal.entry_id) == col(Entry.id))
        .join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
        .where(col(EntryProposal.lead), visible_entries(reader), col(Entry.id).not_in(corrected))
    )
    for row in session.execute(_edited(reader, query)):
        yield Waiting(Wait.LEAD, row.proposal_id, row.recorded_at, f"/proposals/{row.slug}#e{row.id}", row)


def _positions(session: Session, reader: Reader) -> Iterator[Waiting]:
    """Positions nobody gave a source, and those that stand but were given on a text changed in substance since."""
    query = (
        columns(
            Position.id, Position.actor_id, Position.stance, Position.supersedes_id, Position.revision_id, Position.recorded_at,
            Position.effective_on, Position.effective_until, Position.precision, Actor.names, col(Actor.slug).label("actor"),
            exists().where(col(Citation.position_id) == col(Position.id)).label("cited"),
        )
        .join(Proposal, col(Proposal.id) == col(Position.proposal_id))
        .join(Actor, col(Actor.id) == col(Position.actor_id))
        .where(visible_positions(reader))
    )  # fmt: skip
    rows = session.execute(_edited(reader, query)).all()
    replaced = {row.supersedes_id for row in rows}
    for row in rows:
        if not row.cited and row.id not in replaced:
            yield Waiting(Wait.POSITION, row.proposal_id, row.recorded_at, f"/positions/{row.id}/citations/new", row)
    standing = list(positions.latest(rows).values())
    older = positions.on_older_text(session, standing)
    for row in standing:
        if row.id in older:
            path = f"/proposals/{row.slug}/positions/new?actor={row.actor}"
            yield Waiting(Wait.OLDER_TEXT, row.proposal_id, older[row.id], path, row)


def _moves(session: Session, reader: Reader) -> Iterator[Waiting]:
    corrected = select(col(Move.supersedes_id)).where(col(Move.supersedes_id).is_not(None))
    query = (
        columns(Move.id, Move.to_stage, Move.recorded_at)
        .join(Proposal, col(Proposal.id) == col(Move.proposal_id))
        .where(~exists().where(col(Citation.move_id) == col(Move.id)), col(Move.id).not_in(corrected))
    )
    for row in session.execute(_edited(reader, query)):
        yield Waiting(Wait.MOVE, row.proposal_id, row.recorded_at, f"/moves/{row.id}/citations/new", row)


def _translations(session: Session, reader: Reader) -> Iterator[Waiting]:
    """Translations whose source now says something else than the revision they were made from; when it began to only orders them."""
    source, last, made, later = aliased(Text), aliased(Revision), aliased(Revision), aliased(Revision)
    differs = {name: getattr(source, name) != getattr(made, name) for name in FIELDS}
    changed = select(func.min(later.saved_at)).where(col(later.text_id) == col(source.id), col(later.number) > col(made.number))
    query = (
        columns(Text.language, changed.scalar_subquery().label("changed_at"), *(differs[name].label(name) for name in FIELDS))
        .join(Proposal, col(Proposal.id) == col(Text.proposal_id))
        .join(source, (col(source.proposal_id) == col(Text.proposal_id)) & (col(source.language) == col(Proposal.original_language)))
        .join(last, (col(last.text_id) == col(Text.id)) & (col(last.number) == col(Text.number)))
        .join(made, col(made.id) == col(last.translates_id))
        .where(col(Text.language) != col(Proposal.original_language), or_(*differs.values()))
    )
    for row in session.execute(_edited(reader, query)):
        yield Waiting(Wait.TRANSLATION, row.proposal_id, row.changed_at, f"/proposals/{row.slug}/texts/{row.language}/edit", row)


def _confirmations(session: Session, reader: Reader) -> Iterator[Waiting]:
    """What organisations answered about their positions, for coordinators to decide on."""
    query = (
        columns(Confirmation.id, Confirmation.answer, Confirmation.answered_at, Position.proposal_id, Actor.names)
        .join(Position, col(Position.id) == col(Confirmation.position_id))
        .join(Proposal, col(Proposal.id) == col(Position.proposal_id))
        .join(Actor, col(Actor.id) == col(Position.actor_id))
        .where(col(Confirmation.answer).is_not(None), col(Confirmation.outcome).is_(None), coordinated_proposals(reader))
    )
    for row in session.execute(query):
        yield Waiting(Wait.CONFIRMATION, row.proposal_id, row.answered_at, f"/confirmations/{row.id}", row)
