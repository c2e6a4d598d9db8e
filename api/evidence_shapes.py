"""Shapes of what stands behind the record."""

from relais.export.claims import Citation, Settlement, Shape
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
