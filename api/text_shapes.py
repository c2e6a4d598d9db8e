"""Shapes of how texts come about."""

from datetime import datetime

from models.suggestion import SuggestionState
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


class Suggestion(Shape):
    """A change of a text put to its editors, for the proposal's group alone."""

    id: int
    language: str
    base: int
    """The number of the revision it was written from."""
    title: str
    summary: str
    body: str
    """Markdown; the whole text with the change."""
    note: str
    """What changes, in a few words."""
    author: str
    """The name of who made it; empty when none is given."""
    made_at: datetime
    state: SuggestionState
    decider: str
    """The name of who decided, or took it back; empty while it is open, and when none is given."""
    decided_at: datetime | None
    reason: str
    """Why it was declined."""
    became: int | None
    """The number of the revision it became, as it was or amended."""
    version: int
    """Grows when it is decided: for `If-Match`."""


class Outlook(Shape):
    """What a suggestion makes of the text as it stands."""

    base: int
    """The number of the revision that stands."""
    title: str
    summary: str
    body: str
    meets: list[str]
    """Fields of which the same paragraphs changed meanwhile: there the words are a merge of both, to be checked."""


class SuggestionAhead(Suggestion):
    outlook: Outlook | None
    """Null once it is decided."""


class TranslationWanted(Shape):
    """A text of a proposal that waits for a translator, for its group alone."""

    proposal: str
    """Slug of the proposal."""
    language: str
    """The one to translate into."""
    original: str
    """The one to translate from."""
    fields: list[str]
    """What changed in the original since; empty where there is no text in this language."""
    translated: int | None
    """The revision of the original it was made from; null where there is no text in this language."""
    current: int
    """The last revision of the original."""
    since: datetime
    """How long it waits."""
