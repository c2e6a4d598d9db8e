"""Suggestions: a change to a text put to its editors, seen as a difference, accepted, amended, declined or withdrawn."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models import Suggestion, Text
from models.suggestion import SuggestionState
from models.text import FIELDS, Tongue
from relais import suggestions, texts
from relais.access import editor
from relais.errors import Missing, Stale
from relais.suggestions import DeclineForm, SuggestionForm
from relais.texts import TextForm
from web.desk import Desk, acting, looking
from web.forms import Posted, PressForm, posted
from web.place import Id, Place, discussed, onward, within
from web.texts import text_page

routes = APIRouter(prefix="/{language}/proposals/{slug}")


@routes.get("/suggestions")
@looking
def index(desk: Desk, slug: str) -> Response:
    place = within(desk, slug)
    rows = suggestions.listed(desk.session, place.proposal, desk.reader)
    return text_page(desk, "suggestions/index.html", place=place, rows=rows)


@routes.get("/texts/{tongue}/suggestions/new")
@looking
def new(desk: Desk, slug: str, tongue: Tongue) -> Response:
    place = discussed(desk, slug)
    text = _text(desk, place, tongue)
    return _form(desk, place, tongue, Posted(desk.language, {name: getattr(text, name) for name in FIELDS}), base=text.number)


@routes.post("/texts/{tongue}/suggestions/new")
@acting
def create(desk: Desk, slug: str, tongue: Tongue, form: Posted[SuggestionForm] = posted(SuggestionForm, "base")) -> Response:
    place, base = discussed(desk, slug), form.numbers.get("base", 0)
    if not form.errors:
        with form.trying(desk.session):
            made = suggestions.make(desk.session, place.proposal, tongue, form.form, base=base, by=place.by, now=desk.now)
    return _form(desk, place, tongue, form, 422, base=base) if form.errors else onward(desk, f"{place.path}/suggestions/{made.id}")


@routes.get("/suggestions/{id}")
@looking
def show(desk: Desk, slug: str, id: Id) -> Response:  # noqa: A002  the name in the address
    return _show(desk, within(desk, slug), id)


@routes.post("/suggestions/{id}/acceptance")
@acting
def accept(desk: Desk, slug: str, id: Id, form: Posted[TextForm] = posted(TextForm, "base", "version")) -> Response:  # noqa: A002
    """As proposed or amended. When the text has changed in between the suggestion is shown on top of it anew, with what was typed."""
    place = within(desk, slug)
    suggestion, text = _decided(desk, place, id)
    if form.errors:
        return _show(desk, place, id, 422, taking=form)
    numbers = {"version": form.numbers["version"], "base": form.numbers["base"]}
    try:
        with form.trying(desk.session):
            saved = suggestions.accept(
                desk.session, suggestion, text, place.proposal, form.form, by=place.by, now=desk.now, **numbers
            )  # fmt: skip
    except Stale:
        return _show(desk, place, id, 409, taking=form, stale=True)
    if form.errors:
        return _show(desk, place, id, 422, taking=form)
    return onward(desk, f"{place.path}/revisions/{text.language}/{saved.number}")


@routes.post("/suggestions/{id}/refusal")
@acting
def decline(desk: Desk, slug: str, id: Id, form: Posted[DeclineForm] = posted(DeclineForm, "version")) -> Response:  # noqa: A002
    place = within(desk, slug)
    suggestion, _ = _decided(desk, place, id)
    if form.errors:
        return _show(desk, place, id, 422, declining=form)
    suggestions.decline(
        desk.session, suggestion, place.proposal, form.form, version=form.numbers["version"], by=place.by, now=desk.now
    )  # fmt: skip
    return onward(desk, f"{place.path}/suggestions/{id}")


@routes.post("/suggestions/{id}/withdrawal")
@acting
def withdraw(desk: Desk, slug: str, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    place = discussed(desk, slug)
    suggestion, _ = suggestions.find(desk.session, id, place.proposal, desk.reader)
    suggestions.withdraw(desk.session, suggestion, place.proposal, version=form.numbers.get("version", 0), by=place.by, now=desk.now)
    return onward(desk, f"{place.path}/suggestions/{id}")


def _text(desk: Desk, place: Place, tongue: str) -> Text:
    text = texts.of(desk.session, place.proposal, tongue)
    if text is None:
        raise Missing
    return text


def _decided(desk: Desk, place: Place, suggestion_id: int) -> tuple[Suggestion, Text]:
    """A suggestion an editor is about to decide on."""
    editor(desk.reader, place.proposal)
    return suggestions.find(desk.session, suggestion_id, place.proposal, desk.reader)


def _form(desk: Desk, place: Place, tongue: str, form: Posted[Any], status: int = 200, *, base: int) -> Response:
    return text_page(desk, "suggestions/new.html", status, place=place, tongue=tongue, form=form, base=base)


def _show(
    desk: Desk, place: Place, suggestion_id: int, status: int = 200, *,
    taking: Posted[TextForm] | None = None, declining: Posted[DeclineForm] | None = None, stale: bool = False,
) -> Response:  # fmt: skip
    """The suggestion as a difference to the text as it stands; once decided, to the revision it was written from."""
    suggestion, text = suggestions.find(desk.session, suggestion_id, place.proposal, desk.reader)
    (row,) = suggestions.listed(desk.session, place.proposal, desk.reader, suggestion_id=suggestion_id)
    open_still = suggestion.state is SuggestionState.OPEN
    outlook = suggestions.outlook(desk.session, suggestion, text) if open_still else suggestions.then(desk.session, suggestion, text)
    words = Posted[TextForm](desk.language, outlook.words | {"note": suggestion.note})
    shown: dict[str, Any] = {
        "row": row, "suggestion": suggestion, "outlook": outlook, "open_still": open_still, "stale": stale, "tongue": text.language,
        "taking": taking or words, "declining": declining or Posted(desk.language), "touched": taking is not None,
    }  # fmt: skip
    return text_page(desk, "suggestions/show.html", status, place=place, **shown)
