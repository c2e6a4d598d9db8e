"""Shapes of what stands behind the record."""

from datetime import date
from typing import Literal

from relais.export.claims import Citation, Settlement, Shape, When
from relais.export.shapes import Source


class Held(Settlement):
    who: str
    """The name of who said so, for the proposal's group to know; empty when none is given."""


class Evidence(Shape):
    """What the sources say of a move, a position or an entry, and what editors hold of it where they disagree."""

    claim: str
    """Its address here, as it stands after corrections: `/positions/7`."""
    proposal: str
    """Slug of the proposal it is shown with."""
    contested: bool
    """Whether a source contradicts it."""
    settled: bool
    """Whether editors hold one side of it; both stay on show."""
    citations: list[Citation]
    """In the order they were made."""
    sources: list[Source]
    """The sources that are cited."""
    settlements: list[Held]
    """In the order they were recorded; the last one holds."""


class SourceDue(Shape):
    """A source to look up again."""

    slug: str
    title: str
    publisher: str
    language: str
    url: str
    looked_up_on: date | None
    """When somebody last did; null if nobody ever did."""
    reachable: bool
    """False when it was not there: it is gone, rather than due."""
    note: str
    """What they said of it."""


class Sourced(Shape):
    """Of some claims."""

    sourced: int
    """How many have a source."""
    total: int


class Coverage(Shape):
    all: Sourced
    """Each claim once; an entry that concerns several proposals counts for each of them below."""
    moves: Sourced
    positions: Sourced
    entries: Sourced


class CoverageOf(Coverage):
    proposal: str
    """Slug of the proposal."""


class RecordCoverage(Coverage):
    """How much of what the caller may see has a source."""

    proposals: list[CoverageOf]


class ClaimName(Shape):
    """A move, a position or an entry, by its address."""

    address: str
    """`/positions/7`."""
    kind: Literal["moves", "positions", "entries"]
    proposal: str
    """Slug of the proposal, the first where it concerns several."""
    when: When
    contested: bool
    """Whether a source contradicts it."""
    settled: bool
