"""Every saved version of a text: listed, read, compared, restored, and told who wrote which of its words."""

from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from models import Proposal
from models.text import FIELDS, Tongue
from relais import proposals, texts
from relais.errors import Missing, Stale
from relais.i18n import say
from relais.markdown import render
from relais.texts import RestoreForm, authorship, diff, revisions
from web import saves
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Asked, Place, edited, onward
from web.texts import text_page

routes = APIRouter(prefix="/{language}/proposals/{slug}")

Number = Annotated[int, Path(gt=0, lt=1_000_000)]
View = Annotated[Literal["sides", "inline"], Query()]


@routes.get("/revisions")
@looking
def index(desk: Desk, slug: str) -> Response:
    proposal, title = _read(desk, slug)
    found = groupby(revisions.listed(desk.session, proposal), key=attrgetter("language"))
    rows = {tongue: revisions.runs(rows) for tongue, rows in found}
    missing = [tongue for tongue in get_args(Tongue) if tongue not in rows]
    return text_page(desk, "texts/index.html", proposal=proposal, title=title, rows=rows, missing=missing)


@routes.get("/revisions/{tongue}/{number}")
@looking
def show(desk: Desk, slug: str, tongue: Tongue, number: Number) -> Response:
    proposal, title = _read(desk, slug)
    row = revisions.one(desk.session, proposal, tongue, number)
    told_as, started = revisions.told_as(desk.session, row), revisions.started(desk.session, proposal, row.id)
    shown: dict[str, Any] = {"row": row, "html": render(row.body), "told_as": told_as, "saved": saves.merged(proposal, row, started)}
    return text_page(desk, "texts/show.html", proposal=proposal, title=title, **shown)


@routes.get("/revisions/{tongue}/{number}/restoration")
@looking
def ask(desk: Desk, slug: str, tongue: Tongue, number: Number) -> Response:
    """What would change if that revision were restored, before it is."""
    note = say(desk.language, "Restores revision %(n)s", n=number)
    return _restoration(desk, edited(desk, slug), tongue, number, Posted(desk.language, {"note": note}))


@routes.post("/revisions/{tongue}/{number}/restoration")
@acting
def restore(desk: Desk, slug: str, tongue: Tongue, number: Number, form: Posted[RestoreForm] = posted(RestoreForm, "base")) -> Response:
    place, base = edited(desk, slug), form.numbers.get("base", 0)
    if not form.errors:
        try:
            with form.trying(desk.session):
                how: dict[str, Any] = {"base": base, "by": place.by, "now": desk.now}
                saved = texts.restore(desk.session, place.proposal, tongue, number, form.form, **how)
        except Stale:
            return _restoration(desk, place, tongue, number, form, 409, stale=True)
    if form.errors:
        return _restoration(desk, place, tongue, number, form, 422)
    return onward(desk, saves.place_of(desk, place, tongue, saved, "text"))


@routes.get("/compare")
@looking
def choose_two(
    desk: Desk, slug: str, tongue: Annotated[Tongue, Query()] = "fr", first: Asked = 1, second: Asked = 1, view: View = "sides"
) -> Response:
    """From two lists of revisions to the address of their comparison."""
    proposal, _ = _read(desk, slug)
    return onward(desk, f"/proposals/{proposal.slug}/compare/{tongue}/{first}..{second}{'?view=inline' if view == 'inline' else ''}")


@routes.get("/compare/{tongue}/{first:int}..{second:int}")
@looking
def compare(desk: Desk, slug: str, tongue: Tongue, first: Number, second: Number, view: View = "sides") -> Response:
    proposal, title = _read(desk, slug)
    listed = revisions.listed(desk.session, proposal, tongue)
    rows = {row.number: row for row in listed}
    if first not in rows or second not in rows:
        raise Missing
    runs = revisions.runs(listed)
    offered = sorted({first, second, *(run.last.number for run in runs)}, reverse=True)
    changes = _between(rows[first], rows[second])
    added, removed = diff.counted(piece for pieces in changes.values() for piece in pieces)
    shown: dict[str, Any] = {"old": rows[first], "new": rows[second], "changes": changes, "same": not _differ(changes)}
    shown |= {"runs": runs, "offered": offered, "view": view, "added": added, "removed": removed}
    return text_page(desk, "texts/compare.html", proposal=proposal, title=title, **shown)


@routes.get("/texts/{tongue}/authors")
@looking
def authors(desk: Desk, slug: str, tongue: Tongue) -> Response:
    proposal, title = _read(desk, slug)
    rows = {row.number: row for row in reversed(revisions.listed(desk.session, proposal, tongue))}
    if not rows:
        raise Missing
    written = authorship.of(rows.values())
    return text_page(desk, "texts/authors.html", proposal=proposal, title=title, tongue=tongue, rows=rows, written=written)


def _read(desk: Desk, slug: str) -> tuple[Proposal, Any]:
    """The proposal and the text whose title stands for it on the page."""
    proposal = proposals.find(desk.session, slug, desk.reader)
    text = texts.of(desk.session, proposal, desk.language) or texts.of(desk.session, proposal, proposal.original_language)
    return proposal, text


def _restoration(
    desk: Desk, place: Place, tongue: str, number: int, form: Posted[RestoreForm], status: int = 200, *, stale: bool = False
) -> Response:
    old = revisions.one(desk.session, place.proposal, tongue, number)
    now = revisions.one(desk.session, place.proposal, tongue, old.last)
    changes = _between(now, old)
    shown: dict[str, Any] = {"old": old, "now": now, "changes": changes, "same": not _differ(changes), "stale": stale}
    return text_page(desk, "texts/restoration.html", status, place=place, form=form, **shown)


def _between(old: Any, new: Any) -> dict[str, list[diff.Piece]]:
    return {name: diff.words(getattr(old, name), getattr(new, name)) for name in FIELDS}


def _differ(changes: dict[str, list[diff.Piece]]) -> bool:
    return any(diff.changed(pieces) for pieces in changes.values())
