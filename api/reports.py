from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, Asked, Number
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.shapes import SavedReport
from api.writing import Act, acting
from relais import access, saved_reports
from relais.form import Day
from relais.reports.selection import Selection
from relais.saved_reports import NameForm, ReportForm
from relais.settings import settings

routes = APIRouter(prefix="/reports", tags=["reports"])
writes = APIRouter(tags=["reports"])


class Selected(Selection):
    """The selection of a report, its members named as in its address."""

    as_of: Day | None = None


class NewReport(ReportForm):
    language: Literal["fr", "en"] = "en"
    selection: Selected = Selected()


class ChangedReport(NameForm):
    selection: Selected = Selected()


@routes.get("", response_model=Page[SavedReport], summary="Saved reports")
@looking
def index(asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """Public ones; with a token also the holder's own and those of their groups. In the order they were saved."""
    first = answer.number_after(asked)
    rows = sorted((row for row in saved_reports.of(session, answer.reader) if row.id > first), key=lambda row: int(row.id))
    return answer.page([_told(row, row.slug) for row in rows[: asked.limit + 1]], asked, "id")


@routes.get("/{id}", response_model=SavedReport, summary="One saved report")
@looking
def show(id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002  the name in the address
    report = saved_reports.find(session, answer.reader, id)
    return answer.versioned(_told(report, saved_reports.group_of(session, report)), report.version)


@writes.post(
    "/reports",
    status_code=201,
    response_model=SavedReport,
    summary="Save a report",
    openapi_extra=described({"name": "Digital commons", "selection": {"theme": ["digital-commons"], "as_of": "2026-06-30"}}),
)
@acting
def add(act: Act, form: NewReport) -> Response:
    """For the holder alone, or with `group` for a working group; `public` counts for a group's."""
    by = access.any_contributor(act.reader)
    named = ReportForm(name=form.name, group=form.group, public=form.public)
    query = form.selection.query()
    report = saved_reports.save(act.session, query, named, act.reader, language=form.language, by=by, now=act.now)
    return _written(act, report, 201)


@writes.put(
    "/reports/{id}",
    response_model=SavedReport,
    summary="Change a saved report",
    openapi_extra=described({"name": "Digital commons", "selection": {"theme": ["digital-commons"]}}, matched=True),
)
@acting
def change(act: Act, form: ChangedReport, id: Number) -> Response:  # noqa: A002
    """Its name, whom it is for, and its selection: snapshots frozen before stay as they are. What is left out is emptied."""
    report = saved_reports.changeable(act.session, act.reader, id)
    named, query = NameForm(name=form.name, public=form.public), form.selection.query()
    saved_reports.change(act.session, report, named, version=act.version, by=act.by, now=act.now, query=query)
    return _written(act, report)


@writes.delete("/reports/{id}", status_code=204, summary="Take a saved report off every list", openapi_extra=described(matched=True))
@acting
def remove(act: Act, id: Number) -> Response:  # noqa: A002
    report = saved_reports.changeable(act.session, act.reader, id)
    saved_reports.remove(act.session, report, version=act.version, by=act.by, now=act.now)
    return act(status=204, version=report.version)


@writes.post(
    "/reports/{id}/restorations",
    status_code=201,
    response_model=SavedReport,
    summary="Put a saved report back",
    openapi_extra=described(matched=True),
)
@acting
def restore(act: Act, id: Number) -> Response:  # noqa: A002
    """As it was when it was taken off: `If-Match` wants the tag that was answered then."""
    report = saved_reports.changeable(act.session, act.reader, id, removed=True)
    saved_reports.restore(act.session, report, version=act.version, by=act.by, now=act.now)
    return _written(act, report, 201)


def _written(act: Act, report: Any, status: int = 200) -> Response:
    told = _told(report, saved_reports.group_of(act.written(), report))
    return act(told, status, version=report.version, at=f"/reports/{report.id}")


def _told(report: Any, group: str | None) -> dict[str, Any]:
    url = f"{settings().base_url}/{report.language}/reports" + (f"?{report.query}" if report.query else "")
    return {
        "id": report.id,
        "name": report.name,
        "language": report.language,
        "group": group,
        "public": report.public,
        "query": report.query,
        "url": url,
        "version": report.version,
    }
