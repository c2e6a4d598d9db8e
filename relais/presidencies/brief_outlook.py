"""What the brief tells of the holders to come, of what came of proposals, and of those that stand still."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from models.position import Stance
from relais.answers import Answered
from relais.i18n import said
from relais.presidencies import Calendar, Term
from relais.presidencies.brief_read import Read
from relais.presidencies.brief_rows import Happened
from relais.relay import Bundle, outlook
from relais.relay.lines import Line
from relais.relay.outlook import Holder, Level, Outlook
from relais.sources.citations import Evidence


class Place(NamedTuple):
    """A bundle, on how many of its proposals a position is held, on what evidence; `older` of them on a text that has changed since."""

    bundle: Bundle
    number: int
    evidence: Evidence
    older: int


@dataclass(frozen=True)
class Why:
    """What a state says of so many proposals, None for nothing recorded; where, and on what evidence."""

    stance: Stance | None
    number: int
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Ahead:
    term: Term
    risk: Level
    chance: Level
    whys: tuple[Why, ...]


@dataclass(frozen=True)
class Coming:
    """The presiding state and the next three holders; the trio the next hand-over goes to."""

    holders: tuple[Ahead, ...]
    trio: Outlook


@dataclass(frozen=True)
class Answer(Answered):
    """An entry of this presidency or the one before, and the proposal it answers."""

    line: Line


def coming(calendar: Calendar, read: Read) -> Coming:
    """On the proposals that have not ended."""
    ids = [key for key, line in read.lines.items() if not line.stage.ended]
    found = outlook.of(calendar, ids, read.positions, read.term, read.day)
    return Coming(tuple(_ahead(read, holder) for holder in found.holders), found)


def answers(read: Read) -> tuple[Answer, ...]:
    """What is sure first, then by proposal."""
    lines = read.lines
    told = [(key, entry) for entry in read.entries for key in entry.answers if key in lines]
    order = {key: place for place, key in enumerate(lines)}
    return tuple(
        _answer(read, lines[key], key, entry) for key, entry in sorted(told, key=lambda one: (one[0] in one[1].leads, order[one[0]]))
    )


def stalled(read: Read) -> tuple[Line, ...]:
    """No done entry and no change of stage during one whole presidency, the last one over by the day, nor since."""
    return tuple(line for line in read.lines.values() if line.stalled)


def _ahead(read: Read, holder: Holder) -> Ahead:
    whys = tuple(_why(read, stance, {one.proposal_id: one.row for one in prospects}) for stance, prospects in holder.stances.items())
    return Ahead(holder.term, holder.risk, holder.chance, whys)


def _why(read: Read, stance: Stance | None, held: dict[int, Any]) -> Why:
    if stance is None:
        return Why(None, len(held), ())
    return Why(stance, len(held), places(read, held))


def places(read: Read, held: dict[int, Any]) -> tuple[Place, ...]:
    """Where positions are held, by proposal."""
    rows = [(bundle, [held[key] for key in bundle.ids if key in held]) for bundle in read.picture.bundles]
    return tuple(
        Place(bundle, len(some), read.citations.position(*(row.id for row in some)), sum(row.older for row in some))
        for bundle, some in rows
        if some
    )


def _answer(read: Read, line: Line, proposal_id: int, entry: Happened) -> Answer:
    link = entry.answers[proposal_id]
    title, words = said(entry, "title", read.language), said(link, "extent", read.language)
    evidence, sure = read.citations.entry(entry.id), proposal_id not in entry.leads
    return Answer(entry.id, entry.key, *title, entry.when, evidence, link.extent, *words, sure, line)
