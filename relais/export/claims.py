"""The public shape of what every claim carries: words, a date in the world, citations, and what was held where they disagree."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

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


class Settlement(Shape):
    """What editors held of a contested claim; `settled` false opened it again. The last one holds."""

    settled: bool
    reason: Words
    recorded_at: datetime


class Claim(Shape):
    """What moves, positions and entries share."""

    when: When
    recorded_at: datetime
    """When somebody entered it: the other clock."""
    citations: list[Citation]
    """Empty: no source yet."""
    contested: bool
    """Whether a source contradicts it."""
    settlements: list[Settlement]
    """In the order they were recorded. Both sides stay among the citations."""
