"""One proposal's timeline, presidency by presidency: hand-overs, what happened, what is planned, and where nothing is recorded. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from models.entry import EntryKind, EntryState
from models.partial_date import PartialDate
from models.proposal import Stage
from relais.i18n import said
from relais.positions import when
from relais.presidencies import Calendar, Term
from relais.relay import risk
from relais.sources.citations import Citations, Evidence


class ItemKind(StrEnum):
    MOVE = "move"
    DONE = "done"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    LEAD = "lead"

    @property
    def lively(self) -> bool:
        """Whether something happened: a plan or a lead is no progress."""
        return self in (ItemKind.MOVE, ItemKind.DONE)


@dataclass(frozen=True)
class Item:
    """A change of stage (`stage`, from `was`), or an entry (`entry`, named by `key`) that concerns the proposal, surely or as a lead.

    `comment_id` is the comment it was made from, to those who may know of it.
    """

    id: int
    kind: ItemKind
    when: PartialDate
    words: str
    language: str
    evidence: Evidence
    stage: Stage | None = None
    was: Stage | None = None
    entry: EntryKind | None = None
    key: str = ""
    note: str = ""
    note_language: str = ""
    public: bool = True
    comment_id: int | None = None

    @property
    def back(self) -> bool:
        """Whether it is a step back on the ladder."""
        return bool(self.stage and self.was and 0 < self.stage.step < self.was.step)


@dataclass(frozen=True)
class Presiding:
    """What the presiding state says of the proposal, or that nothing is recorded, and the why."""

    stand: risk.Stand
    note: str = ""
    language: str = ""
    evidence: Evidence | None = None


@dataclass
class Chapter:
    """One presidency. `silent` presidencies in a row, this one first and `silent_to` last, have nothing recorded."""

    term: Term
    current: bool = False
    presiding: Presiding | None = None
    items: list[Item] = field(default_factory=list)
    silent: int = 0
    silent_to: Term | None = None


@dataclass(frozen=True)
class Timeline:
    """The chapters in order; `loose` is too coarse for one presidency or undated; `silent` presidencies passed since the last fact."""

    chapters: list[Chapter]
    loose: list[Item]
    silent: int

    @property
    def items(self) -> list[Item]:
        return [*(item for chapter in self.chapters for item in chapter.items), *self.loose]


class _Found(NamedTuple):
    when: PartialDate
    kind: ItemKind
    row: Any


def of(
    calendar: Calendar,
    moves: Sequence[Any],
    entries: Sequence[Any],
    positions: Sequence[Any],
    citations: Citations,
    language: str,
    day: date,
    *,
    ended: bool,
) -> Timeline:
    """The timeline on `day`, from rows that stand on that day. Sources are numbered in its order."""
    found = [*(_Found(when(row), ItemKind.MOVE, row) for row in moves), *(_Found(when(row), _kind(row), row) for row in entries)]
    placed: dict[str, list[_Found]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (one.when.order(), one.kind is not ItemKind.MOVE)):
        term = calendar.of(one.when)
        placed[term.slug if term else ""].append(one)
    chapters = _chapters(calendar, placed, day, ended=ended)
    stands = risk.stands(calendar, {row.proposal_id for row in moves}, positions, day)
    for chapter in chapters:
        chapter.presiding = _presiding(stands[chapter.term.slug], positions, citations, language, day)
        chapter.items = [_item(one, citations, language) for one in placed.get(chapter.term.slug, ())]
    loose = [_item(one, citations, language) for one in placed.get("", ())]
    return Timeline(chapters, loose, 0 if ended else _silent(calendar, found, day))


def _silent(calendar: Calendar, found: Sequence[_Found], day: date) -> int:
    """Whole presidencies over by `day` since something last happened; 0 when nothing dated ever did."""
    ends = [end for one in found if one.kind.lively and (end := one.when.last())]
    return sum(1 for term in calendar.terms if ends and term.starts_on > max(ends) and term.ends_on < day)


def _chapters(calendar: Calendar, placed: dict[str, list[_Found]], day: date, *, ended: bool) -> list[Chapter]:
    """From the first presidency with anything to the next holder, or the last with anything; silent ones in a row are told as one."""
    now = calendar.at(day)
    near = () if ended else tuple(term.slug for term in (now, calendar.after(now)) if term)
    telling = [number for number, term in enumerate(calendar.terms) if placed.get(term.slug) or term.slug in near]
    chapters: list[Chapter] = []
    for term in calendar.terms[telling[0] : telling[-1] + 1] if telling else ():
        if placed.get(term.slug) or term.slug in near:
            chapters.append(Chapter(term, current=term is now))
        elif term.starts_on <= day:
            if not chapters[-1].silent:
                chapters.append(Chapter(term))
            chapters[-1].silent, chapters[-1].silent_to = chapters[-1].silent + 1, term
    return chapters


def _presiding(stand: risk.Stand | None, positions: Sequence[Any], citations: Citations, language: str, day: date) -> Presiding | None:
    if stand is None or stand.stance is None:
        return Presiding(stand) if stand else None
    theirs = [row for row in positions if row.actor_id == stand.term.actor_id]
    (row,) = risk.standing(theirs, stand.term, day).values()
    return Presiding(stand, *said(row, "note", language), citations.position(row.id))


def _item(one: _Found, citations: Citations, language: str) -> Item:
    row = one.row
    if one.kind is ItemKind.MOVE:
        return Item(
            row.id, one.kind, one.when, *said(row, "reason", language), citations.move(row.id), stage=row.to_stage, was=row.from_stage
        )
    words, evidence = said(row, "title", language), citations.entry(row.id)
    note, tongue = said(row, "note", language)
    return Item(
        row.id,
        one.kind,
        one.when,
        *words,
        evidence,
        entry=row.kind,
        key=row.key,
        note=note,
        note_language=tongue,
        public=row.public,
        comment_id=getattr(row, "comment_id", None),
    )


def _kind(row: Any) -> ItemKind:
    if row.lead and row.state is not EntryState.CANCELLED:
        return ItemKind.LEAD
    return ItemKind(row.state.value)
