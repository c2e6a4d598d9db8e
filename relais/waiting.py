"""What waits for somebody: open tasks on them, and notices they have not read. Every page of theirs says how many, and nearly every one
asks for the newest event, so both are one question."""

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam
from sqlmodel import Session

from models.group import Role
from relais import ledger, notices
from relais.access import Reader
from relais.db import columns
from relais.ledger import Latest
from relais.tasks import lists


class Waiting(NamedTuple):
    """How many of each, as of the newest event told beside them."""

    latest: Latest
    tasks: int = 0
    notices: int = 0


def of(session: Session, reader: Reader) -> Waiting:
    """How much waits for whoever reads, of what they may still know of: nothing for a visitor."""
    if reader.person is None:
        return Waiting(ledger.latest(session))
    query = _counted(tuple(sorted(reader.roles.items())))
    tasks, unread, *latest = session.connection().execute(query, {"person_id": reader.person.id}).one()
    return Waiting(Latest.of(latest), tasks, unread)


@lru_cache(maxsize=512)
def _counted(roles: tuple[tuple[int, Role], ...]) -> Select[Any]:
    """The question for somebody with these roles: put into words once, since that takes longer than asking it."""
    somebody, person = Reader(roles=dict(roles)), bindparam("person_id", type_=Integer)
    counts = lists.open_on(person, somebody).scalar_subquery(), notices.unread(person, somebody).scalar_subquery()
    return columns(*counts, *ledger.LATEST)
