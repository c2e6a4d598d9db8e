"""Messages to pages that are open, in the form of server-sent events: rendered once for all who read the same words.

A message about an act bears the id of its event, so that a page which lost its stream can ask for what came after it.
"""

from collections.abc import Sequence
from typing import Any

from models import Proposal
from models.event import EventKind
from models.group import Role
from models.proposal import Stage
from relais import db, presences
from relais.news import LEGS, TASKS, News
from relais.presences import Writer
from relais.words import WORDS
from web.desk import Desk
from web.render import part


def news(one: News, language: str, page: str, *, member: bool) -> bytes:
    """What a page of that kind is told of an act. A comment and a task by number only: the page asks for them."""
    if one.kind is EventKind.COMMENT_POSTED:
        return _event(one.subject_id, id=one.id, event="comment")
    if one.kind in TASKS:
        return _event(one.subject_id, id=one.id, event="task")
    if one.kind in LEGS:
        return _event(part(language, "live/_leg.html", one=one, who=_who(one, member=member), page=page), id=one.id)
    if one.kind is EventKind.TEXT_SAVED:
        return _event(part(language, "live/_text.html", one=one, who=_who(one, member=member), page=page), id=one.id)
    return _event(part(language, "live/_stage.html", one=one, stage=Stage(one.details["to"]), page=page), id=one.id)


def writers(others: Sequence[Writer], language: str) -> bytes:
    """Who else is at work: no act, so without an id."""
    return _event(part(language, "live/_writers.html", writers=told_writers(others)))


def so_far(desk: Desk, proposal: Proposal) -> dict[str, Any]:
    """What a page must know to be told the rest: the last event it was made after, and who else was at work then, for the group only."""
    session, reader = desk.session, desk.reader
    if not reader.in_group(proposal.group_id):
        return {"known": db.state_of(session), "writers": []}
    others = [one for one in presences.at_work(session, [proposal.id], desk.now) if reader.person and one.person_id != reader.person.id]
    return {"known": desk.newest, "writers": told_writers(others)}


def told_writers(others: Sequence[Writer]) -> list[tuple[str, str]]:
    """Names, or what stands for them, and languages."""
    return [(one.name or WORDS[one.role or Role.EDITOR], one.language) for one in others]


def _who(one: News, *, member: bool) -> str:
    """A name to members; a role, as a message of the catalogue, to everybody else."""
    return one.name if member and one.name else WORDS[one.role or Role.EDITOR]


def _event(data: str, **fields: Any) -> bytes:
    lines = [f"{name}: {value}" for name, value in fields.items()]
    lines += [f"data: {line}" for line in data.splitlines() if line.strip()] or ["data:"]
    return ("\n".join(lines) + "\n\n").encode()
