"""The words of a proposal as its members read them: what comments are about is marked, and leads to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from relais import i18n
from relais.comments import marks
from relais.comments.discussion import Talk
from relais.comments.marks import Mark
from relais.texts.sections import shown
from web import article
from web.article import Article
from web.desk import Desk
from web.pieces import Piece
from web.proposal_words import ProposalWords
from web.render import part
from web.shelf import Shelf


@dataclass(frozen=True)
class Marked:
    """The title and the sections of an article, to members with what is said about their words, to editors in the parts they can edit."""

    title: Markup
    sections: Piece

    @property
    def size(self) -> int:
        return len(self.title) + len(self.sections)


kept: Shelf[Marked] = Shelf(most=1024, most_bytes=16_000_000, largest=400_000)


def marked(desk: Desk, proposal: Any, found: Article, talks: list[Talk]) -> Marked:
    """Kept for all who see that article with the same words marked. What editors are given with it, they are given by its name."""
    marks_of = marks.of(talks, found.language) if desk.reader.in_group(proposal.group_id) else {}
    key = article.name(desk, proposal), found.after, tuple((field, tuple(some)) for field, some in sorted(marks_of.items()))
    done = kept.get(key)
    if done is None:
        done = _made(desk, proposal, found, marks_of)
        kept.put(key, done)
    return done


def _made(desk: Desk, proposal: Any, found: Article, marks_of: Mapping[str, Sequence[Mark]]) -> Marked:
    title, sections = str(escape(found.title)), str(found.sections)
    for name, html in (("summary", str(escape(found.summary))), ("body", found.body)):
        drawn = _drawn(desk, html, marks_of[name]) if name in marks_of else html
        if name == "body" and desk.reader.may_edit(proposal):
            drawn = _parted(desk, proposal, found.language, drawn)
        if drawn != html:
            begins = f'data-part="{name}">'
            sections = sections.replace(begins + html, begins + drawn, 1)
    return Marked(Markup(_drawn(desk, title, marks_of.get("title", ()))), Piece(sections.encode()))  # noqa: S704  escaped above


def _parted(desk: Desk, proposal: Any, tongue: str, html: str) -> str:
    """The body with the way to edit each of its parts."""
    edit = f"/proposals/{proposal.slug}/texts/{tongue}"
    return str(part(desk.language, "texts/_parts.html", parts=shown(html), edit=edit, told=ProposalWords(desk.language)))


def _drawn(desk: Desk, html: str, found: Iterable[Mark]) -> str:
    return marks.drawn(html, found, lambda mark: _link(desk.language, mark))


def _link(language: str, mark: Mark) -> str:
    """The number is not text, so that it is not selected with the words."""
    said = i18n.counted(language, "%(n)s comment on these words", "%(n)s comments on these words", mark.number)
    return f'<a class="on-n" href="#c{mark.comment_id}" lang="{language}" data-n="{mark.number}" aria-label="{escape(said)}"></a>'
