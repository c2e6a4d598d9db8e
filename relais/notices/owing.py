"""The worker's reading of the ledger for members: who is told of which act."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session, col

from models import Comment, Confirmation, Event, Membership, Notice, NoticeChoice, Suggestion, Task
from models.event import EventKind
from models.group import Role
from models.notice import NoticeKind, NoticePace
from models.subscription import Pace
from relais import bookmarks, presidencies, saved_searches
from relais.db import columns, insert_over, one_at_a_time
from relais.mailings import paces
from relais.presidencies import Calendar
from relais.texts import staling

READER = "notices"
LOCK = 20_261_127  # any fixed number: on PostgreSQL one worker tells members at a time
BATCH = 200

Who = tuple[int, NoticeKind]
_COMMENTED = {EventKind.COMMENT_POSTED, EventKind.COMMENT_EDITED, EventKind.COMMENT_HIDDEN}
_SUGGESTED = {EventKind.SUGGESTION_TAKEN, EventKind.SUGGESTION_DECLINED}
_CONFIRMED = {EventKind.CONFIRMATION_APPROVED, EventKind.CONFIRMATION_REFUSED}
_WORKED = {EventKind.TASK_DONE, EventKind.TASK_REOPENED, EventKind.TASK_REMOVED}
_ASSIGNED = {EventKind.TASK_ADDED, EventKind.TASK_CHANGED}


def anything(session: Session, _now: datetime) -> bool:
    return bookmarks.behind(session, READER)


def batch(session: Session, _now: datetime) -> None:
    """Read on: what is told of it and the bookmark past it are written together. The first time it is read from now on."""
    one_at_a_time(session, LOCK)
    start, end = bookmarks.span(session, READER, None, BATCH)
    if end == start:
        return
    what = columns(Event.id, Event.kind, Event.recorded_at, Event.actor_id, Event.group_id, Event.subject_id, Event.details)
    events = session.execute(what.where(col(Event.id) > start, col(Event.id) <= end).order_by(col(Event.id))).all()
    concerned = _Concerned(session, events)
    told = {(event.id, person): (event, kind) for event in events for person, kind in concerned.by(event)}
    by_id = {event.id: event for event in events}
    for event_id, person in saved_searches.told(session, start, end):
        told.setdefault((event_id, person), (by_id[event_id], NoticeKind.FOUND))
    _write(session, told)
    bookmarks.move(session, READER, end)


class _Concerned:
    """Whom events concern; what they are about is read once for all of them."""

    def __init__(self, session: Session, events: Sequence[Row[Any]]) -> None:
        self.session = session
        self.comments = self._rows(Comment, _subjects(events, _COMMENTED), Comment.author_id, Comment.parent_id)
        self.suggestions = self._rows(Suggestion, _subjects(events, _SUGGESTED), Suggestion.author_id)
        self.confirmations = self._rows(Confirmation, _subjects(events, _CONFIRMED), Confirmation.asker_id)
        self.tasks = self._rows(Task, _subjects(events, _WORKED | _ASSIGNED), Task.assignee_id, Task.author_id)
        self.staling = staling.by(session, _subjects(events, {EventKind.TEXT_SAVED}))
        self.threads = self._threads()
        self.members = self._members({event.group_id for event in events if event.group_id})

    def by(self, event: Row[Any]) -> Iterator[Who]:
        """Each person once, for the first reason that holds; never who did it."""
        told: dict[int, NoticeKind] = {}
        for person, kind in self._all(event):
            told.setdefault(person, kind)
        told.pop(event.actor_id, None)
        yield from told.items()

    def _all(self, event: Row[Any]) -> Iterator[Who]:
        kind, key = event.kind, int(event.subject_id) if event.subject_id.isdigit() else 0
        for person in event.details.get("mentions", ()) if kind in _COMMENTED else ():
            yield person, NoticeKind.MENTION
        if kind is EventKind.COMMENT_POSTED and key in self.comments:
            before = (person for comment, person in self.threads[self.comments[key].parent_id] if comment < key)
            yield from ((person, NoticeKind.REPLY) for person in before)
        elif kind is EventKind.COMMENT_HIDDEN and key in self.comments:
            yield self.comments[key].author_id, NoticeKind.DECIDED
        elif kind in _ASSIGNED and key in self.tasks:
            given = (event.details.get("assignee"), event.details.get("before"), self.tasks[key].author_id)
            yield from ((person, NoticeKind.TASK) for person in given if person)
        elif kind in _WORKED and key in self.tasks:
            task = self.tasks[key]
            yield from ((person, NoticeKind.TASK) for person in (task.assignee_id, task.author_id) if person)
        elif kind in _SUGGESTED and key in self.suggestions:
            yield self.suggestions[key].author_id, NoticeKind.DECIDED
        elif kind in _CONFIRMED and key in self.confirmations and self.confirmations[key].asker_id:
            yield self.confirmations[key].asker_id, NoticeKind.DECIDED
        else:
            yield from ((person, NoticeKind.WAITING) for person in self._deciders(event))

    def _deciders(self, event: Row[Any]) -> Iterable[int]:
        """Those for whom a decision waits."""
        coordinators = [person for person, role in self.members[event.group_id] if role is Role.COORDINATOR]
        editors = [person for person, role in self.members[event.group_id] if role in (Role.COORDINATOR, Role.EDITOR)]
        if event.kind in (EventKind.COMMENT_REPORTED, EventKind.WEBHOOK_ENDED, EventKind.CONFIRMATION_ANSWERED):
            return coordinators
        is_lead = event.kind is EventKind.ENTRY_ADDED and event.details.get("lead")
        stales = event.kind is EventKind.TEXT_SAVED and int(event.subject_id) in self.staling
        return editors if is_lead or stales or event.kind is EventKind.SUGGESTION_MADE else ()

    def _rows(self, kind: Any, keys: set[int], *wanted: Any) -> dict[int, Row[Any]]:
        rows = self.session.execute(columns(kind.id, *wanted).where(col(kind.id).in_(keys))) if keys else ()
        return {row.id: row for row in rows}

    def _threads(self) -> dict[int | None, list[tuple[int, int]]]:
        """Comments in the threads that were answered, and who wrote them, by the comment each thread began with."""
        found: dict[int | None, list[tuple[int, int]]] = defaultdict(list)
        roots = {row.parent_id for row in self.comments.values() if row.parent_id}
        if roots:
            said = columns(Comment.id, Comment.parent_id, Comment.author_id).where(col(Comment.removed_at).is_(None))
            in_them = col(Comment.id).in_(roots) | col(Comment.parent_id).in_(roots)
            for row in self.session.execute(said.where(in_them).order_by(col(Comment.id))):
                found[row.parent_id or row.id].append((row.id, row.author_id))
        return found

    def _members(self, groups: set[int]) -> dict[int | None, list[tuple[int, Role]]]:
        found: dict[int | None, list[tuple[int, Role]]] = defaultdict(list)
        query = columns(Membership.group_id, Membership.person_id, Membership.role).where(col(Membership.group_id).in_(groups))
        for group, person, role in self.session.execute(query) if groups else ():
            found[group].append((person, role))
        return found


def _subjects(events: Sequence[Row[Any]], kinds: set[EventKind]) -> set[int]:
    return {int(event.subject_id) for event in events if event.kind in kinds}


def _write(session: Session, told: dict[tuple[int, int], tuple[Row[Any], NoticeKind]]) -> None:
    if not told:
        return
    people = {person for _, person in told}
    chosen = {row.person_id: row for row in session.execute(_CHOICES.where(col(NoticeChoice.person_id).in_(people)))}
    calendar = presidencies.calendar(session)
    rows = [
        {"person_id": person, "event_id": event.id, "kind": kind, "due_at": _due(chosen.get(person), kind, event.recorded_at, calendar)}
        for (_, person), (event, kind) in told.items()
    ]
    once = insert_over(session, Notice).on_conflict_do_nothing(index_elements=["person_id", "event_id"])
    session.connection().execute(once, rows)


_CHOICES = columns(NoticeChoice.person_id, NoticeChoice.kinds, NoticeChoice.pace, NoticeChoice.weekday)


def _due(chosen: Row[Any] | None, kind: NoticeKind, at: datetime, calendar: Calendar) -> datetime | None:
    """When it is due by letter; None where none is wanted."""
    if chosen is None:
        return at
    if chosen.pace is NoticePace.NEVER or kind.value not in chosen.kinds:
        return None
    return paces.due(Pace(chosen.pace.value), chosen.weekday, at, calendar)
