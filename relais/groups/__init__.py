"""Working groups and who is in them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints
from sqlmodel import Session, col, select

from models import Group, Membership, Person
from models.event import EventKind
from relais import ledger
from relais.db import take
from relais.errors import Invalid, Missing
from relais.form import Form, Note, Slug

Name = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class GroupFacts(Form):
    name_fr: Name
    name_en: Name
    description_fr: Note = ""
    description_en: Note = ""


class GroupForm(GroupFacts):
    slug: Slug


def found(session: Session, form: GroupForm, *, now: datetime, by: Person | None = None) -> Group:
    """Found a group. Raises Invalid when its slug is taken."""
    if session.exec(select(Group.id).where(col(Group.slug) == form.slug)).first() is not None:
        raise Invalid("There is a group at this address already", field="slug")
    group = Group(**form.model_dump())
    session.add(group)
    session.flush()
    ledger.record(session, EventKind.GROUP_ADDED, group, at=now, by=by, group_id=group.id, slug=group.slug)
    return group


def change(session: Session, group: Group, form: GroupFacts, *, version: int, by: Person, now: datetime) -> Group:
    """Change how a group is called and described. Raises Stale when somebody did in between."""
    take(session, group, version)
    changed = [name for name, value in form.model_dump().items() if value != getattr(group, name)]
    group.sqlmodel_update(form.model_dump())
    ledger.record(session, EventKind.GROUP_CHANGED, group, at=now, by=by, group_id=group.id, slug=group.slug, changed=changed)
    return group


def find(session: Session, slug: str) -> Group:
    group = session.exec(select(Group).where(col(Group.slug) == slug)).first()
    if group is None:
        raise Missing
    return group


def every(session: Session) -> Sequence[Group]:
    """All groups, in the order they were founded."""
    return session.exec(select(Group).order_by(col(Group.id))).all()


def members(session: Session, group: Group) -> Sequence[tuple[Person, Membership]]:
    """Who is in the group and how, in the order they joined."""
    mine = select(Person, Membership).join(Membership, col(Membership.person_id) == col(Person.id))
    return session.exec(mine.where(col(Membership.group_id) == group.id).order_by(col(Membership.joined_at), col(Membership.id))).all()
