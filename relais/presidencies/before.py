"""Before the hand-over: what a member's groups have to do until the next presidency begins, each with a day counted back from it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col

from models import Position, Proposal
from models.entry import EntryKind
from models.proposal import Stage
from relais import access, packets, queue
from relais.access import Reader, visible_positions
from relais.db import columns
from relais.i18n import said
from relais.legs import lists
from relais.presidencies import Calendar, Term
from relais.proposals import titles
from relais.proposals.titles import Title
from relais.queue import Wait, Waiting
from relais.relay import windows


class Kind(StrEnum):
    WINDOW = "window"
    ASK = "ask"
    POSITION = "position"
    CONFIRM = "confirm"
    LEAD = "lead"
    TRANSLATION = "translation"
    OUTCOME = "outcome"
    FREEZE = "freeze"


# How many days before the change each is to be done: who presides next reads texts and asks before the brief is frozen.
DAYS = {Kind.ASK: 42, Kind.POSITION: 35, Kind.CONFIRM: 28, Kind.LEAD: 21, Kind.TRANSLATION: 14, Kind.OUTCOME: 7, Kind.FREEZE: 0}
WAITING = {
    Wait.LEAD: Kind.LEAD,
    Wait.OLDER_TEXT: Kind.CONFIRM,
    Wait.POSITION: Kind.CONFIRM,
    Wait.TRANSLATION: Kind.TRANSLATION,
}


@dataclass(frozen=True)
class Item:
    """One thing: on which proposal, where it is done (or, for who may not, read), and what its line is told from."""

    path: str
    title: Title | None = None
    words: str = ""
    language: str = ""
    row: Any = None


@dataclass(frozen=True)
class Work:
    """What is to be done by a day, of one kind."""

    kind: Kind
    by: date
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Countdown:
    """What is left until `term` begins, by the day it is due."""

    term: Term
    days: int
    work: tuple[Work, ...]


def of(session: Session, reader: Reader, calendar: Calendar, language: str, *, today: date) -> Countdown | None:
    """What the reader's groups have to do; None for who is in no group, or where no presidency is known to follow."""
    current = calendar.at(today)
    term = calendar.after(current)
    if not reader.roles or current is None or term is None:
        return None
    found = [*_kinds(session, reader, calendar, language, current, term), *_windows(session, reader, language, term, today)]
    work = (one for one in found if one.items)
    return Countdown(term, (term.starts_on - today).days, tuple(sorted(work, key=lambda one: (one.by, list(Kind).index(one.kind)))))


def _kinds(session: Session, reader: Reader, calendar: Calendar, language: str, current: Term, term: Term) -> Iterator[Work]:
    own = _own(session, reader)
    named = titles.of(session, reader, language, own)
    here, then = lists.of_presidencies(session, reader, calendar, language, [current, term])
    asked = {leg.proposal_id for leg in then.legs}
    plan = f"legs/new?presidency={term.slug}"
    yield _work(Kind.ASK, term, (_on(reader, own, named, key, plan, "legs") for key in own if key not in asked))
    heard = _heard(session, reader, term)
    to_ask = (_on(reader, own, named, key, f"positions/new?actor={term.actor}", "#backers") for key in own if key not in heard)
    yield _work(Kind.POSITION, term, to_ask)
    open_ones = (leg for leg in here.open if leg.proposal_id in own)
    closing = (_on(reader, own, named, leg.proposal_id, f"legs/{current.slug}/outcome", f"legs/{current.slug}") for leg in open_ones)
    yield _work(Kind.OUTCOME, term, closing)
    for kind, items in _decisions(session, reader, language).items():
        yield _work(kind, term, items)
    if not packets.of(session, term.slug):
        path = f"/presidencies/{term.slug}/packets/new" if reader.edits_somewhere() else f"/presidencies/{term.slug}/brief"
        yield _work(Kind.FREEZE, term, [Item(path)])


def _decisions(session: Session, reader: Reader, language: str) -> dict[Kind, list[Item]]:
    """What waits for the editors of the reader's groups."""
    found: dict[Kind, list[Item]] = {}
    for share in queue.of(session, access.as_editor(reader), language):
        for title, one in ((pile.title, one) for pile in share.piles for one in pile.waiting if one.kind in WAITING):
            found.setdefault(WAITING[one.kind], []).append(_waiting(reader, share.group.id, title, one, language))
    return found


def _work(kind: Kind, term: Term, items: Iterable[Item]) -> Work:
    return Work(kind, term.starts_on - timedelta(days=DAYS[kind]), tuple(items))


def _own(session: Session, reader: Reader) -> dict[int, int]:
    """The proposals of the reader's groups that go on, in their order, each with its group."""
    ended = [stage for stage in Stage if stage.ended]
    query = columns(Proposal.id, Proposal.group_id).where(col(Proposal.group_id).in_(list(reader.roles)), col(Proposal.stage).not_in(ended))
    return {row.id: row.group_id for row in session.execute(query.order_by(col(Proposal.rank), col(Proposal.id)))}


def _heard(session: Session, reader: Reader, term: Term) -> set[int]:
    """The proposals on which a position of the state that presides next is recorded."""
    query = columns(Position.proposal_id).join(Proposal, col(Proposal.id) == col(Position.proposal_id))
    return set(session.execute(query.where(col(Position.actor_id) == term.actor_id, visible_positions(reader))).scalars())


def _on(reader: Reader, own: dict[int, int], named: dict[int, Title], key: int, act: str, see: str) -> Item:
    title = named[key]
    step = act if reader.roles[own[key]].may_edit else see
    return Item(f"/proposals/{title.slug}{'' if step.startswith('#') else '/'}{step}", title)


def _waiting(reader: Reader, group: int, title: Title, one: Waiting, language: str) -> Item:
    path = one.path if reader.roles[group].may_edit else f"/proposals/{title.slug}"
    words, tongue = said(one.row, "title", language) if one.kind is Wait.LEAD else ("", language)
    return Item(path, title, words, tongue, one.row)


def _windows(session: Session, reader: Reader, language: str, term: Term, today: date) -> Iterator[Work]:
    """What is planned with a lead time, and must be begun before the change."""
    due = windows.ahead(session, reader, today, until=term.starts_on)
    found = [window for window in due if window.kind is not EntryKind.HANDOVER]
    named = titles.of(session, reader, language, {key for window in found for key in window.concerns})
    for window in found:
        words, tongue = said(window, "title", language)
        title = next((named[key] for key in sorted(window.concerns) if key in named), None)
        path = f"/proposals/{title.slug}#timeline" if title else f"/presidencies/{term.slug}"
        yield Work(Kind.WINDOW, window.opens_on, (Item(path, title, words, tongue, window),))
