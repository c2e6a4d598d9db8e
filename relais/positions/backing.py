"""Who backs what, for one presidency: its state, the one before and the one after, institutions, collectives, and the rest counted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row as Record
from sqlmodel import Session, col

from models import Actor, Position, Proposal
from models.actor import ActorKind
from models.position import Stance
from relais.access import Reader, visible_positions, visible_proposals
from relais.db import columns
from relais.positions import latest, on_changed_text
from relais.presidencies import Term
from relais.relay import Bundle
from relais.sources.citations import Citations, Evidence

INSTITUTIONS = (ActorKind.INSTITUTION, ActorKind.DIRECTORATE_GENERAL)
STANCES: tuple[Stance | None, ...] = (*Stance, None)


@dataclass(frozen=True)
class Share:
    """A stance, or None for nothing recorded, and on how many proposals (or by how many actors) it is held; `older` of them on a text
    that has changed in substance since.
    """

    stance: Stance | None
    number: int
    evidence: Evidence
    older: int = 0


@dataclass(frozen=True)
class Cell:
    """What one row says of one bundle of proposals."""

    shares: tuple[Share, ...]
    of: int


@dataclass(frozen=True)
class Line:
    """A row of the matrix. `role` is presides, before, after, institution, collective, states or organisations; the last two count."""

    role: str
    slug: str
    names: dict[str, str]
    size: int | None
    number: int
    cells: tuple[Cell, ...]

    @property
    def counts(self) -> bool:
        return self.role in ("states", "organisations")

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names.get("en", "")


@dataclass(frozen=True)
class Matrix:
    """Bundles on which a state, an institution or a collective took a position, by whom; `silent` are the bundles on which none did."""

    bundles: tuple[Bundle, ...]
    lines: tuple[Line, ...]
    silent: tuple[Bundle, ...]
    day: date | None


@dataclass
class _Who:
    role: str
    slug: str = ""
    names: dict[str, str] = field(default_factory=dict)
    size: int | None = None
    ids: set[int] = field(default_factory=set)


def rows(session: Session, reader: Reader) -> list[Record[Any]]:
    """Every position the reader may see, with who took it and the level of its proposal."""
    query = (
        columns(
            Position.id, Position.proposal_id, Position.actor_id, Position.stance, Position.supersedes_id, Position.effective_on,
            Position.effective_until, Position.precision, Actor.slug, Actor.kind, Actor.names, Actor.size, Proposal.level,
            on_changed_text(),
        )
        .join(Proposal, col(Proposal.id) == col(Position.proposal_id))
        .join(Actor, col(Actor.id) == col(Position.actor_id))
        .where(visible_proposals(reader), visible_positions(reader))
        .order_by(col(Actor.id), col(Position.id))
    )  # fmt: skip
    return list(session.execute(query))


def matrix(
    positions: Sequence[Any], bundles: Iterable[Bundle], terms: dict[str, Term | None], citations: Citations, day: date | None
) -> Matrix:
    """What stands by `day` (None: all that is recorded), for the terms by role: presides, before, after."""
    standing = latest(positions, day)
    told = {row.proposal_id for row in standing.values() if _role(row) != "organisations"}
    shown = tuple(bundle for bundle in bundles if told & set(bundle.ids))
    silent = tuple(bundle for bundle in bundles if not told & set(bundle.ids))
    held = {key: row for key, row in standing.items() if any(row.proposal_id in bundle.ids for bundle in shown)}
    lines = tuple(_line(who, shown, held, citations) for who in _who(terms, held.values()))
    return Matrix(shown, lines, silent, day)


def _who(terms: dict[str, Term | None], standing: Iterable[Any]) -> list[_Who]:
    named = [_Who(role, term.actor, term.names, None, {term.actor_id}) for role, term in terms.items() if term]
    found: dict[Any, _Who] = {next(iter(who.ids)): who for who in named}
    groups = {role: _Who(role) for role in ("states", "organisations")}
    for row in standing:
        role = _role(row)
        if role in groups:
            if row.actor_id not in found:
                groups[role].ids.add(row.actor_id)
        else:
            found.setdefault(row.actor_id, _Who(role, row.slug, row.names, row.size, {row.actor_id}))
    order = ("presides", "before", "after", "institution", "collective")
    return [*sorted(found.values(), key=lambda who: order.index(who.role)), *(who for who in groups.values() if who.ids)]


def _role(row: Any) -> str:
    if row.size:
        return "collective"
    if row.kind in INSTITUTIONS:
        return "institution"
    return "states" if row.kind is ActorKind.MEMBER_STATE else "organisations"


def _line(who: _Who, bundles: Iterable[Bundle], standing: dict[tuple[int, int], Any], citations: Citations) -> Line:
    cell = _counted if who.role in ("states", "organisations") else _held
    return Line(who.role, who.slug, who.names, who.size, len(who.ids), tuple(cell(who, bundle, standing, citations) for bundle in bundles))


def _held(who: _Who, bundle: Bundle, standing: dict[tuple[int, int], Any], citations: Citations) -> Cell:
    """On how many of the bundle's proposals one actor takes each stance."""
    (actor,) = who.ids
    rows = {proposal: standing.get((proposal, actor)) for proposal in bundle.ids}
    return Cell(_shares(rows.values(), len, citations), len(bundle.ids))


def _counted(who: _Who, bundle: Bundle, standing: dict[tuple[int, int], Any], citations: Citations) -> Cell:
    """How many of several actors take each stance on any of the bundle's proposals."""
    rows = [row for (proposal, actor), row in standing.items() if proposal in bundle.ids and actor in who.ids]
    return Cell(_shares(rows or [None], lambda found: len({row.actor_id for row in found if row}), citations), len(who.ids))


def _shares(rows: Iterable[Any], number: Callable[[list[Any]], int], citations: Citations) -> tuple[Share, ...]:
    by_stance: dict[Stance | None, list[Any]] = defaultdict(list)
    for row in rows:
        by_stance[row.stance if row else None].append(row)
    return tuple(
        Share(
            stance,
            number(by_stance[stance]),
            citations.position(*(row.id for row in by_stance[stance] if row)),
            number([row for row in by_stance[stance] if row and row.older]),
        )
        for stance in STANCES
        if stance in by_stance
    )
