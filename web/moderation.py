"""Comments that readers report, and that the coordinators of a group hide, show again, or leave as they are."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models import Comment
from relais import access, comments, groups
from relais.comments import discussion, moderation
from relais.comments.moderation import ReasonForm
from relais.i18n import N_
from relais.proposals import titles
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Id, Place, for_member, for_moderator
from web.render import answer, page

routes = APIRouter(prefix="/{language}")


@routes.get("/groups/{slug}/reports")
@looking
def index(desk: Desk, slug: str) -> Response:
    """What the coordinators of a group have to look at."""
    group = groups.find(desk.session, slug)
    desk.must_be_signed_in()
    access.coordinator(desk.reader, group)
    found = moderation.reported(desk.session, group)
    told = moderation.of(desk.session, [comment.id for comment, _ in found])
    known = titles.of(desk.session, desk.reader, desk.language, (proposal.id for _, proposal in found))
    return page(desk, "moderation/index.html", group=group, found=found, told=told, titles=known)


@routes.get("/comments/{id}/reports/new")
@looking
def new(desk: Desk, id: Id) -> Response:  # noqa: A002  the name in the address
    comment, place = _seen(desk, id)
    return _form(desk, place, comment, Posted(desk.language), hides=False)


@routes.post("/comments/{id}/reports")
@acting
def create(desk: Desk, id: Id, form: Posted[ReasonForm] = posted(ReasonForm)) -> Response:  # noqa: A002
    comment, place = _seen(desk, id)
    if form.errors:
        return _form(desk, place, comment, form, 422, hides=False)
    moderation.report(desk.session, comment, place.proposal, form.form, by=place.by, now=desk.now)
    return page(desk, "moderation/_told.html" if desk.htmx else "moderation/told.html", place=place, comment=comment)


@routes.post("/comments/{id}/reports/settlement")
@acting
def settle(desk: Desk, id: Id) -> Response:  # noqa: A002
    comment, place = _kept(desk, id)
    moderation.settle(desk.session, comment, place.proposal, by=place.by, now=desk.now)
    return _said(desk, place, comment, N_("Reports settled"))


@routes.get("/comments/{id}/hiding")
@looking
def ask(desk: Desk, id: Id) -> Response:  # noqa: A002
    comment, place = _kept(desk, id)
    return _form(desk, place, comment, Posted(desk.language), hides=True)


@routes.post("/comments/{id}/hiding")
@acting
def hide(desk: Desk, id: Id, form: Posted[ReasonForm] = posted(ReasonForm)) -> Response:  # noqa: A002
    comment, place = _kept(desk, id)
    if form.errors:
        return _form(desk, place, comment, form, 422, hides=True)
    moderation.hide(desk.session, comment, place.proposal, form.form, by=place.by, now=desk.now)
    return _said(desk, place, comment, N_("Comment hidden"))


@routes.post("/comments/{id}/showing")
@acting
def show(desk: Desk, id: Id) -> Response:  # noqa: A002
    comment, place = _kept(desk, id)
    moderation.show(desk.session, comment, place.proposal, by=place.by, now=desk.now)
    return _said(desk, place, comment, N_("Comment shown again"))


def _seen(desk: Desk, comment_id: int) -> tuple[Comment, Place]:
    comment, proposal = comments.find(desk.session, comment_id, desk.reader)
    return comment, for_member(desk, proposal)


def _kept(desk: Desk, comment_id: int) -> tuple[Comment, Place]:
    comment, proposal = comments.find(desk.session, comment_id, desk.reader, traces=True)
    return comment, for_moderator(desk, proposal)


def _form(desk: Desk, place: Place, comment: Comment, form: Posted[Any], status: int = 200, *, hides: bool) -> Response:
    """Why it is reported, or hidden: a page of its own, or for htmx the form alone."""
    template = "moderation/_form.html" if desk.htmx else "moderation/new.html"
    talk = discussion.one(desk.session, comment, place.proposal, desk.reader)
    return page(desk, template, status, place=place, proposal=place.proposal, comment=comment, talk=talk, form=form, hides=hides)


def _said(desk: Desk, place: Place, comment: Comment, news: str) -> Response:
    talk = discussion.one(desk.session, comment, place.proposal, desk.reader)
    shown: dict[str, Any] = {"talk": talk, "proposal": place.proposal, "fresh": False, "news": {comment.id: news}}
    return answer(desk, "comments/_said.html", to=f"{place.path}#c{comment.id}", **shown)
