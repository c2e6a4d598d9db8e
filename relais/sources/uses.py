"""The sources of the record: found by their words, and every use of one with the claim it supports or contradicts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, false, func, or_, select
from sqlmodel import Session, col

from models import Actor, Citation, Entry, EntryProposal, Move, Position, Presidency, Proposal, Source
from models.partial_date import PartialDate
from relais.access import Reader, visible_entries, visible_positions, visible_proposals
from relais.db import columns
from relais.i18n import said
from relais.positions import when
from relais.proposals import titles
from relais.proposals.titles import Title
from relais.sources import checks
from relais.sources.checks import Check
from relais.wording import folded

PER_PAGE = 50


@dataclass(frozen=True)
class Search:
    """What narrows the list: words of the title, publisher or address; a language; a publisher; a page from 1."""

    q: str = ""
    language: str = ""
    publisher: str = ""
    page: int = 1


@dataclass(frozen=True)
class Listed:
    slug: str
    title: str
    publisher: str
    language: str
    when: PartialDate
    uses: int
    checked: Check


@dataclass(frozen=True)
class Shelf:
    """One page of the sources found, how many there are in all, and what they may be narrowed by."""

    sources: tuple[Listed, ...]
    total: int
    page: int
    pages: int
    languages: tuple[str, ...]
    publishers: tuple[str, ...]


@dataclass(frozen=True)
class Use:
    """One citation: where in the source and what it says, and the claim, with `anchor` its place on the proposal's page."""

    supports: bool
    locator: str
    summary: str
    language: str
    quote: str
    quote_language: str
    claim: str
    title: Title | None
    what: Any
    words: str
    words_language: str
    when: PartialDate
    superseded: bool
    anchor: str


def shelf(session: Session, reader: Reader, search: Search) -> Shelf:
    """The sources that answer the search, by title. A page beyond the last one is the last one."""
    found = _found(session, search)
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, search.page), pages)
    rows = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    uses = _counts(session, reader, [row.id for row in rows])
    checked = checks.last(session, rows)
    listed = tuple(Listed(row.slug, row.title, row.publisher, row.language, when(row), uses[row.id], checked[row.id]) for row in rows)
    return Shelf(listed, len(found), page, pages, _values(session, Source.language), _values(session, Source.publisher))


def of(session: Session, reader: Reader, language: str, source: Source, as_of: date | None = None) -> tuple[Use, ...]:
    """Every use the reader may see, in the order recorded. With `as_of` only for claims surely so by then."""
    rows = [row for row in _uses(session, reader, source.id) if as_of is None or when(row).certain_by(as_of)]
    links = _concerned(session, reader, [row.entry_id for row in rows if row.entry_id])
    about = {row.proposal_id for row in rows if row.proposal_id} | {key for keys in links.values() for key in keys}
    named = titles.of(session, reader, language, about)
    return tuple(_use(row, named, links.get(row.entry_id, []), language) for row in rows)


def presidencies(session: Session, source: Source) -> Sequence[str]:
    """The presidencies, by slug, whose legal basis it is."""
    mine = select(col(Presidency.slug)).where(col(Presidency.source_id) == source.id)
    return session.execute(mine.order_by(col(Presidency.starts_on))).scalars().all()


def _found(session: Session, search: Search) -> list[Row[Any]]:
    """By title as a reader looks it up; words are looked for without case or accents, which SQL knows of ASCII only."""
    query = columns(
        Source.id, Source.slug, Source.title, Source.publisher, Source.language, Source.url, Source.retrieved_on,
        Source.effective_on, Source.effective_until, Source.precision,
    )  # fmt: skip
    for column, value in ((Source.language, search.language), (Source.publisher, search.publisher)):
        query = query.where(col(column) == value) if value else query
    words = folded(search.q).split()
    found = [row for row in session.execute(query) if all(word in folded(f"{row.title} {row.publisher} {row.url}") for word in words)]
    return sorted(found, key=lambda row: (folded(row.title), row.id))


def _values(session: Session, column: Any) -> tuple[str, ...]:
    return tuple(session.execute(select(column).where(column != "").distinct().order_by(column)).scalars())


def _visible(reader: Reader) -> ColumnElement[bool]:
    """A condition on a citation joined with its claim: the claim is one the reader may see."""
    seen = visible_proposals(reader)
    return or_(
        and_(col(Move.id).is_not(None), seen),
        and_(col(Position.id).is_not(None), seen, visible_positions(reader)),
        and_(col(Entry.id).is_not(None), visible_entries(reader), _open(reader)),
    )


def _open(reader: Reader) -> ColumnElement[bool]:
    """Whether an entry concerns no proposal at all, or one that the reader may see."""
    links = select(col(EntryProposal.entry_id)).where(col(EntryProposal.entry_id) == col(Entry.id)).correlate(Entry)
    other = visible_proposals(reader)
    seen = select(col(EntryProposal.entry_id)).join(Proposal).where(col(EntryProposal.entry_id) == col(Entry.id), other).correlate(Entry)
    return or_(~links.exists(), seen.exists())


def _joined(query: Any) -> Any:
    return (
        query.select_from(Citation)
        .outerjoin(Move, col(Move.id) == col(Citation.move_id))
        .outerjoin(Position, col(Position.id) == col(Citation.position_id))
        .outerjoin(Entry, col(Entry.id) == col(Citation.entry_id))
        .outerjoin(Proposal, col(Proposal.id) == func.coalesce(col(Move.proposal_id), col(Position.proposal_id)))
    )


def _counts(session: Session, reader: Reader, ids: list[int]) -> dict[int, int]:
    """How often each is cited, or is the legal basis of a presidency."""
    counted = _joined(select(col(Citation.source_id), func.count())).where(col(Citation.source_id).in_(ids), _visible(reader))
    found = dict(tuple(row) for row in session.execute(counted.group_by(col(Citation.source_id))))
    legal = select(col(Presidency.source_id), func.count()).where(col(Presidency.source_id).in_(ids)).group_by(col(Presidency.source_id))
    bases = dict(tuple(row) for row in session.execute(legal))
    return {key: found.get(key, 0) + bases.get(key, 0) for key in ids}


def _uses(session: Session, reader: Reader, source_id: int) -> list[Row[Any]]:
    later = {
        "move": select(col(Move.supersedes_id)).where(col(Move.supersedes_id).is_not(None)),
        "position": select(col(Position.supersedes_id)).where(col(Position.supersedes_id).is_not(None)),
        "entry": select(col(Entry.supersedes_id)).where(col(Entry.supersedes_id).is_not(None)),
    }
    gone = or_(col(Move.id).in_(later["move"]), col(Position.id).in_(later["position"]), col(Entry.id).in_(later["entry"]))
    query = _joined(
        columns(
            Citation.move_id, Citation.position_id, Citation.entry_id, Citation.supports, Citation.locator, Citation.summary_fr,
            Citation.summary_en, Citation.quote, Citation.quote_language, col(Proposal.id).label("proposal_id"), Move.to_stage,
            Position.stance, Actor.names, Entry.title_fr, Entry.title_en, func.coalesce(gone, false()).label("gone"),
            func.coalesce(col(Move.effective_on), col(Position.effective_on), col(Entry.effective_on)).label("effective_on"),
            func.coalesce(col(Move.effective_until), col(Position.effective_until), col(Entry.effective_until)).label("effective_until"),
            func.coalesce(col(Move.precision), col(Position.precision), col(Entry.precision)).label("precision"),
        )
    ).outerjoin(Actor, col(Actor.id) == col(Position.actor_id))  # fmt: skip
    return list(session.execute(query.where(col(Citation.source_id) == source_id, _visible(reader)).order_by(col(Citation.id))))


def _concerned(session: Session, reader: Reader, ids: Iterable[int]) -> dict[int, list[int]]:
    query = select(col(EntryProposal.entry_id), col(EntryProposal.proposal_id)).join(Proposal)
    asked = query.where(col(EntryProposal.entry_id).in_(list(ids)), visible_proposals(reader), col(EntryProposal.rejected).is_(False))
    found: dict[int, list[int]] = defaultdict(list)
    for entry, proposal in session.execute(asked.order_by(col(Proposal.rank), col(Proposal.id))):
        found[entry].append(proposal)
    return found


def _use(row: Row[Any], named: dict[int, Title], concerned: list[int], language: str) -> Use:
    summary, tongue = said(row, "summary", language)
    words, words_language = said(row, "title", language) if row.entry_id else ("", language)
    claim = "move" if row.move_id else ("position" if row.position_id else "entry")
    if claim == "position":
        words = row.names.get(language) or row.names["en"]
    title = next((named[key] for key in ([row.proposal_id] if row.proposal_id else concerned) if key in named), None)
    return Use(
        row.supports, row.locator, summary, tongue, row.quote, row.quote_language, claim, title, row.to_stage or row.stance,
        words, words_language, when(row), bool(row.gone), f"{claim[0]}{row.move_id or row.position_id or row.entry_id}",
    )  # fmt: skip
