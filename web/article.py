"""A proposal's page apart from its discussion: made once for all who may see and do as much, as long as nothing has happened.

What it was made from is the record as it stood after some event of the ledger. Which event was the last is read on every request, in
the transaction that reads everything else, so that it cannot be stale (docs/decisions/0013).
"""

from collections.abc import Hashable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from models import Proposal
from relais.comments import mentions
from relais.legs import lists
from relais.legs.cards import Told
from relais.proposals import dossier
from relais.settings import settings
from web.desk import Desk
from web.leg_words import LegWords
from web.pieces import Piece
from web.proposal_words import ProposalWords
from web.render import part
from web.shelf import Shelf

PIECES = ("proposals/_standing.html", "proposals/_sections.html", "proposals/_about.html", "proposals/_data.html")


@dataclass(frozen=True)
class Article:
    """The words it holds, how much is in each section, and pieces of HTML: three of the record, of which the sections are shown as
    web.marked has them, what search engines are told, and the form of a new comment for those who may write one. `after` is the event it
    was made after."""

    after: int
    title: str
    summary: str
    body: str
    language: str
    backers: int
    items: int
    sources: int
    standing: Piece
    sections: Markup
    about: Piece
    data: Piece
    form: Piece
    asks: int

    @property
    def size(self) -> int:
        return len(self.body) + len(self.standing) + len(self.sections) + len(self.about) + len(self.data) + len(self.form)


kept: Shelf[Article] = Shelf(most=1024, most_bytes=16_000_000, largest=400_000)


def of(desk: Desk, proposal: Proposal) -> Article:
    """The article as this reader may see it. Comments stand beside it, so they do not make it anew."""
    key, after = name(desk, proposal), desk.latest.but_comments
    found = kept.get(key)
    if found is None or found.after != after:
        found = _made(desk, proposal, after)
        kept.put(key, found)
    return found


def name(desk: Desk, proposal: Proposal) -> Hashable:
    """Whatever of a request an article depends on: what a reader may see is decided by their groups, and what they may do by this role."""
    reader = desk.reader
    return (
        settings().database_url, proposal.id, desk.language, desk.day, desk.as_of is None,
        frozenset(reader.roles), reader.may_edit(proposal), reader.may_comment(proposal),
    )  # fmt: skip


def _made(desk: Desk, proposal: Proposal, after: int) -> Article:
    found = dossier.of(
        desk.session, desk.calendar, proposal, desk.reader, desk.language, day=desk.day, as_of=desk.as_of is not None
    )  # fmt: skip
    words = found.words
    # Neither the desk nor the reader: what a template is not given it cannot show to somebody else.
    shown: dict[str, Any] = {
        "dossier": found, "proposal": proposal, "words": words, "foreign": words.language != desk.language,
        "as_of": desk.as_of, "day": desk.day,
        "may_edit": desk.reader.may_edit(proposal), "may_suggest": desk.reader.may_comment(proposal) and not desk.reader.may_edit(proposal),
        "inside": desk.reader.in_group(proposal.group_id), "told": ProposalWords(desk.language),
        "asks": _asks(desk, proposal), "legs": LegWords(desk.language), "today": desk.today,
    }  # fmt: skip
    standing, sections, about, data = (part(desk.language, template, **shown) for template in PIECES)
    return Article(
        after, words.title, words.summary, words.body_html, words.language,
        found.tallies[0].number, len(found.timeline.items), len(found.sources),
        _piece(standing), sections, _piece(about), _piece(data), _piece(_form(desk, proposal, words.language)), len(shown["asks"]),
    )  # fmt: skip


def _piece(html: Markup) -> Piece:
    return Piece(html.encode())


def _asks(desk: Desk, proposal: Proposal) -> list[Told]:
    """What is asked of the presidencies: of today, so not on the page of another day."""
    return [] if desk.as_of else lists.of_proposal(desk.session, desk.reader, desk.calendar, desk.language, proposal)


def _form(desk: Desk, proposal: Proposal, tongue: str) -> Markup:
    """An empty form of a comment; nothing to those who may write none, and once the discussion is closed."""
    if proposal.stage.ended or not desk.reader.may_comment(proposal):
        return Markup()
    form = SimpleNamespace(values={"tongue": tongue}, errors={})
    people = mentions.members(desk.session, proposal.group_id)
    return part(desk.language, "comments/_new.html", proposal=proposal, form=form, html=None, closed=False, people=people)
