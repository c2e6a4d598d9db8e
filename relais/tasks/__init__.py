"""Tasks: next steps on a proposal, added, taken on, done, changed and removed by its group. Nobody else hears of them."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints
from sqlalchemy import update
from sqlmodel import Session, col, select

from models import Comment, Entry, Membership, Person, Presidency, Proposal, Task
from models.event import EventKind
from relais import ledger
from relais.access import Reader, visible_comments, visible_tasks
from relais.db import take
from relais.errors import Invalid, Missing
from relais.form import Day, Form

Key = Annotated[int, Field(gt=0, lt=2**31)]


class TaskForm(Form):
    """`leg` is the slug of a presidency, `assignee` a member of the group, `comment` the comment it is made from."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    assignee: Key | None = None
    due_on: Day | None = None
    leg: Annotated[str, StringConstraints(max_length=12)] = ""
    comment: Key | None = None


class TaskOf(TaskForm):
    """With the slug of the proposal it is for, where a group is asked about."""

    proposal: Annotated[str, StringConstraints(min_length=1, max_length=80)]


def find(session: Session, task_id: int, reader: Reader) -> tuple[Task, Proposal]:
    """The task and its proposal, or Missing when not there for this reader, or removed."""
    of_proposal = select(Task, Proposal).join(Proposal, col(Proposal.id) == col(Task.proposal_id))
    found = session.exec(of_proposal.where(col(Task.id) == task_id, visible_tasks(reader))).first()
    if found is None:
        raise Missing
    return found


def comment_for(session: Session, proposal: Proposal, comment_id: int, reader: Reader) -> Comment:
    """The comment a task may be made from: on this proposal, not removed, and seen by the reader. Missing for any other."""
    on_it = select(Comment).join(Proposal, col(Proposal.id) == col(Comment.proposal_id))
    wanted = (col(Comment.id) == comment_id, col(Comment.proposal_id) == proposal.id, col(Comment.removed_at).is_(None))
    comment = session.exec(on_it.where(*wanted, visible_comments(reader))).first()
    if comment is None:
        raise Missing
    return comment


def add(
    session: Session,
    proposal: Proposal,
    form: TaskForm,
    *,
    by: Person,
    now: datetime,
    comment: Comment | None = None,
    entry: Entry | None = None,
) -> Task:
    """Add a task; it follows from a comment or an entry where one is given. Raises Invalid for somebody who is not in the group, or a
    presidency the calendar does not know."""
    task = Task(
        proposal_id=proposal.id,
        comment_id=comment.id if comment else None,
        entry_id=entry.id if entry else None,
        author_id=by.id,
        added_at=now,
        **_columns(session, proposal, form, before=None),
    )
    session.add(task)
    _record(session, EventKind.TASK_ADDED, task, proposal, by, now)
    return task


def change(session: Session, task: Task, proposal: Proposal, form: TaskForm, *, version: int, by: Person, now: datetime) -> Task:
    """Change the words, the person, the day or the leg. Raises Stale when somebody did in between; a tick in between is none."""
    take(session, task, version)
    before = task.assignee_id
    task.sqlmodel_update(_columns(session, proposal, form, before=task))
    taken_from = {"before": before} if before not in (None, task.assignee_id) else {}
    _record(session, EventKind.TASK_CHANGED, task, proposal, by, now, **taken_from)
    return task


def take_on(session: Session, task: Task, proposal: Proposal, *, by: Person, now: datetime) -> bool:
    """Make it one's own while it is nobody's and open; False when it is no longer, and nothing changes."""
    free = (col(Task.assignee_id).is_(None), col(Task.done_at).is_(None))
    taken = _claim(session, task, *free, assignee_id=by.id, version=col(Task.version) + 1)
    if taken:
        _record(session, EventKind.TASK_CHANGED, task, proposal, by, now)
    return taken


def finish(session: Session, task: Task, proposal: Proposal, *, by: Person, now: datetime) -> bool:
    """Tick it; False when somebody had, who stays its finisher. Of many who tick at once one does it."""
    done = _claim(session, task, col(Task.done_at).is_(None), done_at=now, finisher_id=by.id)
    if done:
        _record(session, EventKind.TASK_DONE, task, proposal, by, now)
    return done


def reopen(session: Session, task: Task, proposal: Proposal, *, by: Person, now: datetime) -> bool:
    """Untick it; False when it was open."""
    reopened = _claim(session, task, col(Task.done_at).is_not(None), done_at=None, finisher_id=None)
    if reopened:
        _record(session, EventKind.TASK_REOPENED, task, proposal, by, now)
    return reopened


def remove(session: Session, task: Task, proposal: Proposal, *, version: int, by: Person, now: datetime) -> None:
    """Take it off every list. The row stays. Raises Stale when it was changed in between."""
    take(session, task, version)
    task.removed_at = now
    _record(session, EventKind.TASK_REMOVED, task, proposal, by, now)


def _claim(session: Session, task: Task, *when: Any, **values: Any) -> bool:
    """One conditional UPDATE, so that of many who press at once exactly one acts; the row is read again either way."""
    session.flush()
    wanted = update(Task).where(col(Task.id) == task.id, col(Task.removed_at).is_(None), *when)
    claimed = session.connection().execute(wanted.values(**values)).rowcount == 1
    session.refresh(task)
    return claimed


def _record(session: Session, kind: EventKind, task: Task, proposal: Proposal, by: Person, now: datetime, **told: Any) -> None:
    details = {"assignee": task.assignee_id} if kind in (EventKind.TASK_ADDED, EventKind.TASK_CHANGED) else {}
    ledger.record(session, kind, task, at=now, by=by, proposal=proposal, public=False, **details, **told)


def _columns(session: Session, proposal: Proposal, form: TaskForm, *, before: Task | None) -> dict[str, Any]:
    """The checked values. Somebody who left the group since may keep what they had."""
    if form.assignee is not None and not (before and before.assignee_id == form.assignee):
        among = select(Membership.id).where(col(Membership.group_id) == proposal.group_id, col(Membership.person_id) == form.assignee)
        if session.exec(among).first() is None:
            raise Invalid("Choose somebody of the group", field="assignee")
    if form.leg and session.get(Presidency, form.leg) is None:
        raise Invalid("Choose one from the list", field="leg")
    return {"text": form.text, "assignee_id": form.assignee, "due_on": form.due_on, "presidency": form.leg or None}
