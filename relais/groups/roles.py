"""Who is in a group, and how: roles are given, changed and taken away. A group that has a coordinator keeps one."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models import Group, Membership, Person
from models.event import EventKind
from models.group import Role
from relais import ledger
from relais.access import Reader
from relais.db import take
from relais.errors import Forbidden, Missing, Refused
from relais.form import Form
from relais.i18n import N_

LAST_CHANGES = N_("The last coordinator of a group stays one. Give the role to somebody else first.")
LAST_LEAVES = N_("The last coordinator of a group cannot leave it. Give the role to somebody else first.")


class RoleForm(Form):
    role: Role


def give(session: Session, group: Group, person: Person, role: Role, *, by: Person | None, now: datetime) -> Membership:
    """Write the membership, or change it; the role somebody has already is no change."""
    _alone(session, group.id)
    membership = of(session, group, person)
    if membership is None:
        return join(session, group, person, role, by=by, now=now)
    if membership.role is not role:
        membership.role, membership.version = role, membership.version + 1
        _record(session, EventKind.ROLE_CHANGED, membership, by, now)
    return membership


def join(session: Session, group: Group, person: Person, role: Role, *, by: Person | None, now: datetime) -> Membership:
    membership = Membership(group_id=group.id, person_id=person.id, role=role, joined_at=now)
    session.add(membership)
    _record(session, EventKind.MEMBER_JOINED, membership, by, now)
    return membership


def of(session: Session, group: Group, person: Person) -> Membership | None:
    mine = select(Membership).where(col(Membership.group_id) == group.id, col(Membership.person_id) == person.id)
    return session.exec(mine).first()


def find(session: Session, group: Group, membership_id: int, reader: Reader) -> tuple[Membership, Person]:
    """Somebody in the group, or Missing for who is not in it: names are for those who are."""
    one = select(Membership, Person).join(Person, col(Person.id) == col(Membership.person_id))
    found = session.exec(one.where(col(Membership.id) == membership_id, col(Membership.group_id) == group.id)).first()
    if found is None or not reader.in_group(group.id):
        raise Missing
    return found


def seat(session: Session, group: Group, membership_id: int, reader: Reader) -> tuple[Membership, Person]:
    """The same for whoever may take it: coordinators of the group, and the member themselves. Other members are told, by Forbidden."""
    found, person = find(session, group, membership_id, reader)
    if not (reader.person and reader.person.id == person.id) and not reader.coordinates(group.id):
        raise Forbidden(N_("Only coordinators of this group can do this"))
    return found, person


def change(session: Session, membership: Membership, role: Role, *, version: int, by: Person, now: datetime) -> Membership:
    """Give somebody in the group another role; the same one is no change. Raises Stale when it was changed in between, Refused for the last
    coordinator."""
    if role is membership.role:
        return membership
    _keep_a_coordinator(session, membership, LAST_CHANGES)
    take(session, membership, version)
    membership.role = role
    _record(session, EventKind.ROLE_CHANGED, membership, by, now)
    return membership


def remove(session: Session, membership: Membership, *, version: int, by: Person, now: datetime) -> None:
    """Take somebody out of the group, or leave it oneself. What they wrote stays. Raises as `change` does."""
    _keep_a_coordinator(session, membership, LAST_LEAVES)
    take(session, membership, version)
    _record(session, EventKind.MEMBER_LEFT, membership, by, now)
    session.delete(membership)


def _keep_a_coordinator(session: Session, membership: Membership, otherwise: str) -> None:
    """Of two coordinators who take the role from each other at once one is refused: the second looks when the first is through."""
    _alone(session, membership.group_id)
    coordinates = col(Membership.role) == Role.COORDINATOR
    theirs = select(Membership.id, Membership.role).where(
        col(Membership.group_id) == membership.group_id, coordinates | (col(Membership.id) == membership.id)
    )
    found = {row.id: Role(row.role) for row in session.execute(theirs.order_by(col(Membership.id)))}
    if membership.id not in found:
        raise Missing  # somebody removed them meanwhile
    if [key for key, role in found.items() if role is Role.COORDINATOR] == [membership.id]:
        raise Refused(otherwise)


def _alone(session: Session, group_id: int) -> None:
    """From here to the commit nobody else changes who is in this group. One row is locked, always the same, so nobody waits in a ring."""
    session.execute(select(Group.id).where(col(Group.id) == group_id).with_for_update(key_share=True))


def _record(session: Session, kind: EventKind, membership: Membership, by: Person | None, now: datetime) -> None:
    """Public: visitors see how many are in a group by role. Who they are is in the details, which only members are told."""
    told: dict[str, Any] = {"person": membership.person_id, "role": membership.role.value}
    ledger.record(session, kind, membership, at=now, by=by, group_id=membership.group_id, **told)
