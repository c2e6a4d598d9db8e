"""Snapshots of reports: frozen from the address of one, read and taken away at an address that stays, cited, and withdrawn."""

import base64
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import Headers

from models import Person
from models.partial_date import PartialDate
from relais import access, snapshots
from relais.errors import Invalid, Missing
from relais.i18n import partial
from relais.reports import csv_file, stored
from relais.settings import BRUSSELS
from relais.snapshots import Kept, SnapshotForm, WithdrawalForm, citing
from web import report_asked, report_sheet
from web.briefs import pdf
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.kept import moment
from web.place import Asked, onward
from web.render import page
from web.report_files import FORMS, WRITERS, Paper, answer

routes = APIRouter(prefix="/{language}/reports/snapshots")


@routes.get("")
@looking
def index(desk: Desk, before: Asked = 0) -> Response:
    rows, older = snapshots.every(desk.session, before=before)
    return page(desk, "snapshots/index.html", rows=rows, older=older)


@routes.get("/new")
@looking
def new(desk: Desk) -> Response:
    report_asked.contributor(desk)
    return _new(desk, Posted(desk.language, {"title": _title(desk)}))


@routes.post("/new")
@acting
def create(desk: Desk, form: Posted[SnapshotForm] = posted(SnapshotForm)) -> Response:
    """The selection is the address of the form, as it is that of the report."""
    person = report_asked.contributor(desk)
    asked = report_asked.selection(desk)
    key = ""
    if not form.errors:
        with form.trying(desk.session):
            how: dict[str, Any] = {"language": desk.language, "by": person, "now": desk.now, "today": desk.today}
            key = snapshots.freeze(desk.session, desk.calendar, asked, form.form, **how)
    return _new(desk, form, 422) if form.errors else onward(desk, f"/reports/snapshots/{key}")


@routes.get("/{key}/manifest.json")
@looking
def manifest(desk: Desk, key: str) -> Response:
    """What it is, and what to check its bytes against."""
    kept = snapshots.find(desk.session, key)
    return _tombstone(desk, kept) if kept.withdrawal else JSONResponse(citing.manifest(kept.row), headers={"Cache-Control": "no-cache"})


@routes.get("/{key}/tables/{table}.csv")
@looking
def as_csv(desk: Desk, key: str, table: str) -> Response:
    kept = snapshots.find(desk.session, key)
    if kept.withdrawal:
        return _tombstone(desk, kept)
    body = _paper(desk, kept).csv(table)
    if body is None:
        raise Missing
    return answer(body, csv_file.MEDIA_TYPE, f"{key}-{table}-{desk.language}", "csv", kept.row.frozen_at)


@routes.get("/{key}/withdrawal")
@looking
def withdrawal(desk: Desk, key: str) -> Response:
    _coordinator(desk, key)
    kept = snapshots.find(desk.session, key)
    return _tombstone(desk, kept) if kept.withdrawal else _withdrawal(desk, kept, Posted(desk.language))


@routes.post("/{key}/withdrawal")
@acting
def withdraw(desk: Desk, key: str, form: Posted[WithdrawalForm] = posted(WithdrawalForm)) -> Response:
    person = _coordinator(desk, key)
    kept = snapshots.find(desk.session, key)
    if kept.withdrawal:
        return _tombstone(desk, kept)
    if form.errors:
        return _withdrawal(desk, kept, form, 422)
    snapshots.withdraw(desk.session, key, form.form, by=person, now=desk.now)
    return onward(desk, f"/reports/snapshots/{key}")


@routes.get("/{key}.{form}")
@looking
def as_file(desk: Desk, key: str, form: str) -> Response:
    """The JSON is the bytes its digest is of, the same in every language; every other form is made from them."""
    if form not in WRITERS:
        raise Missing
    kept = snapshots.find(desk.session, key)
    if kept.withdrawal:
        return _tombstone(desk, kept)
    if form == "json":
        return _bytes(desk, kept)
    if form == "pdf" and not pdf.possible():
        return RedirectResponse(f"/{desk.language}/reports/snapshots/{key}", 303)
    media_type, write = WRITERS[form]
    return answer(write(_paper(desk, kept)), media_type, f"{key}-{desk.language}", form, kept.row.frozen_at)


@routes.get("/{key}")
@looking
def show(desk: Desk, key: str) -> Response:
    kept = snapshots.find(desk.session, key)
    if kept.withdrawal:
        return _tombstone(desk, kept)
    paper = _paper(desk, kept)
    shown: dict[str, Any] = {
        "row": kept.row, "sheet": paper.sheet, "tables": paper.tables, "forms": FORMS, "pdf": pdf.possible(),
        "cited": citing.lines(kept.row), "may_withdraw": desk.reader.coordinates_somewhere(),
        "written": lambda when: partial(PartialDate.parse(when), desk.language),
    }  # fmt: skip
    return page(desk, "snapshots/show.html", **shown)


def _coordinator(desk: Desk, key: str) -> Person:
    desk.must_be_signed_in(f"/{desk.language}/reports/snapshots/{key}/withdrawal")
    return access.any_coordinator(desk.reader)


def _paper(desk: Desk, kept: Kept) -> Paper:
    document = stored.read(snapshots.content(desk.session, kept))
    path = f"/{desk.language}/reports/snapshots/{kept.row.key}"
    return Paper(document, desk.language, kept.row.as_of, path, kept.row.frozen_at, _day(kept), kept.row.digest)


def _day(kept: Kept) -> date:
    day: date = kept.row.frozen_at.astimezone(BRUSSELS).date()
    return day


def _bytes(desk: Desk, kept: Kept) -> Response:
    row = kept.row
    tag = f'"{row.digest}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Repr-Digest": _repr_digest(row.digest)}
    if _known(desk.request.headers, tag, row.frozen_at):
        return Response(status_code=304, headers=headers)
    whole = answer(snapshots.content(desk.session, kept), "application/json", row.key, "json", row.frozen_at)
    whole.headers.update(headers)
    return whole


def _known(asked: Headers, tag: str, frozen_at: datetime) -> bool:
    """By the tag or, without one, by the date: these bytes never change (RFC 9110, 13.2.2)."""
    if "If-None-Match" in asked:
        return tag in asked["If-None-Match"]
    return moment(asked.get("If-Modified-Since", "")) >= frozen_at.replace(microsecond=0)


def _repr_digest(digest: str) -> str:
    """RFC 9530."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:"


def _title(desk: Desk) -> str:
    """What a report is called on paper, for who has no better name."""
    asked = report_asked.selection(desk)
    try:
        return report_sheet.sheet(report_asked.document(desk, asked), desk.language, desk.as_of, desk.day).title
    except Invalid:
        raise Missing from None


def _new(desk: Desk, form: Posted[Any], status: int = 200) -> Response:
    template = "snapshots/_form.html" if desk.htmx else "snapshots/new.html"
    return page(desk, template, status, form=form, query=report_asked.selection(desk).query())


def _withdrawal(desk: Desk, kept: Kept, form: Posted[Any], status: int = 200) -> Response:
    template = "snapshots/_withdrawal.html" if desk.htmx else "snapshots/withdrawal.html"
    return page(desk, template, status, form=form, row=kept.row)


def _tombstone(desk: Desk, kept: Kept) -> Response:
    return page(desk, "snapshots/gone.html", 410, row=kept.row, withdrawal=kept.withdrawal)
