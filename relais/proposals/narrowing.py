"""Which proposals a list shows: those that answer its filters, hold its words, and were there by its day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from models import Group, Move, Proposal, ProposalTheme, Source, Text
from models.partial_date import PartialDate, Precision
from relais.access import Reader, anybody, visible_proposals
from relais.relay import Filters
from relais.wording import folded

Where = ColumnElement[bool]
LATER = aliased(Move)

# Each filter as a condition on Proposal, its value to be filled in.
CONDITIONS: dict[str, Where] = {
    "level": col(Proposal.level) == bindparam("level"),
    "stage": col(Proposal.stage) == bindparam("stage"),
    "group": col(Proposal.group_id) == select(Group.id).where(col(Group.slug) == bindparam("group")).scalar_subquery(),
    "origin": col(Proposal.origin_id) == select(Source.id).where(col(Source.slug) == bindparam("origin")).scalar_subquery(),
    "theme": col(Proposal.id).in_(select(ProposalTheme.proposal_id).where(col(ProposalTheme.theme) == bindparam("theme"))),
}
Shape = Callable[[Where], Select[Any]]


@dataclass(frozen=True)
class Chosen:
    """Some proposals: who of one sight may see, narrowed by the named filters, whose values are apart, and by what else is asked."""

    sight: frozenset[int]
    named: tuple[str, ...]
    values: dict[str, str]
    others: tuple[Where, ...] = ()

    @property
    def where(self) -> Where:
        return and_(_narrowed(self.sight, self.named), *self.others)

    def put(self, shape: Shape) -> Select[Any]:
        """A question about them, to be asked with `values`. Of those that differ in values alone it is put together once."""
        return shape(self.where) if self.others else _put(shape, self.sight, self.named)


def chosen(reader: Reader, filters: Filters, words: str, then: date | None) -> Chosen:
    """What a reader sees of what answers the filters and holds the words.

    As of a day: what had surely moved by then, to the stage of the filter at some time.
    """
    values = {name: value for name in CONDITIONS if (value := getattr(filters, name))}
    named = tuple(name for name in values if name != "stage" or not then)
    found = Chosen(reader.sight, named, values)
    holding = [_holds(word) for word in dict.fromkeys(folded(words).split())]
    return replace(found, others=(*([_moved(filters.stage, then)] if then else ()), *holding))


def _narrowed(sight: frozenset[int], named: tuple[str, ...]) -> Where:
    return and_(visible_proposals(anybody(sight)), *(CONDITIONS[name] for name in named))


@lru_cache(maxsize=256)
def _put(shape: Shape, sight: frozenset[int], named: tuple[str, ...]) -> Select[Any]:
    return shape(_narrowed(sight, named))


def _holds(word: str) -> Where:
    """Whether a text of the proposal, in whatever language, holds the folded word."""
    if "\0" in word:
        return false()  # no text does, and PostgreSQL would refuse the question
    return select(Text.id).where(col(Text.proposal_id) == col(Proposal.id), col(Text.search_text).contains(word, autoescape=True)).exists()


def _moved(stage: str, day: date) -> Where:
    """Whether a move that stands was surely made by the day, to that stage if one is given."""
    corrected = select(LATER.id).where(col(LATER.supersedes_id) == col(Move.id)).exists()
    mine = select(Move.id).where(col(Move.proposal_id) == col(Proposal.id), ~corrected, certain_by(Move, day))
    return (mine.where(col(Move.to_stage) == stage) if stage else mine).exists()


def certain_by(kind: Any, day: date) -> Where:
    """PartialDate.certain_by asked of a table: a span is over that began before the one the day is in, or is that one and ends with it."""
    begun = {
        Precision.MONTH: day.replace(day=1),
        Precision.HALF_YEAR: day.replace(month=1 if day.month < 7 else 7, day=1),
        Precision.YEAR: day.replace(month=1, day=1),
    }
    spans = (
        and_(
            kind.precision == precision,
            kind.effective_on <= day if PartialDate(day, precision=precision).last() == day else kind.effective_on < first,
        )
        for precision, first in begun.items()
    )
    return or_(and_(kind.precision.in_((Precision.DAY, Precision.BY)), kind.effective_on <= day), *spans)
