"""Comments: posted, answered, previewed, edited and removed."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import StringConstraints

from models import Comment
from relais import comments
from relais.comments import CommentForm, discussion, mentions, threads
from relais.comments import versions as earlier
from relais.errors import Stale
from relais.i18n import N_, say
from web.desk import Desk, acting, looking
from web.forms import Posted, PressForm, posted
from web.place import Id, Place, discussed, for_commenter, onward, title_of
from web.render import answer, page

routes = APIRouter(prefix="/{language}")


class PreviewForm(CommentForm):
    """Nothing written yet is shown as such."""

    body: Annotated[str, StringConstraints(max_length=20_000)] = ""


@routes.get("/proposals/{slug}/comments/new")
@looking
def new(desk: Desk, slug: str, passage: str = "", tongue: str = "", part: str = "", near: str = "") -> Response:
    """The form of a new comment, on words of the text where some were chosen."""
    place = discussed(desk, slug)
    chosen = {"passage": passage, "tongue": tongue or place.language, "part": part, "near": near}
    return _new(desk, place, Posted(desk.language, chosen), closed=not place.proposal.open_to_comments())


@routes.post("/proposals/{slug}/comments")
@acting
def create(desk: Desk, slug: str, form: Posted[CommentForm] = posted(CommentForm)) -> Response:
    place = discussed(desk, slug)
    if not place.proposal.open_to_comments():
        return _new(desk, place, form, 409, closed=True)
    if not form.errors:
        with form.asking():
            comment = comments.post(desk.session, place.proposal, form.form, by=place.by, now=desk.now)
            return _posted(desk, place, comment, form.form.tongue)
    return _new(desk, place, form, 422)


@routes.get("/proposals/{slug}/people")
@looking
def people(desk: Desk, slug: str, q: str = "") -> Response:
    """Whom a comment may name, as one types: the options of a list box."""
    place = discussed(desk, slug)
    found = mentions.offered(mentions.members(desk.session, place.proposal.group_id), q[:120])
    return page(desk, "comments/_people.html", found=found)


@routes.post("/proposals/{slug}/comments/preview")
@looking
def preview(desk: Desk, slug: str, form: Posted[PreviewForm] = posted(PreviewForm)) -> Response:
    """The Markdown as it will stand; nothing is kept."""
    place = discussed(desk, slug)
    html = ""
    if not form.errors:
        with form.asking():
            html = mentions.previewed(
                desk.session, place.proposal.group_id, form.form.body, chosen=form.form.mention, nameless=_nameless(desk)
            )
    if desk.htmx:
        return page(desk, "comments/_preview.html", html=html, form=form)
    return _new(desk, place, form, 422 if form.errors else 200, html=html)


@routes.get("/comments/{id}")
@looking
def show(desk: Desk, id: Id) -> Response:  # noqa: A002  the name in the address
    """The address of a comment for good: to where it stands, its thread unfolded."""
    comment, proposal = comments.find(desk.session, id, desk.reader, traces=True)
    return onward(desk, f"/proposals/{proposal.slug}?thread={comment.parent_id or comment.id}#c{comment.id}")


@routes.get("/comments/{id}/versions")
@looking
def versions(desk: Desk, id: Id) -> Response:  # noqa: A002
    comment, proposal = comments.find(desk.session, id, desk.reader)
    wordings = earlier.of(desk.session, comment, proposal, desk.reader, _nameless(desk))
    talk = discussion.one(desk.session, comment, proposal, desk.reader)
    return page(desk, "comments/versions.html", proposal=proposal, title=title_of(desk, proposal), talk=talk, wordings=wordings)


@routes.post("/comments/{id}/resolution")
@acting
def resolve(desk: Desk, id: Id) -> Response:  # noqa: A002
    comment, place = _found(desk, id)
    threads.resolve(desk.session, comment, place.proposal, by=place.by, now=desk.now)
    return _thread(desk, place, comment, N_("Thread resolved"))


@routes.post("/comments/{id}/reopening")
@acting
def reopen(desk: Desk, id: Id) -> Response:  # noqa: A002
    comment, place = _found(desk, id)
    threads.reopen(desk.session, comment, place.proposal, by=place.by, now=desk.now)
    return _thread(desk, place, comment, N_("Thread reopened"))


@routes.get("/comments/{id}/reply")
@looking
def reply(desk: Desk, id: Id) -> Response:  # noqa: A002
    parent, place = _found(desk, id)
    return _new(desk, place, Posted(desk.language, {"parent": str(parent.parent_id or parent.id)}))


@routes.get("/comments/{id}/edit")
@looking
def edit(desk: Desk, id: Id) -> Response:  # noqa: A002
    comment, place = _found(desk, id)
    comments.own(comment, place.by)
    return _edit(desk, place, comment, Posted(desk.language, _typed(desk, place, comment)))


@routes.post("/comments/{id}/edit")
@acting
def update(desk: Desk, id: Id, form: Posted[CommentForm] = posted(CommentForm, "version")) -> Response:  # noqa: A002
    comment, place = _found(desk, id)
    comments.own(comment, place.by)
    if form.errors:
        return _edit(desk, place, comment, form, 422)
    try:
        with form.trying(desk.session):
            comments.edit(desk.session, comment, place.proposal, form.form, version=form.numbers["version"], by=place.by, now=desk.now)
    except Stale as stale:
        return _edit(desk, place, stale.current, form, 409, stale=True)
    return _edit(desk, place, comment, form, 422) if form.errors else _said(desk, place, comment)


@routes.post("/comments/{id}/removal")
@acting
def remove(desk: Desk, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    comment, place = _found(desk, id)
    comments.own(comment, place.by)
    kept = Posted[CommentForm](desk.language, _typed(desk, place, comment))
    if form.errors:
        return _edit(desk, place, comment, kept, 422)
    try:
        comments.remove(desk.session, comment, place.proposal, version=form.numbers["version"], by=place.by, now=desk.now)
    except Stale as stale:
        return _edit(desk, place, stale.current, kept, 409, stale=True)
    return _said(desk, place, comment)


def _found(desk: Desk, comment_id: int) -> tuple[Comment, Place]:
    comment, proposal = comments.find(desk.session, comment_id, desk.reader)
    return comment, for_commenter(desk, proposal)


def _new(desk: Desk, place: Place, form: Posted[Any], status: int = 200, **shown: Any) -> Response:
    """The form of a new comment: a page of its own, or for htmx the form alone."""
    template = "comments/_new.html" if desk.htmx else "comments/new.html"
    shown = {"place": place, "proposal": place.proposal, "html": None, "closed": False, "people": _people(desk, place)} | shown
    return page(desk, template, status, form=form, **shown)


def _edit(desk: Desk, place: Place, comment: Comment, form: Posted[CommentForm], status: int = 200, *, stale: bool = False) -> Response:
    template = "comments/_edit.html" if desk.htmx else "comments/edit.html"
    shown: dict[str, Any] = {"people": _people(desk, place), "theirs": ""}
    if stale:
        shown["theirs"] = discussion.one(desk.session, comment, place.proposal, desk.reader).said(_nameless(desk))
    return page(desk, template, status, place=place, proposal=place.proposal, comment=comment, form=form, stale=stale, **shown)


def _typed(desk: Desk, place: Place, comment: Comment) -> dict[str, str]:
    return {"body": mentions.typed(desk.session, place.proposal.group_id, comment.body)}


def _people(desk: Desk, place: Place) -> Sequence[Any]:
    """Whom to choose from without script; with it names are completed."""
    return () if desk.htmx else mentions.members(desk.session, place.proposal.group_id)


def _nameless(desk: Desk) -> str:
    """What stands for somebody who chose no name."""
    return say(desk.language, "Member")


def _posted(desk: Desk, place: Place, comment: Comment, tongue: str) -> Response:
    shown = {**_shown(desk, place, comment), "tongue": tongue}
    if desk.htmx:
        shown["people"] = mentions.members(desk.session, place.proposal.group_id)
    return answer(desk, "comments/_posted.html", to=f"{place.path}#c{comment.id}", **shown)


def _said(desk: Desk, place: Place, comment: Comment) -> Response:
    return answer(desk, "comments/_said.html", to=f"{place.path}#c{comment.id}", **_shown(desk, place, comment))


def _thread(desk: Desk, place: Place, comment: Comment, news: str) -> Response:
    """The thread a comment began, folded or unfolded again."""
    talk = discussion.began_by(desk.session, comment, place.proposal, desk.reader)
    shown: dict[str, Any] = {"talk": talk, "proposal": place.proposal, "fresh": False, "news": {comment.id: news}}
    return answer(desk, "comments/_comment.html", to=f"{place.path}#c{comment.id}", **shown)


def _shown(desk: Desk, place: Place, comment: Comment) -> dict[str, Any]:
    """What htmx is answered; who works without script is sent on, and reads it there."""
    if not desk.htmx:
        return {}
    desk.session.flush()
    return {"talk": discussion.one(desk.session, comment, place.proposal, desk.reader), "proposal": place.proposal, "fresh": True}
