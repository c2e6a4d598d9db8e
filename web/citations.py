"""Citations: another source put behind a claim, or against it."""

from typing import Any, Literal

from fastapi import APIRouter
from fastapi.responses import Response

from models import Actor
from relais import choices, i18n, sources
from relais.errors import Missing
from relais.form import Form
from relais.sources import CitationForm, claims
from relais.words import Words
from web import entries
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Place, for_editor, onward
from web.record import record_page

routes = APIRouter(prefix="/{language}")
Noun = Literal["moves", "positions", "entries"]


class OneCitation(Form):
    citations: list[CitationForm] = []


@routes.get("/{noun}/{key}/citations/new")
@looking
def new(desk: Desk, noun: Noun, key: str) -> Response:
    claim, place = _found(desk, noun, key)
    return _form(desk, noun, claim, place, Posted(desk.language))


@routes.post("/{noun}/{key}/citations/new")
@acting
def create(desk: Desk, noun: Noun, key: str, form: Posted[OneCitation] = posted(OneCitation)) -> Response:
    """A claim that was corrected meanwhile is cited in its last wording."""
    claim, place = _found(desk, noun, key)
    if not form.errors:
        with form.trying(desk.session):
            cited = (form.form.citations or [CitationForm()])[0]
            public = getattr(claim, "public", True)
            sources.cite(desk.session, claim, cited, proposal=place.proposal, by=place.by, now=desk.now, public=public)
    return _form(desk, noun, claim, place, form, 422) if form.errors else onward(desk, f"{place.path}#{noun[0]}{claim.id}")


def _found(desk: Desk, noun: str, key: str) -> tuple[Any, Place]:
    if noun == "entries":
        claim, place = entries.found(desk, key)
        return claims.standing(desk.session, claim), place
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        raise Missing
    find: Any = claims.move if noun == "moves" else claims.position
    claim, proposal = find(desk.session, int(key), desk.reader)
    return claims.standing(desk.session, claim), for_editor(desk, proposal)


def _form(desk: Desk, noun: str, claim: Any, place: Place, form: Posted[OneCitation], status: int = 200) -> Response:
    action = f"/{noun}/{claim.key if noun == 'entries' else claim.id}/citations/new"
    shown = {"sources": choices.sources(desk.session), "told": told(desk, noun, claim), "action": action}
    return record_page(desk, "citations/new.html", place, form, status, **shown)


def told(desk: Desk, noun: str, claim: Any) -> str:
    """The claim in a few words, so that one sees what the source is for."""
    say, when = Words(desk.language).word, i18n.partial(claim.when(), desk.language)
    if noun == "entries":
        return f"{i18n.said(claim, 'title', desk.language)[0]} ({when})"
    if noun == "moves":
        return f"{say(claim.to_stage)} ({when})"
    return f"{desk.session.get_one(Actor, claim.actor_id).name(desk.language)} · {say(claim.stance)} ({when})"
