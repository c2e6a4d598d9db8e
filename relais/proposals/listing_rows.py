"""What the list of proposals asks for: columns, of one page's proposals alone wherever it can be.

What is asked for every page is put together once: that would take longer than the asking.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Row, Select, String, and_, bindparam, func, null, or_, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import Citation, Entry, EntryProposal, Group, Move, Proposal, ProposalTheme, Source, Text, Theme
from models.entry import EntryState
from relais import proposals
from relais.access import Reader, anybody, visible_entries_beside
from relais.db import columns
from relais.proposals.narrowing import Chosen, Where
from relais.sources import BY_DAY

Origins = Sequence[tuple[int | None, int]]
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
# As the text it is kept as: of many rows few are looked at.
MOVE_PRECISION, ENTRY_PRECISION = (type_coerce(kind.precision, String).label("precision") for kind in (Move, Entry))


def origins(session: Session, chosen: Chosen) -> Origins:
    """The documents the chosen proposals are from, in order, each with the number of them: what there is to page through."""
    return [(origin, many) for origin, many in session.connection().execute(chosen.put(_origins), chosen.values)]


def page(session: Session, chosen: Chosen, origins: Sequence[int | None], first: int, most: int) -> Sequence[int]:
    """Those at a place among the chosen proposals of some documents, in order."""
    query = chosen.put(_page_with_none if None in origins else _page)
    named = [origin for origin in origins if origin is not None]
    return session.connection().execute(query, {**chosen.values, "origins": named, "first": first, "most": most}).scalars().all()


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
    return _in_order(and_(chosen, here)).offset(bindparam("first")).limit(bindparam("most"))


def _page_with_none(chosen: Where) -> Select[Any]:
    return _page(chosen, col(Proposal.origin_id).is_(None))


# --- of one page ----------------------------------------------------------------------------------------------------------


def facts(session: Session, ids: Sequence[int], language: str) -> dict[int, Row[Any]]:
    """By id, with the title in the reader's language or else in the one it was written in."""
    return {row.id: row for row in session.connection().execute(FACTS, {"ids": ids, "language": language})}


def moves(session: Session, ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """The moves that stand, by proposal and in the order they were made."""
    return _chains(session.connection().execute(MOVES, {"ids": ids}))


def all_moves(session: Session, chosen: Chosen) -> dict[int, list[Row[Any]]]:
    """The same of all the chosen proposals."""
    query = _moves(col(Move.proposal_id).in_(select(Proposal.id).where(chosen.where)))
    return _chains(session.connection().execute(query, chosen.values))


def entries(session: Session, reader: Reader, ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """What is done of the proposals' timelines and their leads to check, the newest first; what was cancelled or corrected left out."""
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in session.connection().execute(_entries(reader.sight), {"ids": ids}):
        found[row.proposal_id].append(row)
    return found


def themes(session: Session, ids: Sequence[int], language: str) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for key, slug, words in session.connection().execute(THEMES[language], {"ids": ids}):
        found[key].append((slug, words))
    return found


def _chains(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.proposal_id].append(row)
    for key, made in found.items():
        found[key] = proposals.standing(made)
    return found


def _facts() -> Select[Any]:
    mine, original = aliased(Text), aliased(Text)
    return (
        columns(
            Proposal.id, Proposal.slug, Proposal.stage, Proposal.public, col(Group.slug).label("group"), Group.name_fr, Group.name_en,
            func.coalesce(mine.title, original.title).label("title"), func.coalesce(mine.language, original.language).label("language"),
        )
        .join(Group, col(Group.id) == col(Proposal.group_id))
        .join(original, and_(col(original.proposal_id) == col(Proposal.id), col(original.language) == col(Proposal.original_language)))
        .outerjoin(mine, and_(col(mine.proposal_id) == col(Proposal.id), col(mine.language) == bindparam("language")))
        .where(col(Proposal.id).in_(IDS))
    )  # fmt: skip


def _moves(chosen: Where) -> Select[Any]:
    return (
        columns(
            Move.id, Move.proposal_id, Move.supersedes_id, Move.to_stage, Move.effective_on, Move.effective_until, MOVE_PRECISION,
            col(Move.reason_fr).label("words_fr"), col(Move.reason_en).label("words_en"), Move.label_fr, Move.label_en,
            select(Citation.id).where(col(Citation.move_id) == col(Move.id)).exists().label("sourced"),
        )
        .where(chosen)
        .order_by(col(Move.id))
    )  # fmt: skip


@lru_cache(maxsize=64)
def _entries(sight: frozenset[int]) -> Select[Any]:
    later = aliased(Entry)
    return (
        columns(
            EntryProposal.proposal_id, EntryProposal.lead, null().label("to_stage"),
            Entry.effective_on, Entry.effective_until, ENTRY_PRECISION,
            col(Entry.title_fr).label("words_fr"), col(Entry.title_en).label("words_en"), Entry.label_fr, Entry.label_en,
            select(Citation.id).where(col(Citation.entry_id) == col(Entry.id)).exists().label("sourced"),
        )
        .join(Entry, col(Entry.id) == col(EntryProposal.entry_id))
        .where(
            col(EntryProposal.proposal_id).in_(IDS), col(EntryProposal.rejected).is_(False), visible_entries_beside(anybody(sight)),
            or_(col(Entry.state) == EntryState.DONE, and_(col(EntryProposal.lead), col(Entry.state) != EntryState.CANCELLED)),
            ~select(later.id).where(col(later.supersedes_id) == col(Entry.id)).exists(),
        )
        .order_by(col(Entry.effective_on).desc().nulls_last(), col(Entry.id))
    )  # fmt: skip


def _themes(name: Any) -> Select[Any]:
    query = columns(ProposalTheme.proposal_id, Theme.slug, name).join(Theme, col(Theme.slug) == col(ProposalTheme.theme))
    return query.where(col(ProposalTheme.proposal_id).in_(IDS)).order_by(name)


FACTS, MOVES = _facts(), _moves(col(Move.proposal_id).in_(IDS))
THEMES = {"fr": _themes(col(Theme.name_fr)), "en": _themes(col(Theme.name_en))}
