"""The hand-over brief of a presidency: what moved before it, who backs what, what is known of its half-year, on what evidence."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models import Presidency
from models.partial_date import PartialDate
from models.position import Stance
from models.proposal import Stage
from relais.access import Reader
from relais.i18n import said
from relais.positions import backing, latest, weighing, when
from relais.positions.backing import Matrix
from relais.positions.weighing import Across
from relais.presidencies import Calendar, Term, brief_outlook, brief_read
from relais.presidencies.brief_outlook import Answer, Coming, Place
from relais.presidencies.brief_read import Read
from relais.presidencies.brief_rows import Happened
from relais.relay import Bundle, risk, tally
from relais.relay.lines import Line
from relais.relay.tally import Tally
from relais.relay.windows import Window
from relais.sources.citations import Evidence, Numbered

STRIP, BEFORE = 12, 4


@dataclass(frozen=True)
class Risk:
    """A stance of the presiding state that puts proposals at risk: which bundles, on how many proposals, on what evidence."""

    stance: Stance
    number: int
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Moved:
    """A proposal that changed stage under the previous presidency, with the last stage it reached there."""

    line: Line
    stage: Stage
    when: PartialDate
    words: str
    language: str
    evidence: Evidence


@dataclass(frozen=True)
class Told:
    """An entry as the brief tells it: its words, its evidence, and what it concerns: whole bundles, then single proposals.

    Neither means that it concerns the half-year itself.
    """

    entry: Happened
    words: str
    language: str
    bundles: tuple[Bundle, ...]
    lines: tuple[Line, ...]
    evidence: Evidence


@dataclass(frozen=True)
class Brief:
    term: Term
    previous: Term | None
    following: Term | None
    strip: tuple[Term, ...]
    current: Term | None
    presidency: Presidency
    known: bool
    proposals: int
    risks: tuple[Risk, ...]
    missing: int
    tally: Tally | None
    moved: tuple[Moved, ...]
    others: tuple[Told, ...]
    answers: tuple[Answer, ...]
    stalled: tuple[Line, ...]
    matrix: Matrix
    weighed: Across | None
    coming: Coming
    windows: Sequence[Window]
    leads: tuple[Told, ...]
    milestones: tuple[Told, ...]
    turns: tuple[Moved, ...]
    starts: Evidence
    ends: Evidence
    basis: int
    sources: tuple[Numbered, ...]


def of(session: Session, calendar: Calendar, reader: Reader, language: str, slug: str, *, day: date, as_of: bool = False) -> Brief:
    """The brief of the presidency at `slug` as known on `day`; with `as_of` only what was surely so by then. Raises Missing."""
    return told(calendar, brief_read.read(session, calendar, reader, language, slug, day=day, as_of=as_of))


def told(calendar: Calendar, read: Read) -> Brief:
    """The brief of what was read. Its sources are numbered in the order of the page."""
    return Brief(
        term=read.term,
        previous=read.previous,
        following=read.following,
        strip=strip(calendar, read.term),
        current=calendar.at(read.day),
        presidency=read.presidency,
        known=read.presidency.known_on <= read.day,
        proposals=len(read.lines),
        risks=_risks(read),
        missing=_missing(read),
        tally=tally.of(read.picture, read.previous),
        moved=_moved(read),
        others=_others(read),
        answers=brief_outlook.answers(read),
        stalled=brief_outlook.stalled(read),
        matrix=_matrix(read),
        weighed=weighing.across(read.council, latest(read.positions, read.positions_day).values(), read.lines, read.citations),
        coming=brief_outlook.coming(calendar, read),
        windows=read.windows,
        leads=_leads(read),
        starts=_handover(read, read.term),
        milestones=_milestones(read),
        turns=tuple(_turn(read, row) for row in read.turns if row.proposal_id in read.lines),
        ends=_handover(read, read.following),
        basis=read.citations.number(read.basis),
        sources=tuple(read.citations.sources),
    )


def strip(calendar: Calendar, term: Term) -> tuple[Term, ...]:
    """Twelve presidencies around one: four before it where the calendar allows."""
    place = calendar.terms.index(term)
    first = max(0, min(place - BEFORE, len(calendar.terms) - STRIP))
    return calendar.terms[first : first + STRIP]


def _risks(read: Read) -> tuple[Risk, ...]:
    """What the presiding state opposes, then where it is absent, as of its start."""
    mine = [row for row in read.positions if row.actor_id == read.term.actor_id]
    said = defaultdict(list)
    for row in mine:
        said[row.proposal_id].append(row)
    held = {key: row for key in read.lines for row in risk.standing(said[key], read.term, read.day).values()}
    return tuple(found for stance in (Stance.OPPOSES, Stance.ABSENT) if (found := _risk(read, held, stance)).places)


def _risk(read: Read, held: dict[int, Any], stance: Stance) -> Risk:
    places = brief_outlook.places(read, {key: row for key, row in held.items() if row.stance is stance})
    return Risk(stance, sum(place.number for place in places), places)


def _missing(read: Read) -> int:
    """On how many proposals no position of the presiding state is recorded: told of the current presidency and the next only."""
    if read.term.slug not in {near.slug for near in (read.picture.current, read.picture.next) if near}:
        return 0
    told = {proposal for proposal, actor in latest(read.positions, read.positions_day) if actor == read.term.actor_id}
    return len(read.lines.keys() - told)


def _moved(read: Read) -> tuple[Moved, ...]:
    last = {row.proposal_id: row for row in sorted(read.moves, key=lambda row: (when(row).order(), row.id))}
    return tuple(_turn(read, last[key]) for key in read.lines if key in last)


def _turn(read: Read, row: Any) -> Moved:
    words = said(row, "reason", read.language)
    return Moved(read.lines[row.proposal_id], row.to_stage, when(row), *words, read.citations.move(row.id))


def _others(read: Read) -> tuple[Told, ...]:
    """What else was done on proposals under the previous presidency."""
    return tuple(entry_told(read, one, one.concerns) for one in read.entries if read.previous and one.falls_in(read.previous) and one.held)


def _matrix(read: Read) -> Matrix:
    terms = {"presides": read.term, "before": read.previous, "after": read.following}
    return backing.matrix(read.positions, read.picture.bundles, terms, read.citations, read.positions_day)


def _leads(read: Read) -> tuple[Told, ...]:
    return tuple(entry_told(read, one, one.leads) for one in read.entries if one.falls_in(read.term) and one.leads)


def _milestones(read: Read) -> tuple[Told, ...]:
    """What is recorded of the half-year: on proposals, or on itself. Its first and last day are told apart."""
    here = (one for one in read.entries if one.falls_in(read.term) and not one.hands_over)
    return tuple(entry_told(read, one, one.concerns) for one in here if one.concerns or not one.about_proposals)


def _handover(read: Read, term: Term | None) -> Evidence:
    """What is recorded of the day on which a presidency starts."""
    return read.citations.entry(*(one.id for one in read.entries if term and one.hands_over and one.when.on == term.starts_on))


def entry_told(read: Read, entry: Happened, about: frozenset[int]) -> Told:
    words, tongue = said(entry, "title", read.language)
    return Told(entry, words, tongue, *named(read, about), read.citations.entry(entry.id))


def named(read: Read, about: frozenset[int]) -> tuple[tuple[Bundle, ...], tuple[Line, ...]]:
    """Proposals as briefly as they can be named: the bundles of which all are among them, then the others one by one."""
    bundles = tuple(bundle for bundle in read.picture.bundles if len(bundle.ids) > 1 and about.issuperset(bundle.ids))
    rest = about.difference(*(bundle.ids for bundle in bundles))
    return bundles, tuple(line for key, line in read.lines.items() if key in rest)
