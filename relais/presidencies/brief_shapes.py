"""The hand-over brief as plain data, in one language: what screen, print, JSON, DOCX and PDF are made from, and what is frozen.

Fields stand in the order they are told in. A frozen brief is read for good: fields are added with a default, never taken away.
"""

from datetime import date
from typing import Any, Literal

from models.entry import EntryKind, EntryState, Extent
from models.position import Stance
from models.proposal import Stage
from relais.presidencies.brief_council import Council
from relais.presidencies.brief_names import About, Bundle, Evidence, ProposalName, Shape, Term, Told
from relais.relay.outlook import Level

SCHEMA: Literal["relais-brief-1"] = "relais-brief-1"


class Tally(Shape):
    """How many proposals moved, were held, or have nothing recorded under the presidency that hands over."""

    moved: int
    held: int
    silent: int


class Moved(Shape):
    proposal: ProposalName
    stage: Stage
    step: int
    """1 to 6 on the ladder, 0 for an end."""
    when: str
    """As in the export: `2022-06-21/2022-06-22`, `2022-H1`, `by 2022-03-15`; empty when undated."""
    reason: Told
    evidence: Evidence


class Happening(Shape):
    """An entry: its words, and what it concerns; no proposal when it concerns the half-year itself."""

    key: str
    kind: EntryKind
    state: EntryState
    when: str
    title: Told
    about: About
    evidence: Evidence


class Share(Shape):
    """A stance, null for nothing recorded, and on how many proposals, or by how many actors, it is held."""

    stance: Stance | None
    number: int
    evidence: Evidence
    older: int = 0
    """Of so many the text has changed in substance since they were given."""


class Cell(Shape):
    shares: tuple[Share, ...]
    of: int


class Backer(Shape):
    """A row: `role` is presides, before, after, institution, collective, or, counting several, states or organisations."""

    role: str
    slug: str
    name: str
    size: int | None
    number: int
    cells: tuple[Cell, ...]


class Backing(Shape):
    """Who backs what, on a day or as recorded so far; `silent` are the bundles on which only their authors speak."""

    day: date | None
    bundles: tuple[Bundle, ...]
    lines: tuple[Backer, ...]
    silent: tuple[Bundle, ...]


class Place(Shape):
    bundle: Bundle
    number: int
    evidence: Evidence
    older: int = 0
    """Of so many the text has changed in substance since they were given."""


class Risk(Shape):
    """A stance of the presiding state that puts proposals at risk."""

    stance: Stance
    number: int
    places: tuple[Place, ...]


class Why(Shape):
    """What a state says of so many proposals, null for nothing recorded; where, and on what evidence."""

    stance: Stance | None
    number: int
    places: tuple[Place, ...]


class Holder(Shape):
    """A presidency to come: what is at risk with it, what there is to gain, and why."""

    presidency: str
    state: str
    starts_on: date
    risk: Level
    chance: Level
    whys: tuple[Why, ...]


class Answer(Shape):
    """An act, a body or a programme that answers a proposal, and how far; `sure` once an editor confirmed it."""

    proposal: ProposalName
    extent: Extent
    sure: bool
    title: Told
    when: str
    reason: Told
    evidence: Evidence


class Ask(Shape):
    """What one proposal asks of a presidency; `public` unless it is for the group only."""

    proposal: ProposalName
    presidency: str
    ask: Told
    note: Told
    lead: Told
    targets: tuple[str, ...]
    carried: bool
    public: bool


class Letter(Shape):
    """A letter nobody is recorded to have answered; `to` is empty when whom it was sent to is not recorded."""

    entry: Happening
    to: str
    public: bool


class Gaps(Shape):
    """What is not known: told so that nobody takes silence for an answer."""

    silent: About
    """Nothing recorded under the presidency that hands over."""
    unheard: About
    """No position of the presiding state."""
    unsourced: About
    """A claim told here has no source yet."""
    disputed: About
    """Sources contradict each other on a claim told here."""


class Source(Shape):
    number: int
    slug: str
    title: str
    language: str
    publisher: str
    url: str
    published: str
    retrieved_on: date | None


class Brief(Shape):
    """One brief in one language. Sources are numbered in the order they are met."""

    schema_name: Literal["relais-brief-1"] = SCHEMA
    language: str
    presidency: Term
    previous: Term | None
    following: Term | None
    as_of: date | None
    proposals: int
    tally: Tally | None
    moved: tuple[Moved, ...]
    others: tuple[Happening, ...]
    answers: tuple[Answer, ...] = ()
    backing: Backing
    council: Council | None = None
    """Null where there is nothing to weigh."""
    risks: tuple[Risk, ...]
    holders: tuple[Holder, ...] = ()
    asks: tuple[Ask, ...]
    letters: tuple[Letter, ...]
    leads: tuple[Happening, ...]
    starts: Evidence
    milestones: tuple[Happening, ...]
    ahead: tuple[Happening, ...]
    """Planned after the half-year."""
    gaps: Gaps
    known_on: date
    basis: int
    """The number of the source that sets the presidency."""
    note: Told
    sources: tuple[Source, ...]

    @classmethod
    def read(cls, content: dict[str, Any]) -> "Brief":
        """A brief as it was written, whenever that was."""
        return cls.model_validate(content)

    @property
    def term(self) -> Term:
        return self.presidency

    @property
    def missing(self) -> int:
        return self.gaps.unheard.number
