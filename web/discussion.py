"""Comments under a proposal, each rendered once for the values it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from models import Person, Proposal
from models.proposal import Stage
from relais.access import Reader
from relais.comments.discussion import Talk
from web.desk import Desk
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


kept: Shelf[Commented] = Shelf(most=8192, most_bytes=16_000_000, largest=400_000)


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
