"""What changed in a selection between two days, and between two snapshots: on a page, and in the forms of reports."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from models.partial_date import PartialDate
from relais import db, reports, snapshots
from relais.errors import Invalid, Missing
from relais.export.parts import Part
from relais.form import Form
from relais.i18n import N_, partial
from relais.reports import csv_file, stored
from relais.reports.changes_told import Changes
from relais.reports.selection import Selection
from relais.reports.tables import Table
from web import changes_sheet, report_asked
from web.briefs import pdf
from web.briefs.sheet import Sheet
from web.desk import Desk, looking
from web.forms import Posted
from web.render import page
from web.report_files import FORMS, WRITERS, Paper, answer

routes = APIRouter(prefix="/{language}/reports")
OFFERED = tuple(form for form in FORMS if form[0] != "ndjson")
Key = Annotated[str, Query(max_length=16)]


class DaysForm(Form):
    """From the end of one day to the end of another; until today where none is said."""

    since: date
    until: date | None = None


@dataclass(frozen=True)
class Compared(Paper):
    """Two reports, and in one language what changed from the first to the second."""

    told: Changes | None = None

    @cached_property
    def sheet(self) -> Sheet:
        return changes_sheet.sheet(self._told)

    @cached_property
    def tables(self) -> list[Table]:
        return self._told.tables()

    @property
    def _told(self) -> Changes:
        if self.told is None:
            raise ValueError("nothing is compared")
        return self.told


@routes.get("/changes")
@looking
def index(desk: Desk) -> Response:
    asked, days = _selection(desk), _days(desk)
    paper = None
    if any(days.values.values()) and not days.errors:
        with days.asking():
            paper = _between(desk, asked, days.form)
    return _page(desk, "changes/index.html", paper, days, asked=asked, query=asked.query())


@routes.get("/changes.{form}")
@looking
def as_file(desk: Desk, form: str) -> Response:
    asked, days = _selection(desk), _days(desk)
    if days.errors or not days.values["since"]:
        raise Missing
    return _file(desk, _between(desk, asked, days.form), form, f"changes-{days.form.since}-{days.form.until or desk.today}")


@routes.get("/snapshots/compare")
@looking
def compare(desk: Desk, first: Key = "", second: Key = "") -> Response:
    """Two of them; which, where not both are said."""
    paper = _compared(desk, first, second) if first and second else None
    rows, _ = snapshots.every(desk.session)
    known = [row for row in rows if not row.withdrawn_at]
    return _page(desk, "changes/compare.html", paper, Posted(desk.language, {"first": first, "second": second}), known=known)


@routes.get("/snapshots/compare.{form}")
@looking
def compare_as_file(desk: Desk, form: str, first: Key = "", second: Key = "") -> Response:
    return _file(desk, _compared(desk, first, second), form, f"changes-{first}-{second}")


def _selection(desk: Desk) -> Selection:
    """The days stand beside it."""
    return report_asked.selection(desk).model_copy(update={"as_of": None})


def _days(desk: Desk) -> Posted[DaysForm]:
    """The two days as typed; whoever typed none is asked for them, and has done nothing wrong."""
    typed = {name: desk.request.query_params.get(name, "").strip() for name in ("since", "until")}
    form: Posted[DaysForm] = Posted(desk.language, typed)
    if any(typed.values()):
        form.check(DaysForm, ())
    return form


def _between(desk: Desk, asked: Selection, days: DaysForm) -> Compared:
    """Raises Invalid beside its field for days that are no span."""
    until = days.until or desk.today
    if days.since >= min(until, desk.today):
        raise Invalid(N_("Choose a day before the other, and before today"), field="since")
    first, second = (_as_of(desk, asked, day) for day in (days.since, until))
    query = urlencode({"since": days.since, "until": days.until} if days.until else {"since": days.since})
    return _paper(desk, first, second, f"changes?{'&'.join(filter(None, (asked.query(), query)))}")


def _as_of(desk: Desk, asked: Selection, day: date) -> Part:
    return reports.document(desk.session, asked.model_copy(update={"as_of": day}), desk.calendar, today=desk.today)


def _compared(desk: Desk, first: str, second: str) -> Compared:
    """Raises Missing for one that is not there, and Gone for one that was withdrawn."""
    before, after = (stored.read(snapshots.content(desk.session, snapshots.find(desk.session, key))) for key in (first, second))
    return _paper(desk, before, after, f"snapshots/compare?{urlencode({'first': first, 'second': second})}")


def _paper(desk: Desk, before: Part, after: Part, path: str) -> Compared:
    told = Changes(before, after, desk.language)
    return Compared(told.changes, desk.language, None, f"/{desk.language}/reports/{path}", desk.now, desk.today, told=told)


def _file(desk: Desk, paper: Compared, form: str, name: str) -> Response:
    if form == "csv":
        return answer(paper.csv("changes") or b"", csv_file.MEDIA_TYPE, f"{name}-{desk.language}", form, db.last_change(desk.session))
    if form not in WRITERS or form == "ndjson":
        raise Missing
    if form == "pdf" and not pdf.possible():
        return RedirectResponse(paper.path, 303)
    media_type, write = WRITERS[form]
    return answer(write(paper), media_type, f"{name}-{desk.language}", form, db.last_change(desk.session))


def _page(desk: Desk, template: str, paper: Compared | None, form: Posted[Any], **more: Any) -> Response:
    shown = {
        "form": form, "sheet": paper.sheet if paper else None, "forms": OFFERED, "pdf": pdf.possible(),
        "files": paper.path.removeprefix(f"/{desk.language}").replace("?", ".{}?", 1) if paper else "",
        "written": lambda when: partial(PartialDate.parse(when), desk.language),
    }  # fmt: skip
    return page(desk, template, 422 if form.errors else 200, **shown, **more)
