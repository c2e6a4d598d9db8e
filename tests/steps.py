"""Tasks to put in the record, through the verbs, each in one line."""

from datetime import datetime
from typing import Any

from models import Person, Proposal, Task
from relais import tasks
from relais.db import writing
from relais.tasks import TaskForm
from tests.days import NOW


def a_task(proposal: Proposal, by: Person, text: str = "Write to them", **facts: Any) -> Task:
    with writing() as session:
        return tasks.add(session, proposal, TaskForm(text=text, **facts), by=by, now=NOW)


def done(task: Task, proposal: Proposal, by: Person, now: datetime = NOW) -> bool:
    with writing() as session:
        return tasks.finish(session, session.get_one(Task, task.id), proposal, by=by, now=now)
