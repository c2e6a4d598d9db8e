"""Who backs a proposal: what each actor says of it now and said before, and how many stand where."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session, col, select

from models import Actor, Position, Proposal
from models.actor import ActorKind
from models.partial_date import PartialDate
from models.position import Stance
from relais import positions
from relais.access import Reader, visible_positions
from relais.i18n import said
from relais.positions import steps
from relais.positions.steps import Change
from relais.sources.citations import Citations, Evidence
from relais.wording import folded

# Those in favour first, those who only took part last.
ORDER = (
    Stance.INITIATED, Stance.SUPPORTS, Stance.SUPPORTS_WITH_RESERVATIONS, Stance.OPPOSES, Stance.ABSENT, Stance.NEUTRAL, Stance.TOOK_PART,
)  # fmt: skip
MARKS = ("support", "oppose", "neutral", "absent")


@dataclass(frozen=True)
class Held:
    """A position as held at some time. `older`: given on a text changed in substance since; `corrected`: replaced by a correction."""

    id: int
    stance: Stance
    when: PartialDate
    note: str
    language: str
    evidence: Evidence
    public: bool
    recorded_at: datetime
    older: bool
    corrected: bool


@dataclass(frozen=True)
class Backer:
    """An actor, the position that stands, the earlier ones, the newest first, and what the one that stands changed."""

    slug: str
    names: dict[str, str]
    kind: ActorKind
    size: int | None
    now: Held
    before: tuple[Held, ...]
    change: Change = Change.FIRST

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True)
class Tally:
    """How many at least stand under one mark: the named, and the sizes of collectives whose members a source counts without naming."""

    mark: str
    named: tuple[Backer, ...]
    sizes: tuple[int, ...]

    @property
    def number(self) -> int:
        """The named may be among the counted, so the greater of the two is what is sure."""
        return max(len(self.named), *self.sizes, 0)


def rows(session: Session, proposal: Proposal, reader: Reader, as_of: date | None) -> list[Row[Any]]:
    """Every position on the proposal the reader may see, surely taken by `as_of` when given, with who took it."""
    query = (
        select(  # type: ignore[call-overload,misc]
            Position.id, Position.proposal_id, Position.actor_id, Position.stance, Position.supersedes_id, Position.revision_id,
            Position.effective_on, Position.effective_until, Position.precision, Position.note_fr, Position.note_en, Position.public,
            Position.recorded_at, Actor.slug, Actor.names, Actor.kind, Actor.size, positions.on_changed_text(),
        )
        .join(Proposal, col(Proposal.id) == col(Position.proposal_id))
        .join(Actor, col(Actor.id) == col(Position.actor_id))
        .where(col(Position.proposal_id) == proposal.id, visible_positions(reader))
        .order_by(col(Position.id))
    )  # fmt: skip
    return [row for row in session.execute(query) if as_of is None or positions.when(row).certain_by(as_of)]


def listed(found: Sequence[Any], older: Collection[int], citations: Citations, language: str) -> list[Backer]:
    """One line for each actor, in the order they are shown; `older` are ids of positions given on an older text."""
    by_actor = _by_actor(found)
    replaced = corrected(found)
    made = steps.taken(found)
    lines = []
    for row in sorted(positions.latest(found).values(), key=lambda row: _place(row, language)):
        now = _held(row, older, replaced, citations, language)
        earlier = sorted((one for one in by_actor[row.actor_id] if one.id != row.id), key=lambda one: one.id, reverse=True)
        before = tuple(_held(one, older, replaced, citations, language) for one in earlier)
        change = made[row.proposal_id, row.actor_id][-1].change
        lines.append(Backer(row.slug, row.names, row.kind, row.size, now, before, change))
    return lines


def one(row: Any, older: Collection[int], replaced: Collection[int], citations: Citations, language: str) -> Backer:
    """A single position with who took it."""
    return Backer(row.slug, row.names, row.kind, row.size, _held(row, older, replaced, citations, language), ())


def _held(row: Any, older: Collection[int], replaced: Collection[int], citations: Citations, language: str) -> Held:
    evidence = citations.position(row.id)
    return Held(
        row.id, row.stance, positions.when(row), *said(row, "note", language), evidence, row.public, row.recorded_at,
        older=row.id in older, corrected=row.id in replaced,
    )  # fmt: skip


def _by_actor(found: Iterable[Any]) -> dict[int, list[Any]]:
    by_actor: dict[int, list[Any]] = defaultdict(list)
    for row in found:
        by_actor[row.actor_id].append(row)
    return by_actor


def corrected(found: Iterable[Any]) -> set[int]:
    """The ids of those that another took the place of."""
    return {row.supersedes_id for row in found if row.supersedes_id}


def tallies(backers: Iterable[Backer]) -> list[Tally]:
    by_mark: dict[str, list[Backer]] = defaultdict(list)
    for backer in backers:
        by_mark[backer.now.stance.mark].append(backer)
    return [
        Tally(mark, tuple(one for one in by_mark[mark] if not one.size), tuple(one.size for one in by_mark[mark] if one.size))
        for mark in MARKS
    ]


def _place(row: Any, language: str) -> tuple[int, int, str]:
    return ORDER.index(row.stance), row.size or 0, folded(row.names.get(language) or row.names["en"])
