"""Tasks as lists show them: of a proposal, of a person over all their groups, of a group; and by when they are due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import Comment, Group, Membership, Person, Proposal, Task
from models.group import Role
from relais.access import Reader, visible_comments, visible_tasks
from relais.db import columns
from relais.proposals import titles
from relais.proposals.titles import Title

SOON, LATELY = timedelta(days=7), timedelta(days=14)
MOST_DONE = 100


@dataclass(frozen=True)
class Step:
    """A task on one line. Names are empty where somebody chose none; `title` is left out on the proposal's own page."""

    id: int
    text: str
    due_on: date | None
    presidency: str | None
    comment_id: int | None
    author_id: int | None
    assignee_id: int | None
    assignee: str
    role: Role | None
    added_at: datetime
    done_at: datetime | None
    finisher: str
    proposal_id: int
    slug: str
    group_id: int
    entry_id: int | None = None
    title: Title | None = None

    def overdue(self, today: date) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class ByDue:
    """Steps by when they are due; `done` the last done first."""

    overdue: tuple[Step, ...]
    soon: tuple[Step, ...]
    later: tuple[Step, ...]
    undated: tuple[Step, ...]
    done: tuple[Step, ...]

    @property
    def open(self) -> int:
        return len(self.overdue) + len(self.soon) + len(self.later) + len(self.undated)


@dataclass(frozen=True)
class Counts:
    open: int
    overdue: int
    done_lately: int


@dataclass(frozen=True)
class Filters:
    """What a group's list is narrowed to; `person` is an id, 0 for nobody, None for all."""

    person: int | None = None
    leg: str = ""
    state: str = "open"


def of_proposal(session: Session, reader: Reader, proposal: Any) -> list[Step]:
    """Every task of the proposal, in one query; nothing to those who are not in its group."""
    if not reader.in_group(proposal.group_id):
        return []
    return _steps(session, reader, col(Task.proposal_id) == proposal.id)


def one(session: Session, reader: Reader, language: str, task: Task, *, titled: bool) -> Step:
    steps = _steps(session, reader, col(Task.id) == task.id)
    return (_titled(session, reader, language, steps) if titled else steps)[0]


def mine(session: Session, reader: Reader, language: str, *, now: datetime) -> list[Step]:
    """What is on the reader over all their groups: open, or done lately."""
    me = reader.person.id if reader.person else None
    steps = _steps(session, reader, col(Task.assignee_id) == me, col(Task.done_at).is_(None) | (col(Task.done_at) > now - LATELY))
    return _titled(session, reader, language, steps)


def of_group(session: Session, reader: Reader, language: str, group: Group, filters: Filters) -> list[Step]:
    wanted = [col(Proposal.group_id) == group.id]
    if filters.person is not None:
        wanted.append(col(Task.assignee_id) == filters.person if filters.person else col(Task.assignee_id).is_(None))
    if filters.leg:
        wanted.append(col(Task.presidency) == filters.leg)
    if filters.state == "done":
        steps = _steps(session, reader, *wanted, col(Task.done_at).is_not(None), last_done=True)
    else:
        steps = _steps(session, reader, *wanted, col(Task.done_at).is_(None))
    return _titled(session, reader, language, steps)


def fortnight(session: Session, reader: Reader, language: str, group: Group, *, today: date, now: datetime) -> ByDue:
    """What the group has to do in the next fortnight or should have done, and what it did in the last."""
    due = col(Task.done_at).is_(None) & (col(Task.due_on) <= today + LATELY)
    steps = _steps(session, reader, col(Proposal.group_id) == group.id, due | (col(Task.done_at) > now - LATELY))
    return by_due(_titled(session, reader, language, steps), today)


def by_due(steps: Iterable[Step], today: date) -> ByDue:
    found: dict[str, list[Step]] = {name: [] for name in ByDue.__dataclass_fields__}
    for step in steps:
        found[_due(step, today)].append(step)
    found["done"].sort(key=lambda step: (step.done_at, step.id), reverse=True)
    return ByDue(**{name: tuple(inside) for name, inside in found.items()})


def counts(session: Session, reader: Reader, group: Group, *, today: date, now: datetime) -> Counts:
    """How many are open, overdue, and done in the last fortnight, in one query."""
    is_open = col(Task.done_at).is_(None)
    wanted = (is_open, is_open & (col(Task.due_on) < today), col(Task.done_at) > now - LATELY)
    query = (
        select(*(func.count().filter(condition) for condition in wanted))
        .select_from(Task)
        .join(Proposal, col(Proposal.id) == col(Task.proposal_id))
        .where(col(Proposal.group_id) == group.id, visible_tasks(reader))
    )
    return Counts(*session.execute(query).one())


def open_on(person: ColumnElement[int], reader: Reader) -> Select[Any]:
    """The question how many open tasks are on this person, who reads with these roles."""
    mine = col(Task.assignee_id) == person, col(Task.done_at).is_(None), visible_tasks(reader)
    return select(func.count()).select_from(Task).join(Proposal, col(Proposal.id) == col(Task.proposal_id)).where(*mine)


def assignable(session: Session, group_id: int) -> Sequence[Any]:
    """Who is in the group, in the order they joined: id, name, role, joined_at."""
    query = columns(Person.id, Person.name, Membership.role, Membership.joined_at)
    mine = query.join(Membership, col(Membership.person_id) == col(Person.id)).where(col(Membership.group_id) == group_id)
    return session.execute(mine.order_by(col(Membership.joined_at), col(Membership.id))).all()


def _due(step: Step, today: date) -> str:
    if step.done_at is not None:
        return "done"
    if step.due_on is None:
        return "undated"
    if step.due_on < today:
        return "overdue"
    return "soon" if step.due_on <= today + SOON else "later"


def _steps(session: Session, reader: Reader, *which: ColumnElement[bool], last_done: bool = False) -> list[Step]:
    """The tasks the reader may see, in one query: the first due first, those without a day last; or the last done first."""
    assignee, finisher = aliased(Person), aliased(Person)
    of_group = (col(Membership.person_id) == col(Task.assignee_id)) & (col(Membership.group_id) == col(Proposal.group_id))
    from_comment = (col(Comment.id) == col(Task.comment_id)) & col(Comment.removed_at).is_(None) & visible_comments(reader)
    query = (
        columns(
            Task.id, Task.text, Task.due_on, Task.presidency, col(Comment.id).label("comment_id"), Task.author_id, Task.assignee_id,
            func.coalesce(assignee.name, "").label("assignee"), Membership.role, Task.added_at, Task.done_at,
            func.coalesce(finisher.name, "").label("finisher"), col(Proposal.id).label("proposal_id"), Proposal.slug, Proposal.group_id,
            Task.entry_id,
        )
        .join(Proposal, col(Proposal.id) == col(Task.proposal_id))
        .outerjoin(assignee, col(assignee.id) == col(Task.assignee_id))
        .outerjoin(finisher, col(finisher.id) == col(Task.finisher_id))
        .outerjoin(Membership, of_group)
        .outerjoin(Comment, from_comment)
        .where(visible_tasks(reader), *which)
    )  # fmt: skip
    if last_done:
        query = query.order_by(col(Task.done_at).desc(), col(Task.id).desc()).limit(MOST_DONE)
    else:
        query = query.order_by(col(Task.due_on).is_(None), col(Task.due_on), col(Task.id))
    return [Step(*row) for row in session.execute(query)]


def _titled(session: Session, reader: Reader, language: str, steps: list[Step]) -> list[Step]:
    """The same under their proposals' titles, in one more query."""
    named = titles.of(session, reader, language, (step.proposal_id for step in steps))
    return [replace(step, title=named[step.proposal_id]) for step in steps]
