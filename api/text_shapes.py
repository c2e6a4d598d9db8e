"""Shapes of how texts come about."""

from datetime import datetime

from relais.export.claims import Shape
from relais.export.proposal_shapes import RevisionName


class Revision(Shape):
    """One saved version of a text, kept for good."""

    language: str
    number: int
    """Counted in its language from 1; the last is the text as it stands."""
    title: str
    summary: str
    body: str
    """Markdown."""
    note: str
    """What changed, in a few words."""
    minor: bool
    """Whether no words of substance changed."""
    continues: bool
    """Whether it is told as one with the one before: saved soon after it by the same author."""
    restores: int | None
    """The number of the earlier one whose words it brought back."""
    translates: RevisionName | None
    """The revision this translation was made from; null for the original."""
    saved_at: datetime
    author: str
    """The name of who saved it, for members to know; empty when none is given."""
    suggester: str
    """The name of who suggested the words, for members to know; empty where nobody did."""
