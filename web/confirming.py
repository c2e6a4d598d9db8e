"""The page behind the link of a letter that asks an organisation about its position: read and answered without an account."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from models import Confirmation, Group
from relais import words
from relais.access import VISITOR
from relais.confirmations import answering
from relais.confirmations.answering import STANCES, AnswerForm, Asked
from relais.confirmations.shown import recorded
from relais.errors import Stale
from relais.i18n import N_, say, typed_date
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import title_of
from web.render import page
from web.sign_in import private

routes = APIRouter(prefix="/{language}/confirm")
CHANGED = N_(
    "Somebody answered through this link in between. What they said stands below; what you wrote takes its place if you send it again."
)


@routes.get("/{token}")
@looking
def show(desk: Desk, token: str, done: str = "") -> Response:
    """A page with a form: whoever follows links before the reader does changes nothing."""
    asked = answering.behind(desk.session, token, desk.now)
    return _page(desk, token, asked, Posted(desk.language, _typed(asked.confirmation, desk.language)), done=bool(done))


@routes.post("/{token}")
@acting
def answer(desk: Desk, token: str, form: Posted[AnswerForm] = posted(AnswerForm, "version")) -> Response:
    asked = answering.behind(desk.session, token, desk.now)
    if not form.errors:
        try:
            with form.trying(desk.session):
                answering.answer(desk.session, asked, form.form, version=form.numbers["version"], now=desk.now)
        except Stale:
            form.errors[""] = say(desk.language, CHANGED)
            return _page(desk, token, answering.behind(desk.session, token, desk.now), form, 409, stale=True)
    if form.errors:
        return _page(desk, token, asked, form, 422)
    return private(RedirectResponse(f"/{desk.language}/confirm/{token}?done=1", 303))


def _page(
    desk: Desk, token: str, asked: Asked, form: Posted[Any], status: int = 200, *, done: bool = False, stale: bool = False
) -> Response:
    """What is recorded, as a visitor sees it; and the form. What is sent after a refusal is of the version shown."""
    say_it = words.Words(desk.language).word
    shown: dict[str, Any] = {
        "token": token,
        "asked": asked,
        "confirmation": asked.confirmation,
        "title": title_of(desk, asked.proposal),
        "group": desk.session.get_one(Group, asked.proposal.group_id),
        "shown": recorded(desk.session, asked.proposal, [asked.position.id], VISITOR, desk.language),
        "stances": [(stance.value, say_it(stance)) for stance in STANCES],
        "form": form,
        "version": asked.confirmation.version if stale else form.values.get("version", asked.confirmation.version),
        "done": done and asked.confirmation.answer is not None,
        "stale": stale,
    }
    return private(page(desk, "confirmations/answer.html", status, **shown))


def _typed(row: Confirmation, language: str) -> dict[str, str]:
    """What was answered so far, as somebody would type it; not by whom, since whoever has the link sees it."""
    if row.answer is None:
        return {}
    given = {name: getattr(row, name) for name in ("note", "url")}
    return given | {
        "answer": row.answer.value,
        "stance": row.stance.value if row.stance else "",
        "on": typed_date(row.when(), language),
    }
