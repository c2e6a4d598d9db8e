"""What a proposal's page shows of its tasks: nothing to those outside its group, nor of another day than today.

Rendered once for a person as long as nothing at all has happened (docs/decisions/0013): what is on somebody, and what they may do with
it, is not the same for two.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from models import Proposal
from relais.settings import settings
from relais.tasks import lists
from web import task_choices
from web.desk import Desk
from web.pieces import Piece
from web.render import html
from web.shelf import Shelf


@dataclass(frozen=True)
class NextSteps:
    """How many are open, and the section. `after` is the event it was made after."""

    after: int
    open: int
    html: Piece

    @property
    def size(self) -> int:
        return len(self.html)


kept: Shelf[NextSteps] = Shelf(most=1024, most_bytes=8_000_000, largest=200_000)


def of(desk: Desk, proposal: Proposal) -> NextSteps | None:
    """The section as this reader may see it."""
    if not desk.reader.in_group(proposal.group_id) or desk.as_of:
        return None
    name = _name(desk, proposal)
    found = kept.get(name)
    if found is None or found.after != desk.newest:
        found = _made(desk, proposal, desk.newest)
        kept.put(name, found)
    return found


def _name(desk: Desk, proposal: Proposal) -> Hashable:
    reader = desk.reader
    return (
        settings().database_url, proposal.id, desk.language, desk.today,
        reader.person.id if reader.person else None, frozenset(reader.roles.items()),
    )  # fmt: skip


def _made(desk: Desk, proposal: Proposal, after: int) -> NextSteps:
    steps = lists.by_due(lists.of_proposal(desk.session, desk.reader, proposal), desk.today)
    offered = {}
    if desk.reader.may_comment(proposal):
        offered = {"members": task_choices.people(desk, proposal.group_id), "legs": task_choices.legs(desk)}
    section = html(desk, "tasks/_section.html", steps=steps, proposal=proposal, **offered)
    return NextSteps(after, steps.open, Piece(section))
