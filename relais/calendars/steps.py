"""A member's own calendar of next steps, at an address that is shown once: whoever has it reads on, until it is renewed or ended."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, func
from sqlmodel import Session, col, select

from models import Event, Person, Task, TaskCalendar
from models.event import EventKind
from relais import access, ledger
from relais.access import Reader
from relais.calendars.appointments import Appointment, Diary, diary
from relais.db import columns
from relais.errors import Missing
from relais.i18n import say
from relais.sign_in import hashed
from relais.tasks import lists
from relais.tasks.lists import Step
from relais.words import Words


def kept(session: Session, person: Person) -> TaskCalendar | None:
    return session.get(TaskCalendar, person.id)


def renew(session: Session, person: Person, *, now: datetime) -> str:
    """The secret of a new address, in place of the one before. It is not kept: who loses it renews it again."""
    secret = secrets.token_urlsafe(32)
    session.merge(TaskCalendar(person_id=person.id, token_hash=hashed(secret), made_at=now))
    ledger.record(session, EventKind.PERSON_CHANGED, person, at=now, by=person, public=False, calendar=True)
    return secret


def end(session: Session, person: Person, *, now: datetime) -> None:
    """No address leads to it any more. One that is ended already is no error."""
    if calendar := kept(session, person):
        session.delete(calendar)
        ledger.record(session, EventKind.PERSON_CHANGED, person, at=now, by=person, public=False, calendar=False)


def of(session: Session, language: str, secret: str, *, now: datetime) -> Diary:
    """What is on whose address this is, as far as they may see it now. Raises Missing for an address that leads nowhere."""
    theirs = select(Person).join(TaskCalendar, col(TaskCalendar.person_id) == col(Person.id))
    person = session.exec(theirs.where(col(TaskCalendar.token_hash) == hashed(secret))).first()
    if person is None:
        raise Missing
    reader = access.reader_for(session, person)
    return diary(say(language, "My work"), language, "/tasks", _appointments(session, reader, language, now))


def _appointments(session: Session, reader: Reader, language: str, now: datetime) -> Iterable[Appointment]:
    """Steps with a day, open or done lately."""
    steps = [step for step in lists.mine(session, reader, language, now=now) if step.due_on]
    known = _known(session, [step.id for step in steps])
    return [_appointment(step, known[step.id], Words(language)) for step in steps]


def _appointment(step: Step, row: Any, words: Words) -> Appointment:
    assert step.due_on is not None  # noqa: S101  others are left out
    title = step.title.words if step.title else step.slug
    return Appointment(
        name=f"task-{step.id}",
        first=step.due_on,
        last=step.due_on,
        words=f"{words._('Done')}{words.colon} {step.text}" if step.done_at else step.text,
        told=title,
        path=f"/tasks/{step.id}",
        categories=(words._("Next steps"),),
        made=step.added_at,
        changed=row.changed or step.added_at,
        sequence=row.changes,
        to_do=True,
        done=step.done_at,
    )


def _known(session: Session, ids: list[int]) -> dict[int, Any]:
    """By id, how often each was changed and when last, as the ledger tells."""
    about = (col(Event.subject) == Task.__tablename__) & (col(Event.subject_id) == cast(col(Task.id), String))
    changed = about & (col(Event.kind) != EventKind.TASK_ADDED)
    query = columns(Task.id, func.count(col(Event.id)).label("changes"), func.max(col(Event.recorded_at)).label("changed"))
    rows = session.execute(query.outerjoin(Event, changed).where(col(Task.id).in_(ids)).group_by(col(Task.id)))
    return {row.id: row for row in rows}
