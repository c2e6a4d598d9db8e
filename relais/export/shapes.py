"""The public shapes of the record, shared by the export (relais/export/schema.py) and the API.

Every member is always there: an empty string or list says that nothing is recorded, null that there is no such thing.
"""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from models.actor import ActorKind
from models.entry import EntryKind, EntryState, Family
from models.partial_date import Precision
from models.position import Stance
from models.proposal import Level, Stage

Day = date


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Words(Shape):
    """The same words in French and in English; one of the two may be empty."""

    fr: str
    en: str


class When(Shape):
    """A date in the world, exactly as precise as its source gives it."""

    date: str | None
    """`2022-06-21`, `2022-06-21/2022-06-22`, `2022-06`, `2022-H1`, `2022`, `by 2022-03-15`; null when undated."""
    precision: Precision
    from_: Day | None = Field(alias="from")
    """First day of the span; null when undated, and for `by`: since when is not recorded."""
    to: Day | None
    """Last day of the span; null when undated."""


class Citation(Shape):
    """One use of a source: where it says so and, in our words, what it says."""

    id: int
    source: str
    """Slug of the source."""
    supports: bool
    """False when the source contradicts the claim."""
    locator: str
    summary: Words
    quote: str
    quote_language: str


class Claim(Shape):
    """What moves, positions and entries share."""

    when: When
    recorded_at: datetime
    """When somebody entered it: the other clock."""
    citations: list[Citation]
    """Empty: no source yet."""
    contested: bool
    """Whether a source contradicts it."""


class Group(Shape):
    slug: str
    name: Words
    description: Words


class Theme(Shape):
    slug: str
    name: Words


class Presidency(Shape):
    """One half-year of the Council presidency."""

    slug: str
    """Year and state: `2026-ie`."""
    state: str
    """Slug of the actor."""
    code: str
    """The EU's code of the state: EL for Greece."""
    starts_on: date
    ends_on: date
    trio: list[str]
    legal_basis: str
    """Slug of the source."""
    known_on: date
    """The day of the decision that sets it."""
    known: bool
    """Whether that decision had been taken by the as-of day; true without one."""
    note: Words


class Actor(Shape):
    """Who can take a position."""

    slug: str
    kind: ActorKind
    code: str | None
    names: dict[str, str]
    """By language code; French and English at least."""
    size: int | None
    """How many a collective actor counts, as its source states it; its members are not named."""
    note: Words


class Source(Shape):
    """A document or a page the record rests on."""

    slug: str
    title: str
    publisher: str
    language: str
    url: str
    published: When
    retrieved_on: date | None
    note: Words


class RevisionName(Shape):
    """One saved version of a text, by its language and its number there."""

    language: str
    number: int


class Text(Shape):
    """The words of a proposal in one language, as they stand: texts do not follow the as-of day."""

    title: str
    summary: str
    body: str
    """Markdown."""
    revision: int
    translates: RevisionName | None
    """The revision this translation was made from; null for the original."""
    saved_at: datetime


class Standing(Shape):
    """Where a proposal stands, and since when."""

    name: Stage
    number: int | None
    """1 to 6 on the ladder from drafted to in force; null for dropped and merged."""
    since: When


class Move(Claim):
    """One change of stage."""

    id: int
    from_: Stage | None = Field(alias="from")
    """Null for the first."""
    to: Stage
    reason: Words
    label: Words
    superseded_by: int | None
    """Id of the move that corrects this one."""


class Position(Claim):
    """What an actor says of a proposal, from a date on."""

    id: int
    actor: str
    """Slug of the actor."""
    stance: Stance
    note: Words
    revision: RevisionName | None
    """The revision of the text it was given on."""
    superseded_by: int | None
    """Id of the position that corrects this one."""
    current: bool
    """Whether it is where the actor stands."""


class EntryName(Shape):
    key: str
    lead: bool
    """True while the link is a possible one, to be checked by an editor."""


class Comment(Shape):
    """A public comment. Comments do not follow the as-of day."""

    id: int
    parent: int | None
    """Id of the public comment it answers."""
    author: str
    """The name the author shows; empty when none is given."""
    body: str
    """Markdown."""
    posted_at: datetime
    edited_at: datetime | None


class Proposal(Shape):
    """One ask, with all that is recorded of it; moves, positions and comments in the order they were recorded."""

    slug: str
    level: Level
    themes: list[str]
    instrument: Words
    procedure: str
    """EU procedure reference: `2022/0379(COD)`."""
    group: str
    """Slug of the working group that follows it."""
    origin: str | None
    """Slug of the source it comes from."""
    rank: int
    """Its place among the proposals of its origin."""
    original_language: str
    recorded_at: datetime
    stage: Standing
    merged_into: str | None
    """Slug of the proposal it was merged into."""
    texts: dict[str, Text]
    """By language code."""
    moves: list[Move]
    positions: list[Position]
    entries: list[EntryName]
    comments: list[Comment]


class ProposalName(Shape):
    slug: str
    lead: bool
    """True while the link is a possible one, to be checked by an editor."""


class Entry(Claim):
    """Something dated on the timeline. It may concern several proposals, or none."""

    key: str
    family: Family
    kind: EntryKind
    state: EntryState
    title: Words
    label: Words
    note: Words
    superseded_by: str | None
    """Key of the entry that corrects this one."""
    proposals: list[ProposalName]
