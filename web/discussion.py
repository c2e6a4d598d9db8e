"""Comments under a proposal: read once for a person as long as nothing at all has happened, each rendered once for the values it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from models import Person, Proposal
from models.proposal import Stage
from relais import ledger
from relais.access import Reader
from relais.comments.discussion import Talk, thread
from relais.settings import settings
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


@dataclass(frozen=True)
class Heard:
    """A whole discussion as one person may hear it, after the event `after`."""

    after: int
    talks: list[Talk]

    @property
    def size(self) -> int:
        return sum(1000 + len(one.html) for talk in self.talks for one in (talk, *talk.replies))


heard: Shelf[Heard] = Shelf(most=1024, most_bytes=16_000_000, largest=2_000_000)
kept: Shelf[Commented] = Shelf(most=8192, most_bytes=16_000_000, largest=400_000)


def talks(desk: Desk, proposal: Proposal) -> list[Talk]:
    """The comments this reader may see; nobody changes them. A visitor's page is kept whole, so theirs are not."""
    reader = desk.reader
    if reader.person is None:
        return thread(desk.session, proposal, reader)
    after = ledger.newest(desk.session)
    name = settings().database_url, proposal.id, reader.person.id, frozenset(reader.roles.items())
    found = heard.get(name)
    if found is None or found.after != after:
        found = Heard(after, thread(desk.session, proposal, reader))
        heard.put(name, found)
    return found.talks


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
