"""Groups as their pages show them: what they follow, and who is in them, as far as the reader may know."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from models import Event, Group, Membership, Proposal
from models.event import EventKind
from models.group import Role
from models.proposal import Stage
from relais import groups
from relais.access import Reader, visible_proposals
from relais.db import columns
from relais.proposals import titles
from relais.proposals.titles import Title


@dataclass(frozen=True)
class Listed:
    """A group with how many proposals it follows that the reader may see, and how many members it has."""

    group: Group
    proposals: int
    members: int


@dataclass(frozen=True)
class Member:
    """Somebody in the group; `person` is their number anywhere; `joined`: ever signed in. `hint` tells coordinators who a member without a
    name is."""

    id: int
    person: int
    name: str
    hint: str
    role: Role
    me: bool
    joined: bool
    version: int


def listed(session: Session, reader: Reader) -> list[Listed]:
    """All groups, in the order they were founded."""
    followed = select(col(Proposal.group_id), func.count()).where(visible_proposals(reader)).group_by(col(Proposal.group_id))
    joined = select(col(Membership.group_id), func.count()).group_by(col(Membership.group_id))
    proposals, members = (dict(tuple(row) for row in session.execute(query)) for query in (followed, joined))
    return [Listed(group, proposals.get(group.id, 0), members.get(group.id, 0)) for group in groups.every(session)]


def proposals(session: Session, reader: Reader, language: str, group: Group) -> list[tuple[Title, Stage, bool]]:
    """What the group follows, by rank, as far as the reader may see; with its stage, and whether it is public."""
    mine = columns(Proposal.id, Proposal.stage, Proposal.public).where(col(Proposal.group_id) == group.id, visible_proposals(reader))
    found = {row.id: (row.stage, row.public) for row in session.execute(mine)}
    return [(title, *found[key]) for key, title in titles.of(session, reader, language, found).items()]


def roles(session: Session, group: Group) -> list[tuple[Role, int]]:
    """How many are in the group by role, coordinators first: what anybody may know."""
    counted = Counter(membership.role for _, membership in groups.members(session, group))
    return [(role, counted[role]) for role in reversed(Role) if counted[role]]


def members(session: Session, reader: Reader, group: Group) -> list[Member]:
    """Who is in the group, in the order they joined; nobody, to a reader who is not in it."""
    if not reader.in_group(group.id):
        return []
    rows = groups.members(session, group)
    seen = _signed_in(session, [person.id for person, _ in rows])
    return [
        Member(
            id=membership.id,
            person=person.id,
            name=person.name,
            hint=masked(person.email) if reader.coordinates(group.id) and not person.name else "",
            role=membership.role,
            me=reader.person is not None and reader.person.id == person.id,
            joined=person.id in seen,
            version=membership.version,
        )
        for person, membership in rows
    ]


def of(session: Session, reader: Reader) -> list[tuple[Group, Role]]:
    """The reader's own groups with their role in each, in the order the groups were founded."""
    return [(group, reader.roles[group.id]) for group in groups.every(session) if group.id in reader.roles]


def _signed_in(session: Session, ids: Sequence[int]) -> set[int]:
    """Of some people those who ever opened a session."""
    opened = select(col(Event.actor_id)).where(col(Event.kind) == EventKind.SIGNED_IN, col(Event.actor_id).in_(ids)).distinct()
    return {key for key in session.execute(opened).scalars() if key is not None}


def masked(address: str) -> str:
    """Enough of an address to know whose it is, for who knows it already."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"
