"""The words of a text that a comment is about: found where they stand, and found again when the text has changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col

from models import Proposal, Text
from models.text import FIELDS
from relais import texts
from relais.db import columns
from relais.errors import Invalid
from relais.i18n import N_
from relais.rendered import words

Spot = tuple[int, int]


@dataclass(frozen=True)
class Passage:
    """Words of revision `number` of a text. `at` is where they stand in the text of now, None when they are gone from it."""

    words: str
    field: str
    language: str
    number: int
    at: Spot | None


@dataclass(frozen=True)
class Anchor:
    """A passage as a comment keeps it: its words, and where they begin in a field of a revision, in characters a reader reads."""

    revision_id: int
    field: str
    passage: str
    begins: int


def anchor(session: Session, proposal: Proposal, passage: str, *, language: str, field: str = "", near: int = 0) -> Anchor:
    """Where words stand in the text of now: in `field` before others, of several places the one nearest to `near`.

    Raises Invalid when they are not there.
    """
    text = texts.of(session, proposal, language or proposal.original_language)
    revision = texts.revision(session, text, text.number) if text else None
    for name in sorted(FIELDS, key=lambda name: name != field):
        said = read(text, name) if text else ""
        spot = nearest(said, passage, near)
        if spot and revision:
            return Anchor(revision.id, name, " ".join(said[slice(*spot)].split()), spot[0])
    raise Invalid(N_("These words are not in the text as it stands"), field="passage")


def read(text: Any, field: str) -> str:
    """What a reader reads of a field: of the body without the marks of Markdown."""
    said: str = words(text.body_html) if field == "body" else getattr(text, field)
    return said


def nearest(said: str, passage: str, near: int) -> Spot | None:
    """Where the words stand, however they are spaced; of several places the one that begins nearest to `near`."""
    wanted = passage.split()
    if not wanted:
        return None
    found = (one.span() for one in re.finditer(r"\s+".join(map(re.escape, wanted)), said))
    return min(found, key=lambda spot: (abs(spot[0] - near), spot[0]), default=None)


def current(session: Session, proposal: Any) -> dict[str, Any]:
    """The texts of now by language, to find passages in."""
    mine = columns(Text.language, Text.title, Text.summary, Text.body_html).where(col(Text.proposal_id) == proposal.id)
    return {row.language: row for row in session.execute(mine)}


def found(row: Any, now: Mapping[str, Any]) -> Passage:
    """The passage of a comment in the texts of now. `row` has the columns of its anchor, `language` and `number`."""
    at = nearest(read(now[row.language], row.field), row.passage, row.begins) if row.language in now else None
    return Passage(row.passage, row.field, row.language, row.number, at)
