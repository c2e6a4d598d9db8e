"""What the list of proposals asks for: columns, of one page's proposals alone wherever it can be.

What is asked for every page is put together once: that would take longer than the asking.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Row, Select, String, and_, bindparam, false, func, null, or_, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import Citation, Entry, EntryProposal, Group, Move, Proposal, ProposalTheme, Source, Text, Theme
from models.entry import EntryState
from models.proposal import Stage
from relais import proposals
from relais.access import Reader, anybody, visible_entries_beside
from relais.db import columns
from relais.proposals.narrowing import Chosen, Where
from relais.sources import BY_DAY

Origins = Sequence[tuple[int | None, int]]


class Fact(NamedTuple):
    """A proposal, its title in the reader's language or else in the one it was written in, and its group."""

    id: int
    slug: str
    stage: Stage
    public: bool
    origin_id: int | None
    rank: int
    group: str
    name_fr: str
    name_en: str
    title: str
    language: str


class Told(NamedTuple):
    """A move or an entry of a proposal: a move leads to a stage, an entry may be a lead. `precision` is the text it is kept as."""

    id: int
    proposal_id: int
    supersedes_id: int | None
    to_stage: Stage | None
    lead: bool
    effective_on: date | None
    effective_until: date | None
    precision: str
    words_fr: str
    words_en: str
    label_fr: str
    label_en: str
    sourced: bool


IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def origins(session: Session, chosen: Chosen) -> Origins:
    """The documents the chosen proposals are from, in order, each with the number of them: what there is to page through."""
    return [(origin, many) for origin, many in session.connection().execute(chosen.put(_origins), chosen.values).all()]


def page(session: Session, chosen: Chosen, origins: Sequence[int | None], first: int, most: int, language: str) -> list[Fact]:
    """The facts of those at a place among the chosen proposals of some documents, which are named in order; in order."""
    query = chosen.put(_page_with_none if None in origins else _page)
    named = [origin for origin in origins if origin is not None]
    asked = {"origins": named, "first": first, "most": most, "language": language}
    rows = map(Fact._make, session.connection().execute(query, chosen.values | asked).all())
    place = {origin: number for number, origin in enumerate(origins)}
    return sorted(rows, key=lambda row: (place[row.origin_id], row.rank, row.id))


def of(session: Session, ids: Sequence[int], language: str) -> list[Fact]:
    """The same of those named, in the order of their naming."""
    asked = {"ids": ids, "language": language}
    rows = {row.id: row for row in map(Fact._make, session.connection().execute(FACTS, asked).all())} if ids else {}
    return [rows[key] for key in ids]


def every(session: Session, chosen: Chosen) -> Sequence[int]:
    """All the chosen proposals, in order."""
    return session.connection().execute(chosen.put(_in_order), chosen.values).scalars().all()


def _origins(chosen: Where) -> Select[Any]:
    counted = columns(Proposal.origin_id, func.count().label("many")).where(chosen).group_by(col(Proposal.origin_id)).subquery()
    return columns(counted.c.origin_id, counted.c.many).outerjoin(Source, col(Source.id) == counted.c.origin_id).order_by(*BY_DAY)


def _in_order(chosen: Where) -> Select[Any]:
    query = columns(Proposal.id).outerjoin(Source, col(Source.id) == col(Proposal.origin_id)).where(chosen)
    return query.order_by(*BY_DAY, col(Proposal.rank), col(Proposal.id))


def _page(chosen: Where, *others: Where) -> Select[Any]:
    origins: BindParameter[Any] = bindparam("origins", expanding=True)
    here = or_(col(Proposal.origin_id).in_(origins), *others)
    ids = _in_order(and_(chosen, here)).offset(bindparam("first")).limit(bindparam("most"))
    return _facts(col(Proposal.id).in_(ids))


def _page_with_none(chosen: Where) -> Select[Any]:
    return _page(chosen, col(Proposal.origin_id).is_(None))


# --- of one page ----------------------------------------------------------------------------------------------------------


def moves(session: Session, ids: Sequence[int]) -> dict[int, list[Told]]:
    """The moves that stand, by proposal and in the order they were made."""
    return _chains(session.connection().execute(MOVES, {"ids": ids}).all())


def all_moves(session: Session, chosen: Chosen) -> dict[int, list[Told]]:
    """The same of all the chosen proposals."""
    query = _moves(col(Move.proposal_id).in_(select(Proposal.id).where(chosen.where)))
    return _chains(session.connection().execute(query, chosen.values).all())


def entries(session: Session, reader: Reader, ids: Sequence[int]) -> dict[int, list[Told]]:
    """What is done of the proposals' timelines and their leads to check; what was cancelled or corrected left out."""
    return _by_proposal(session.connection().execute(_entries(reader.sight), {"ids": ids}).all())


def themes(session: Session, ids: Sequence[int], language: str) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for key, slug, words in session.connection().execute(THEMES[language], {"ids": ids}).all():
        found[key].append((slug, words))
    return found


def _chains(rows: Iterable[Row[Any]]) -> dict[int, list[Told]]:
    found: dict[int, list[Any]] = _by_proposal(rows)
    for key, made in found.items():
        found[key] = proposals.standing(made)
    return found


def _by_proposal(rows: Iterable[Row[Any]]) -> dict[int, list[Told]]:
    """As tuples with names: each is looked at many times, which takes long on a row of a result."""
    found: dict[int, list[Told]] = defaultdict(list)
    for row in map(Told._make, rows):
        found[row.proposal_id].append(row)
    return found


def _facts(chosen: Where) -> Select[Any]:
    """With the title in the reader's language or else in the one it was written in."""
    mine, original = aliased(Text), aliased(Text)
    return (
        columns(
            Proposal.id, Proposal.slug, Proposal.stage, Proposal.public, Proposal.origin_id, Proposal.rank,
            Group.slug, Group.name_fr, Group.name_en,
            func.coalesce(mine.title, original.title), func.coalesce(mine.language, original.language),
        )
        .join(Group, col(Group.id) == col(Proposal.group_id))
        .join(original, and_(col(original.proposal_id) == col(Proposal.id), col(original.language) == col(Proposal.original_language)))
        .outerjoin(mine, and_(col(mine.proposal_id) == col(Proposal.id), col(mine.language) == bindparam("language")))
        .where(chosen)
    )  # fmt: skip


def _moves(chosen: Where) -> Select[Any]:
    return (
        columns(
            Move.id, Move.proposal_id, Move.supersedes_id, Move.to_stage, false(),
            Move.effective_on, Move.effective_until, type_coerce(Move.precision, String),
            Move.reason_fr, Move.reason_en, Move.label_fr, Move.label_en,
            select(Citation.id).where(col(Citation.move_id) == col(Move.id)).exists(),
        )
        .where(chosen)
        .order_by(col(Move.id))
    )  # fmt: skip


@lru_cache(maxsize=64)
def _entries(sight: frozenset[int]) -> Select[Any]:
    later = aliased(Entry)
    return (
        columns(
            Entry.id, EntryProposal.proposal_id, Entry.supersedes_id, null(), EntryProposal.lead,
            Entry.effective_on, Entry.effective_until, type_coerce(Entry.precision, String),
            Entry.title_fr, Entry.title_en, Entry.label_fr, Entry.label_en,
            select(Citation.id).where(col(Citation.entry_id) == col(Entry.id)).exists(),
        )
        .join(Entry, col(Entry.id) == col(EntryProposal.entry_id))
        .where(
            col(EntryProposal.proposal_id).in_(IDS), col(EntryProposal.rejected).is_(False), visible_entries_beside(anybody(sight)),
            or_(col(Entry.state) == EntryState.DONE, and_(col(EntryProposal.lead), col(Entry.state) != EntryState.CANCELLED)),
            ~select(later.id).where(col(later.supersedes_id) == col(Entry.id)).exists(),
        )
        .order_by(col(Entry.id))
    )  # fmt: skip


def _themes(name: Any) -> Select[Any]:
    query = columns(ProposalTheme.proposal_id, Theme.slug, name).join(Theme, col(Theme.slug) == col(ProposalTheme.theme))
    return query.where(col(ProposalTheme.proposal_id).in_(IDS)).order_by(name)


FACTS, MOVES = _facts(col(Proposal.id).in_(IDS)), _moves(col(Move.proposal_id).in_(IDS))
THEMES = {"fr": _themes(col(Theme.name_fr)), "en": _themes(col(Theme.name_en))}
