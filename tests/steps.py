"""Tasks and suggestions to put in the record, through the verbs, each in one line."""

from datetime import datetime
from typing import Any

from models import Person, Proposal, Suggestion, Task
from relais import suggestions, tasks
from relais.db import writing
from relais.suggestions import SuggestionForm
from relais.tasks import TaskForm
from tests.days import NOW


def a_task(proposal: Proposal, by: Person, text: str = "Write to them", **facts: Any) -> Task:
    with writing() as session:
        return tasks.add(session, proposal, TaskForm(text=text, **facts), by=by, now=NOW)


def a_suggestion(proposal: Proposal, by: Person, title: str = "En mieux", **words: Any) -> Suggestion:
    """Of its first text."""
    with writing() as session:
        form = SuggestionForm(title=title, **words)
        return suggestions.make(session, proposal, proposal.original_language, form, base=1, by=by, now=NOW)


def done(task: Task, proposal: Proposal, by: Person, now: datetime = NOW) -> bool:
    with writing() as session:
        return tasks.finish(session, session.get_one(Task, task.id), proposal, by=by, now=now)
