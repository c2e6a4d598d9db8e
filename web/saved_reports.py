"""Saved reports: a name for the address of a report, a member's own or of their group."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from models import Person, Report
from relais import access, groups, saved_reports
from relais.errors import Stale
from relais.i18n import said
from relais.saved_reports import NameForm, ReportForm
from web import report_asked
from web.desk import Desk, acting, looking
from web.forms import Posted, PressForm, posted
from web.place import Id, onward
from web.render import page

routes = APIRouter(prefix="/{language}/reports/saved")


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


def _edit(desk: Desk, report: Report, form: Posted[Any], status: int = 200, theirs: dict[str, str] | None = None) -> Response:
    return page(desk, "saved_reports/edit.html", status, form=form, report=report, theirs=theirs)


def _typed(report: Any) -> dict[str, str]:
    return {"name": report.name, "version": str(report.version), "public": "true" if report.public else ""}
