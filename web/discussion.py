"""Comments under a proposal: read once for a person as long as nothing at all has happened, each rendered once for the values it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from models import Person, Proposal
from models.proposal import Stage
from relais.access import Reader
from relais.comments.discussion import Talk, thread
from relais.settings import settings
from web.desk import Desk
from web.pieces import Piece
from web.render import part
from web.shelf import Shelf


class Subject(NamedTuple):
    """All of a proposal that a comment depends on."""

    slug: str
    stage: Stage
    group_id: int


SOMEBODY = Person.model_construct()  # who reads is signed in; more than that a comment is not told


@dataclass(frozen=True)
class Commented:
    html: Markup

    @property
    def size(self) -> int:
        return 2 * len(self.html)  # its words are kept twice: here and in its name


@dataclass(frozen=True)
class Discussion:
    """A whole discussion as one person may hear it: its threads, how many comments, and these rendered; made after the event `after`."""

    after: int
    talks: list[Talk]
    number: int
    html: Piece

    @property
    def size(self) -> int:
        return 2 * len(self.html)  # its words are kept twice: in the talks and in the HTML


heard: Shelf[Discussion] = Shelf(most=1024, most_bytes=32_000_000, largest=2_000_000)
kept: Shelf[Commented] = Shelf(most=8192, most_bytes=16_000_000, largest=400_000)


def of(desk: Desk, proposal: Proposal) -> Discussion:
    """What this reader may hear, and nobody changes. A visitor's page is kept whole, so this part of it is not."""
    reader = desk.reader
    if reader.person is None:
        return _made(desk, proposal, 0)
    unfolded = desk.request.query_params.get("thread")
    name = settings().database_url, proposal.id, reader.person.id, frozenset(reader.roles.items()), desk.language, unfolded
    found = heard.get(name)
    if found is None or found.after != desk.newest:
        found = _made(desk, proposal, desk.newest)
        heard.put(name, found)
    return found


def _made(desk: Desk, proposal: Proposal, after: int) -> Discussion:
    talks, render = thread(desk.session, proposal, desk.reader), commented(desk, proposal)
    number = sum(1 + len(talk.replies) for talk in talks)
    return Discussion(after, talks, number, Piece(Markup().join(map(render, talks)).encode()))


def commented(desk: Desk, proposal: Proposal) -> Callable[[Talk], Markup]:
    """Renders a comment with its answers. It is kept under everything it is made from, so there is nothing it could be stale against."""
    visitor, role = desk.reader.visitor, desk.reader.roles.get(proposal.group_id)
    reader = Reader(None if visitor else SOMEBODY, {proposal.group_id: role} if role else {})
    subject = Subject(proposal.slug, proposal.stage, proposal.group_id)
    unfolded = desk.request.query_params.get("thread")

    def render(talk: Talk) -> Markup:
        opened = unfolded == str(talk.id)
        name = (desk.language, visitor, role, subject, opened, talk, *talk.replies)
        found = kept.get(name)
        if found is None:
            shown = {"talk": talk, "proposal": subject, "reader": reader, "opened": opened, "fresh": False}
            found = Commented(part(desk.language, "comments/_comment.html", **shown))
            kept.put(name, found)
        return found.html

    return render
