"""Reports: a selection of the record at an address, shown as it will print, and taken away in every form."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from models.partial_date import PartialDate
from relais import db, saved_reports
from relais.errors import Missing
from relais.i18n import partial
from relais.reports import csv_file
from relais.reports.selection import Selection
from web import report_asked, report_choices
from web.briefs import pdf
from web.desk import Desk, looking
from web.render import page
from web.report_files import FORMS, WRITERS, Paper, answer

routes = APIRouter(prefix="/{language}/reports")


@routes.get("")
@looking
def index(desk: Desk) -> Response:
    """The form beside what it selects; htmx replaces the latter alone."""
    form = report_asked.form(desk)
    paper = None
    if not form.errors:
        with form.asking():
            paper = _paper(desk, form.form)
    shown: dict[str, Any] = {
        "form": form,
        "query": "" if form.errors else form.form.query(),
        "forms": FORMS,
        "pdf": pdf.possible(),
        "sheet": paper.sheet if paper and paper.document["proposals"] else None,
        "tables": paper.tables if paper else [],
        "written": lambda when: partial(PartialDate.parse(when), desk.language),
    }
    if not desk.htmx:
        shown["saved"] = saved_reports.of(desk.session, desk.reader)
        shown["may_change"] = lambda one: saved_reports.may_change(desk.reader, one)
    template = "reports/_report.html" if desk.htmx else "reports/index.html"
    return page(desk, template, 422 if form.errors else 200, **shown, **report_choices.of(desk))


@routes.get("/report.{form}")
@looking
def show(desk: Desk, form: str) -> Response:
    """The report as a file. A PDF only where it can be drawn: else the page, to be printed."""
    if form not in WRITERS:
        raise Missing
    asked = report_asked.selection(desk)
    if form == "pdf" and not pdf.possible():
        return RedirectResponse(f"/{desk.language}/reports?{asked.query()}", 303)
    media_type, write = WRITERS[form]
    return answer(write(_paper(desk, asked)), media_type, _name(desk, "report"), form, db.last_change(desk.session))


@routes.get("/{table}.csv")
@looking
def as_csv(desk: Desk, table: str) -> Response:
    """One table of it. Raises Missing for one that is not among its parts."""
    body = _paper(desk, report_asked.selection(desk)).csv(table)
    if body is None:
        raise Missing
    return answer(body, csv_file.MEDIA_TYPE, _name(desk, table), "csv", db.last_change(desk.session))


def _paper(desk: Desk, asked: Selection) -> Paper:
    return Paper(report_asked.document(desk, asked), desk.language, desk.as_of, report_asked.path(desk, asked), desk.now, desk.today)


def _name(desk: Desk, what: str) -> str:
    return "-".join(filter(None, (what, str(desk.as_of or ""), desk.language)))
