"""Two people wrote from one revision: what each changed, and a text that holds both, for the second to check and save."""

from dataclasses import dataclass

from models import Revision, Text
from models.text import FIELDS
from relais.texts import TextForm, diff
from relais.texts.diff import Piece
from relais.texts.merge import merged


@dataclass(frozen=True)
class Clash:
    """One field: what they changed of the base, what I changed, and both together."""

    name: str
    theirs: list[Piece]
    mine: list[Piece]
    merged: str

    @property
    def touched(self) -> bool:
        return diff.changed((*self.theirs, *self.mine))


def between(current: Text, base: Revision | None, form: TextForm) -> list[Clash]:
    """The fields as saved by another against those of the form, both told from the revision the writer started from."""
    return [_clash(name, getattr(base, name) if base else "", getattr(form, name), getattr(current, name)) for name in FIELDS]


def _clash(name: str, base: str, mine: str, theirs: str) -> Clash:
    both = merged(base, mine, theirs)
    if name == "title" and "\n" in both:
        both = mine  # a title has one line: two that cannot be merged cannot both stand
    return Clash(name, diff.words(base, theirs), diff.words(base, mine), both)
