"""Who reads, what they may see and what they may do: one question, asked in one place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, false, literal, or_
from sqlmodel import Session, col, select

from models import Comment, Entry, EntryProposal, Event, Group, Leg, Membership, Person, Position, Proposal, Task
from models.event import FOR_COORDINATORS, PERSONAL
from models.group import Role
from relais.db import not_taken_back
from relais.errors import Forbidden, Missing, SignedOut
from relais.i18n import N_


@dataclass(frozen=True)
class Reader:
    """Somebody looking at the record: a visitor, or a person with a role in some groups."""

    person: Person | None = None
    roles: dict[int, Role] = field(default_factory=dict)

    @property
    def visitor(self) -> bool:
        return self.person is None

    @property
    def sight(self) -> frozenset[int]:
        """The groups whose own record they may read: those of one sight see the same."""
        return frozenset(self.roles)

    def in_group(self, group_id: int | None) -> bool:
        return group_id in self.roles

    def may_comment(self, proposal: Any) -> bool:
        role = self.roles.get(proposal.group_id)
        return role is not None and role.may_comment

    def may_edit(self, proposal: Any) -> bool:
        role = self.roles.get(proposal.group_id)
        return role is not None and role.may_edit

    def may_change_task(self, task: Any, proposal: Any) -> bool:
        """Editors any, whoever may comment their own."""
        return self.may_edit(proposal) or (self.may_comment(proposal) and self.person is not None and task.author_id == self.person.id)

    def edits_somewhere(self) -> bool:
        return any(role.may_edit for role in self.roles.values())

    def contributes_somewhere(self) -> bool:
        return any(role.may_comment for role in self.roles.values())

    def coordinates_somewhere(self) -> bool:
        return Role.COORDINATOR in self.roles.values()

    def contributes(self, group_id: int | None) -> bool:
        """Whether they may comment on what the group follows, and so add to its tasks."""
        role = self.roles.get(group_id) if group_id is not None else None
        return role is not None and role.may_comment

    def coordinates(self, group_id: int | None) -> bool:
        return group_id is not None and self.roles.get(group_id) is Role.COORDINATOR


VISITOR = Reader()


def anybody(sight: frozenset[int]) -> Reader:
    """Somebody who sees what all of that sight see, and may do nothing: for questions that are put together once for all of them."""
    return Reader(roles=dict.fromkeys(sorted(sight), Role.OBSERVER))


def as_editor(reader: Reader) -> Reader:
    """Whoever may read in some groups, as if an editor there: to tell all of a group what waits for those who edit."""
    return Reader(reader.person, dict.fromkeys(reader.roles, Role.EDITOR))


def reader_for(session: Session, person: Person | None) -> Reader:
    if person is None:
        return VISITOR
    found = session.exec(select(Membership.group_id, Membership.role).where(col(Membership.person_id) == person.id)).all()
    return Reader(person, {group_id: Role(role) for group_id, role in found})


def _own_groups(reader: Reader, column: Any) -> ColumnElement[bool]:
    return _one_of(reader.roles, column)


def _one_of(groups: Iterable[int], column: Any) -> ColumnElement[bool]:
    """Each bound by itself: a list is put into the statement anew at every question, which takes as long as asking some. So there is one
    statement for all who are in as many groups, and not one for each who are in the same."""
    bound = [literal(group) for group in sorted(groups)]
    return column.in_(bound) if bound else false()


def visible_proposals(reader: Reader) -> ColumnElement[bool]:
    """A condition on Proposal: public, or of one of the reader's groups."""
    return or_(col(Proposal.public), _own_groups(reader, col(Proposal.group_id)))


def visible_positions(reader: Reader) -> ColumnElement[bool]:
    """A condition on Position joined with Proposal. What was taken back is shown to nobody."""
    return and_(or_(col(Position.public), _own_groups(reader, col(Proposal.group_id))), not_taken_back(Position))


def visible_entries(reader: Reader) -> ColumnElement[bool]:
    """A condition on Entry: of one of the reader's groups, or public and not only about proposals the reader may not see."""
    about = select(EntryProposal.entry_id).where(col(EntryProposal.entry_id) == col(Entry.id)).correlate(Entry)
    seen = about.join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id)).where(visible_proposals(reader))
    open_to_all = and_(col(Entry.public), or_(seen.exists(), ~about.exists()))  # nearly all are seen so: engines look no further
    return and_(or_(open_to_all, _own_groups(reader, col(Entry.group_id))), not_taken_back(Entry))


def visible_entries_beside(reader: Reader) -> ColumnElement[bool]:
    """The same on Entry joined with a Proposal known to be one the reader may see, without asking for every other one."""
    return and_(or_(col(Entry.public), _own_groups(reader, col(Entry.group_id))), not_taken_back(Entry))


def visible_legs(reader: Reader, leg: Any = Leg) -> ColumnElement[bool]:
    """A condition on Leg joined with Proposal: what is asked of a presidency is for the proposal's group, unless it is public."""
    return or_(col(leg.public) & col(Proposal.public), _own_groups(reader, col(Proposal.group_id)))


def visible_comments(reader: Reader, *, traces: bool = False) -> ColumnElement[bool]:
    """A condition on Comment joined with Proposal: group-only comments are for the proposal's group, hidden ones for its coordinators.

    With `traces` also the hidden ones of which others may know only that they are there: whoever asks leaves out what they say.
    """
    heard = or_(col(Comment.public), _own_groups(reader, col(Proposal.group_id)))
    if traces:
        return heard
    shown = col(Comment.hidden_at).is_(None)
    coordinated = [group_id for group_id in reader.roles if reader.coordinates(group_id)]
    return and_(heard, or_(shown, _one_of(coordinated, col(Proposal.group_id))) if coordinated else shown)


def visible_tasks(reader: Reader) -> ColumnElement[bool]:
    """A condition on Task joined with Proposal: tasks are for the proposal's group, of a public proposal too. Removed ones are gone."""
    return and_(_own_groups(reader, col(Proposal.group_id)), col(Task.removed_at).is_(None))


def visible_inside(reader: Reader) -> ColumnElement[bool]:
    """A condition on Proposal, joined with what is for its group alone: suggestions, and requests to confirm a position."""
    return _own_groups(reader, col(Proposal.group_id))


def edited_proposals(reader: Reader) -> ColumnElement[bool]:
    """A condition on Proposal: of a group the reader edits in."""
    edited = [group_id for group_id, role in reader.roles.items() if role.may_edit]
    return _one_of(edited, col(Proposal.group_id))


def coordinated_proposals(reader: Reader) -> ColumnElement[bool]:
    """A condition on Proposal: of a group the reader coordinates."""
    led = [group_id for group_id in reader.roles if reader.coordinates(group_id)]
    return _one_of(led, col(Proposal.group_id))


def visible_events(reader: Reader) -> ColumnElement[bool]:
    """A condition on Event joined, where it has one, with its Proposal: public, or of one of the reader's groups; never personal.

    What is for coordinators is for those of the group, and nothing about a proposal is for who may not see it.
    """
    led = [group_id for group_id in reader.roles if reader.coordinates(group_id)]
    heard = or_(col(Event.public), _own_groups(reader, col(Event.group_id)))
    about = or_(col(Event.proposal_id).is_(None), visible_proposals(reader))
    for_all = col(Event.kind).not_in(FOR_COORDINATORS)
    told = or_(for_all, _one_of(led, col(Event.group_id))) if led else for_all
    return and_(heard, about, told, col(Event.kind).not_in(PERSONAL))


def member(reader: Reader, back: str = "/") -> Person:
    """The signed-in person, or SignedOut."""
    if reader.person is None:
        raise SignedOut(back)
    return reader.person


def editor(reader: Reader, proposal: Proposal) -> Person:
    """A person who may edit the proposal. A visitor must sign in; another group's member finds nothing; a lesser role is told."""
    return _with(reader, proposal.group_id, reader.may_edit(proposal), N_("Only editors of this group can change it"))


def commenter(reader: Reader, proposal: Proposal) -> Person:
    return _with(reader, proposal.group_id, reader.may_comment(proposal), N_("Observers read; they do not comment"))


def changer(reader: Reader, task: Task, proposal: Proposal) -> Person:
    """A person who may change or remove the task."""
    allowed = reader.may_change_task(task, proposal)
    return _with(reader, proposal.group_id, allowed, N_("Only editors, and whoever added this step, can change it"))


def insider(reader: Reader, group: Group) -> Person:
    """A member of the group, whatever the role."""
    person = member(reader)
    if not reader.in_group(group.id):
        raise Missing
    return person


def within(reader: Reader, proposal: Proposal) -> Person:
    """A member of the proposal's group, whatever the role."""
    return _with(reader, proposal.group_id, True, "")


def contributor(reader: Reader, group: Group) -> Person:
    return _with(reader, group.id, reader.contributes(group.id), N_("Observers read; they add no steps"))


def coordinator(reader: Reader, group: Group) -> Person:
    return _with(reader, group.id, reader.coordinates(group.id), N_("Only coordinators of this group can do this"))


def moderator(reader: Reader, proposal: Proposal) -> Person:
    """A coordinator of the proposal's group."""
    return _with(reader, proposal.group_id, reader.coordinates(proposal.group_id), N_("Only coordinators of this group can do this"))


def any_editor(reader: Reader) -> Person:
    """A person who edits in some group: sources and actors belong to all of them."""
    return _allowed(reader, reader.edits_somewhere(), N_("Only editors can change this"))


def any_contributor(reader: Reader) -> Person:
    """A person who may comment in some group: what they keep of the public record belongs to none."""
    return _allowed(reader, reader.contributes_somewhere(), N_("Observers read; they keep no reports"))


def any_coordinator(reader: Reader) -> Person:
    """A person who coordinates some group: what belongs to no group, such as the calendar, is in their care."""
    return _allowed(reader, reader.coordinates_somewhere(), N_("Only coordinators can change this"))


def _with(reader: Reader, group_id: int, allowed: bool, otherwise: str) -> Person:
    member(reader)
    if not reader.in_group(group_id):
        raise Missing
    return _allowed(reader, allowed, otherwise)


def _allowed(reader: Reader, allowed: bool, otherwise: str) -> Person:
    person = member(reader)
    if not allowed:
        raise Forbidden(otherwise)
    return person
