"""What only coordinators of a group may, by a token that says so: docs/decisions/0042."""

from sqlmodel import Session

from api.callers import Caller
from models import Group
from relais import access, groups


def coordinated(session: Session, slug: str, caller: Caller) -> Group:
    """The group, for a coordinator with a token that manages. Who is not in it finds nothing; a lesser role or token is told."""
    group = groups.find(session, slug)
    access.coordinator(caller.reader, group)
    caller.must_manage()
    return group
