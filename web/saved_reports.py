"""Saved reports: a name for the address of a report, a member's own or of their group."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from models import Person, Report
from relais import access, groups, saved_reports
from relais.errors import Stale
from relais.i18n import N_, said, say
from relais.saved_reports import NameForm, ReplacementForm, ReportForm
from web import report_asked
from web.desk import Desk, acting, looking
from web.forms import Posted, PressForm, posted
from web.place import Id, onward
from web.render import page

routes = APIRouter(prefix="/{language}/reports/saved")
CHANGED = N_("Somebody changed it in between. Look at it, then choose it again.")


@routes.get("/new")
@looking
def new(desk: Desk) -> Response:
    report_asked.contributor(desk)
    return _new(desk, Posted(desk.language))


@routes.post("/new")
@acting
def create(desk: Desk, form: Posted[ReportForm] = posted(ReportForm)) -> Response:
    """The selection is the address of the form, as it is that of the report."""
    person = report_asked.contributor(desk)
    query = report_asked.selection(desk).query()
    if not form.errors:
        with form.trying(desk.session):
            saved_reports.save(desk.session, query, form.form, desk.reader, language=desk.language, by=person, now=desk.now)
    return _new(desk, form, 422) if form.errors else onward(desk, f"/reports{'?' if query else ''}{query}#saved")


@routes.get("/selection")
@looking
def choose(desk: Desk) -> Response:
    """Which saved report gets the selection of the address in place of its own."""
    report_asked.contributor(desk)
    return _choose(desk, Posted(desk.language))


@routes.post("/selection")
@acting
def replace(desk: Desk, form: Posted[ReplacementForm] = posted(ReplacementForm)) -> Response:
    person = report_asked.contributor(desk)
    query = report_asked.selection(desk).query()
    if form.errors:
        return _choose(desk, form, 422)
    try:
        saved_reports.replace(desk.session, query, form.form, desk.reader, by=person, now=desk.now)
    except Stale:
        form.errors["report"] = say(desk.language, CHANGED)
        return _choose(desk, form, 409)
    return onward(desk, f"/reports{'?' if query else ''}{query}#saved")


@routes.get("/{id}")
@looking
def show(desk: Desk, id: Id) -> Response:  # noqa: A002  the name in the address
    """To the address it was saved from."""
    query = saved_reports.find(desk.session, desk.reader, id).query
    return RedirectResponse(f"/{desk.language}/reports{'?' if query else ''}{query}", 303)


@routes.get("/{id}/edit")
@looking
def edit(desk: Desk, id: Id) -> Response:  # noqa: A002
    report, _ = _changeable(desk, id)
    return _edit(desk, report, Posted(desk.language, _typed(report)))


@routes.post("/{id}/edit")
@acting
def update(desk: Desk, id: Id, form: Posted[NameForm] = posted(NameForm, "version")) -> Response:  # noqa: A002
    report, person = _changeable(desk, id)
    if not form.errors:
        try:
            with form.trying(desk.session):
                saved_reports.change(desk.session, report, form.form, version=form.numbers["version"], by=person, now=desk.now)
        except Stale as stale:
            return _edit(desk, report, form, 409, theirs=_typed(stale.current))
    return _edit(desk, report, form, 422) if form.errors else onward(desk, "/reports#saved")


@routes.post("/{id}/removal")
@acting
def remove(desk: Desk, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    """Gone from every list, and a press that puts it back."""
    report, person = _changeable(desk, id)
    saved_reports.remove(desk.session, report, version=form.numbers.get("version", 0), by=person, now=desk.now)
    return onward(desk, f"/reports/saved/{id}/restoration")


@routes.get("/{id}/restoration")
@looking
def removed(desk: Desk, id: Id) -> Response:  # noqa: A002
    report, _ = _changeable(desk, id, removed=True)
    return page(desk, "saved_reports/removed.html", report=report)


@routes.post("/{id}/restoration")
@acting
def restore(desk: Desk, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    report, person = _changeable(desk, id, removed=True)
    saved_reports.restore(desk.session, report, version=form.numbers.get("version", 0), by=person, now=desk.now)
    return onward(desk, "/reports#saved")


def _changeable(desk: Desk, report_id: int, *, removed: bool = False) -> tuple[Report, Person]:
    desk.must_be_signed_in(f"/{desk.language}/reports")
    return saved_reports.changeable(desk.session, desk.reader, report_id, removed=removed), access.member(desk.reader)


def _new(desk: Desk, form: Posted[Any], status: int = 200) -> Response:
    mine = [group for group in groups.every(desk.session) if desk.reader.contributes(group.id)]
    choices = [(group.slug, said(group, "name", desk.language)[0]) for group in mine]
    template = "saved_reports/_form.html" if desk.htmx else "saved_reports/new.html"
    return page(desk, template, status, form=form, choices=choices, query=report_asked.selection(desk).query())


def _choose(desk: Desk, form: Posted[Any], status: int = 200) -> Response:
    rows = [row for row in saved_reports.of(desk.session, desk.reader) if saved_reports.may_change(desk.reader, row)]
    asked = report_asked.selection(desk)
    return page(desk, "saved_reports/selection.html", status, form=form, rows=rows, query=asked.query())


def _edit(desk: Desk, report: Report, form: Posted[Any], status: int = 200, theirs: dict[str, str] | None = None) -> Response:
    return page(desk, "saved_reports/edit.html", status, form=form, report=report, theirs=theirs)


def _typed(report: Any) -> dict[str, str]:
    return {"name": report.name, "version": str(report.version), "public": "true" if report.public else ""}
