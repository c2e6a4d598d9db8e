"""Sources: the documents the record rests on, found by their words, with every use of each."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models import Source
from relais import access, sources
from relais.errors import Stale
from relais.sources import SourceForm, checks, uses
from relais.sources import coverage as covered
from relais.sources.checks import CheckForm
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import onward
from web.render import page

routes = APIRouter(prefix="/{language}/sources")
FIELDS = ("title", "publisher", "language", "url", "published", "retrieved_on", "note_fr", "note_en")


@routes.get("")
@looking
def index(desk: Desk, q: str = "", in_language: str = "", publisher: str = "", number: str = "") -> Response:
    search = uses.Search(q[:200], in_language[:2], publisher[:200], _page(number))
    template = "sources/_results.html" if desk.htmx else "sources/index.html"
    return page(desk, template, shelf=uses.shelf(desk.session, desk.reader, search), search=search)


@routes.get("/new")
@looking
def new(desk: Desk) -> Response:
    _editor(desk)
    return _form(desk, Posted(desk.language))


@routes.post("/new")
@acting
def create(desk: Desk, form: Posted[SourceForm] = posted(SourceForm)) -> Response:
    by = _editor(desk)
    if form.errors:
        return _form(desk, form, 422)
    source = sources.add(desk.session, form.form, by=by, now=desk.now)
    return onward(desk, f"/sources/{source.slug}")


@routes.get("/coverage")
@looking
def coverage(desk: Desk, proposal: str = "", number: str = "") -> Response:
    """How much of the record has a source, and what has none: of one proposal alone where it is named."""
    found = covered.of(desk.session, desk.reader, desk.language, proposal=proposal[:80], page=_page(number))
    return page(desk, "sources/coverage.html", coverage=found)


@routes.get("/checks")
@looking
def to_check(desk: Desk) -> Response:
    """What was not there when last looked for, and what nobody has looked up for a year."""
    gone, due = checks.due(desk.session, desk.today)
    return page(desk, "sources/checks.html", gone=gone, due=due)


@routes.get("/{slug}")
@looking
def show(desk: Desk, slug: str) -> Response:
    return _show(desk, sources.find(desk.session, slug), Posted(desk.language))


@routes.post("/{slug}/checks")
@acting
def check(desk: Desk, slug: str, form: Posted[CheckForm] = posted(CheckForm)) -> Response:
    by, source = _editor(desk), sources.find(desk.session, slug)
    if not form.errors:
        with form.trying(desk.session):
            checks.record(desk.session, source, form.form, by=by, now=desk.now, today=desk.today)
    return _show(desk, source, form, 422) if form.errors else onward(desk, f"/sources/{slug}#checks")


def _show(desk: Desk, source: Source, form: Posted[CheckForm], status: int = 200) -> Response:
    shown: dict[str, Any] = {
        "source": source,
        "uses": uses.of(desk.session, desk.reader, desk.language, source, desk.as_of),
        "terms": [term for term in desk.calendar.terms if term.slug in set(uses.presidencies(desk.session, source))],
        "checks": checks.history(desk.session, source),
        "last": checks.last(desk.session, [source])[source.id],
        "form": form,
    }
    return page(desk, "sources/show.html", status, **shown)


@routes.get("/{slug}/edit")
@looking
def edit(desk: Desk, slug: str) -> Response:
    _editor(desk)
    source = sources.find(desk.session, slug)
    return _form(desk, Posted(desk.language, {"version": source.version} | typed(source)), old=source)


@routes.post("/{slug}/edit")
@acting
def update(desk: Desk, slug: str, form: Posted[SourceForm] = posted(SourceForm, "version")) -> Response:
    by, source = _editor(desk), sources.find(desk.session, slug)
    if form.errors:
        return _form(desk, form, 422, old=source)
    try:
        sources.change(desk.session, source, form.form, version=form.numbers["version"], by=by, now=desk.now)
    except Stale:
        return _form(desk, form, 409, old=source, theirs=typed(source))
    return onward(desk, f"/sources/{slug}")


def _page(number: str) -> int:
    """The page asked for; the first for what is no number."""
    return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1


def typed(source: Source) -> dict[str, str]:
    """The row as somebody would type it into its form."""
    row = source.model_dump(include=set(FIELDS)) | {"published": source.when(), "retrieved_on": source.retrieved_on or ""}
    return {name: str(row[name]) for name in FIELDS}


def _editor(desk: Desk) -> Any:
    desk.must_be_signed_in()
    return access.any_editor(desk.reader)


def _form(desk: Desk, form: Posted[Any], status: int = 200, *, old: Source | None = None, theirs: dict[str, str] | None = None) -> Response:
    template = "sources/_form.html" if desk.htmx else "sources/new.html"
    return page(desk, template, status, form=form, old=old, theirs=theirs)
