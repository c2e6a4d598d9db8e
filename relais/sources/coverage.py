"""How much of the record has a source: the moves, positions and entries of proposals that stand, each counted once, and those without."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, exists
from sqlmodel import Session, col

from models import Actor, Citation, Entry, EntryProposal, Move, Position, Proposal, Settlement
from models.partial_date import PartialDate
from relais.access import Reader, visible_entries_beside, visible_positions, visible_proposals
from relais.db import columns, uncorrected
from relais.i18n import said
from relais.positions import when
from relais.proposals import titles
from relais.proposals.titles import Title
from relais.sources import settlements

PER_PAGE = 50


@dataclass(frozen=True)
class Share:
    """How many claims there are, and how many have a source."""

    sourced: int
    total: int

    @property
    def percent(self) -> int:
        """Rounded down: a hundred is said of all of them alone."""
        return self.sourced * 100 // self.total if self.total else 100


@dataclass(frozen=True)
class Claimed:
    """A move, a position or an entry: what it says, of which proposal, and whether a source stands behind it or against it."""

    noun: str
    id: int
    key: str
    when: PartialDate
    what: Any
    words: str
    language: str
    proposal_id: int
    group_id: int
    sourced: bool
    contested: bool
    settled: bool

    @property
    def cite(self) -> str:
        return f"/{self.noun}/{self.key}/citations/new"

    @property
    def evidence(self) -> str:
        return f"/{self.noun}/{self.key}/evidence"

    @property
    def anchor(self) -> str:
        return f"{self.noun[0]}{self.id}"


@dataclass(frozen=True)
class Covered:
    """One proposal: its claims, by noun and in all."""

    title: Title
    nouns: dict[str, Share]
    all: Share


@dataclass(frozen=True)
class Coverage:
    """`missing` is one page of the claims without a source, `total` how many there are; `only` the proposal they are narrowed to.
    `disputed` are the claims a source contradicts, those that are not settled first."""

    all: Share
    nouns: dict[str, Share]
    proposals: tuple[Covered, ...]
    missing: tuple[tuple[Claimed, Title], ...]
    total: int
    page: int
    pages: int
    only: Title | None
    disputed: tuple[tuple[Claimed, Title], ...]


NOUNS = ("moves", "positions", "entries")


def of(session: Session, reader: Reader, language: str, *, proposal: str = "", page: int = 1) -> Coverage:
    """Of what the reader may see. An entry that concerns several proposals counts for each of them, and once in all."""
    found = _found(session, reader, language)
    named, by_proposal = _named(session, reader, language, found)
    only = next((title for title in named.values() if title.slug == proposal), None)
    told = [one for one in found if named[one.proposal_id] is only] if only else _once(named, by_proposal)
    lacking = [one for one in told if not one.sourced]
    disputed = sorted((one for one in told if one.contested), key=lambda one: one.settled)
    pages = max(1, -(-len(lacking) // PER_PAGE))
    page = min(max(1, page), pages)
    shown = lacking[(page - 1) * PER_PAGE : page * PER_PAGE]
    covered = tuple(Covered(title, *_shares(by_proposal[key])) for key, title in named.items())
    nouns, all_of_them = _shares(list({one.cite: one for one in found}.values()))
    missing = tuple((one, named[one.proposal_id]) for one in shown)
    against = tuple((one, named[one.proposal_id]) for one in disputed)
    return Coverage(all_of_them, nouns, covered, missing, len(lacking), page, pages, only, against)


def claims(session: Session, reader: Reader, language: str, proposal: str | None = None) -> list[tuple[Claimed, Title]]:
    """Each claim once, with the first of its proposals; those of one proposal alone where it is named."""
    found = _found(session, reader, language)
    named, by_proposal = _named(session, reader, language, found)
    told = _once(named, by_proposal) if proposal is None else [one for one in found if named[one.proposal_id].slug == proposal]
    return [(one, named[one.proposal_id]) for one in told]


def _found(session: Session, reader: Reader, language: str) -> list[Claimed]:
    return [*_moves(session, reader), *_positions(session, reader, language), *_entries(session, reader, language)]


def _named(session: Session, reader: Reader, language: str, found: list[Claimed]) -> tuple[dict[int, Title], dict[int, list[Claimed]]]:
    """The titles of their proposals, in the order of these, and the claims of each."""
    named = titles.of(session, reader, language, {one.proposal_id for one in found})
    by_proposal: dict[int, list[Claimed]] = defaultdict(list)
    for one in found:
        by_proposal[one.proposal_id].append(one)
    return named, by_proposal


def _once(named: dict[int, Title], by_proposal: dict[int, list[Claimed]]) -> list[Claimed]:
    """An entry is told with the first of its proposals."""
    return list({one.cite: one for key in reversed(named) for one in reversed(by_proposal[key])}.values())[::-1]


def _shares(claims: list[Claimed]) -> tuple[dict[str, Share], Share]:
    nouns = {noun: [one for one in claims if one.noun == noun] for noun in NOUNS}
    return {noun: _share(inside) for noun, inside in nouns.items()}, _share(claims)


def _share(claims: list[Claimed]) -> Share:
    return Share(sum(one.sourced for one in claims), len(claims))


def _moves(session: Session, reader: Reader) -> Iterator[Claimed]:
    query = (
        columns(
            Move.id, col(Move.to_stage).label("what"), Move.effective_on, Move.effective_until, Move.precision, Move.proposal_id,
            Proposal.group_id, *_cited(Citation.move_id, Settlement.move_id, Move.id),
        )
        .join(Proposal, col(Proposal.id) == col(Move.proposal_id))
        .where(visible_proposals(reader), uncorrected(Move))
        .order_by(col(Move.id))
    )  # fmt: skip
    yield from (_claimed("moves", row, row.id) for row in session.execute(query))


def _positions(session: Session, reader: Reader, language: str) -> Iterator[Claimed]:
    query = (
        columns(
            Position.id, col(Position.stance).label("what"), Position.effective_on, Position.effective_until, Position.precision,
            Position.proposal_id, Proposal.group_id, Actor.names,
            *_cited(Citation.position_id, Settlement.position_id, Position.id),
        )
        .join(Proposal, col(Proposal.id) == col(Position.proposal_id))
        .join(Actor, col(Actor.id) == col(Position.actor_id))
        .where(visible_proposals(reader), visible_positions(reader), uncorrected(Position))
        .order_by(col(Position.id))
    )  # fmt: skip
    for row in session.execute(query):
        yield _claimed("positions", row, row.id, (row.names.get(language) or row.names["en"], language))


def _entries(session: Session, reader: Reader, language: str) -> Iterator[Claimed]:
    query = (
        columns(
            Entry.id, Entry.key, col(Entry.kind).label("what"), Entry.effective_on, Entry.effective_until, Entry.precision,
            EntryProposal.proposal_id, Proposal.group_id, Entry.title_fr, Entry.title_en,
            *_cited(Citation.entry_id, Settlement.entry_id, Entry.id),
        )
        .join(EntryProposal, col(EntryProposal.entry_id) == col(Entry.id))
        .join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
        .where(visible_proposals(reader), visible_entries_beside(reader), col(EntryProposal.rejected).is_(False))
        .where(uncorrected(Entry))
        .order_by(col(Entry.id))
    )  # fmt: skip
    for row in session.execute(query):
        yield _claimed("entries", row, row.key, said(row, "title", language))


def _cited(cites: Any, holds: Any, claim_id: Any) -> tuple[Any, ...]:
    """Whether any source is cited for or against a claim, whether one is against it, and whether that is settled."""
    any_source = exists().where(col(cites) == claim_id)
    against = exists().where(col(cites) == claim_id, col(Citation.supports).is_(False))
    return any_source.label("sourced"), against.label("contested"), settlements.is_settled(holds, claim_id).label("settled")


def _claimed(noun: str, row: Row[Any], key: Any, words: tuple[str, str] = ("", "")) -> Claimed:
    cited = (bool(row.sourced), bool(row.contested), bool(row.settled))
    return Claimed(noun, row.id, str(key), when(row), row.what, *words, row.proposal_id, row.group_id, *cited)
