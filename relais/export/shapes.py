"""The public shapes of the record, shared by the export (relais/export/schema.py) and the API; those of proposals and of entries stand
in relais/export/proposal_shapes.py.

Every member is always there: an empty string or list says that nothing is recorded, null that there is no such thing.
"""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from models.actor import ActorKind
from models.partial_date import Precision

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
