"""The words of a proposal as its members read them: what comments are about is marked, and leads to them."""

from typing import Any

from markupsafe import Markup, escape

from relais import i18n
from relais.comments import marks
from relais.comments.discussion import Talk
from relais.comments.marks import Mark
from relais.texts.sections import shown
from web.article import Article
from web.desk import Desk
from web.proposal_words import ProposalWords
from web.render import part


def marked(desk: Desk, proposal: Any, article: Article, talks: list[Talk]) -> dict[str, Markup]:
    """The title and the sections of an article, to members with what is said about their words, to editors in the parts they can edit."""
    found = marks.of(talks, article.language) if desk.reader.in_group(proposal.group_id) else {}
    title, sections = str(escape(article.title)), str(article.sections)
    for name, html in (("summary", str(escape(article.summary))), ("body", article.body)):
        drawn = _drawn(desk, html, found[name]) if name in found else html
        if name == "body" and desk.reader.may_edit(proposal):
            drawn = _parted(desk, proposal, article.language, drawn)
        if drawn != html:
            begins = f'data-part="{name}">'
            sections = sections.replace(begins + html, begins + drawn, 1)
    return {"title": Markup(_drawn(desk, title, found.get("title", ()))), "sections": Markup(sections)}  # noqa: S704  escaped above


def _parted(desk: Desk, proposal: Any, tongue: str, html: str) -> str:
    """The body with the way to edit each of its parts."""
    edit = f"/proposals/{proposal.slug}/texts/{tongue}"
    return str(part(desk.language, "texts/_parts.html", parts=shown(html), edit=edit, told=ProposalWords(desk.language)))


def _drawn(desk: Desk, html: str, found: Any) -> str:
    return marks.drawn(html, found, lambda mark: _link(desk.language, mark))


def _link(language: str, mark: Mark) -> str:
    """The number is not text, so that it is not selected with the words."""
    said = i18n.counted(language, "%(n)s comment on these words", "%(n)s comments on these words", mark.number)
    return f'<a class="on-n" href="#c{mark.comment_id}" lang="{language}" data-n="{mark.number}" aria-label="{escape(said)}"></a>'
