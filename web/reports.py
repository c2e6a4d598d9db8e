"""Reports: a selection of the record at an address, shown as it will print, and taken away in every form."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from models.partial_date import PartialDate
from relais import export, reports
from relais.errors import Missing
from relais.export.parts import Part
from relais.i18n import N_, partial
from relais.reports import csv_file, ndjson, tables
from relais.reports.selection import USUAL, Selection
from web import brief_pdf, report_choices, report_sheet, sheet_markdown
from web.brief_sheet import Sheet
from web.desk import Desk, looking
from web.forms import Posted
from web.render import page

routes = APIRouter(prefix="/{language}/reports")
SEVERAL, ONE = ("proposal", "group", "theme", "actor", "part"), ("from", "to", "as_of")


@routes.get("")
@looking
def index(desk: Desk) -> Response:
    """The form beside what it selects; htmx replaces the latter alone."""
    form = _asked(desk)
    document = None
    if not form.errors:
        with form.asking():
            document = _document(desk, form.form)
    shown: dict[str, Any] = {
        "form": form,
        "query": "" if form.errors else form.form.query(),
        "forms": FORMS,
        "pdf": brief_pdf.possible(),
        "sheet": report_sheet.sheet(document, desk.language, desk.as_of) if document and document["proposals"] else None,
        "tables": tables.of(document, desk.language) if document else [],
        "written": lambda when: partial(PartialDate.parse(when), desk.language),
    }
    template = "reports/_report.html" if desk.htmx else "reports/index.html"
    return page(desk, template, 422 if form.errors else 200, **shown, **report_choices.of(desk))


@routes.get("/report.{form}")
@looking
def show(desk: Desk, form: str) -> Response:
    """The report as a file. A PDF only where it can be drawn: else the page, to be printed."""
    if form not in WRITERS:
        raise Missing
    asked = _selection(desk)
    if form == "pdf" and not brief_pdf.possible():
        return RedirectResponse(f"/{desk.language}/reports?{asked.query()}", 303)
    media_type, write = WRITERS[form]
    return _file(desk, write(desk, asked), media_type, "report", form)


@routes.get("/{table}.csv")
@looking
def as_csv(desk: Desk, table: str) -> Response:
    """One table of it. Raises Missing for one that is not among its parts."""
    found = next((one for one in tables.of(_document(desk, _selection(desk)), desk.language) if one.name == table), None)
    if found is None:
        raise Missing
    return _file(desk, csv_file.written(found), csv_file.MEDIA_TYPE, table, "csv")


# --- what was asked --------------------------------------------------------------------------------------------------


def _asked(desk: Desk) -> Posted[Selection]:
    """The query as a form; what it does not know is left out, as other addresses do."""
    query = desk.request.query_params
    values: dict[str, Any] = {name: [one for one in query.getlist(name) if one] for name in SEVERAL if name in query}
    values |= {name: query[name].strip() for name in ONE if name in query}
    form: Posted[Selection] = Posted(desk.language, values)
    form.check(Selection, ())
    form.values.setdefault("part", [part.value for part in USUAL])
    return form


def _selection(desk: Desk) -> Selection:
    """Raises Missing for what cannot be asked for: a file has no form to say it on."""
    form = _asked(desk)
    if form.errors:
        raise Missing
    return form.form


def _document(desk: Desk, selection: Selection) -> Part:
    return reports.document(desk.session, selection, desk.calendar, today=desk.today)


# --- its forms -------------------------------------------------------------------------------------------------------


def _sheet(desk: Desk, selection: Selection) -> Sheet:
    return report_sheet.sheet(_document(desk, selection), desk.language, desk.as_of)


def _json(desk: Desk, selection: Selection) -> bytes:
    return export.written(_document(desk, selection)) + b"\n"


def _ndjson(desk: Desk, selection: Selection) -> bytes:
    return ndjson.written(_document(desk, selection))


def _markdown(desk: Desk, selection: Selection) -> bytes:
    return sheet_markdown.written(_sheet(desk, selection), _path(desk, selection)).encode()


def _workbook(desk: Desk, selection: Selection) -> bytes:
    from relais.reports import workbook  # noqa: PLC0415  whoever asks for it waits for the library, not every start

    document = _document(desk, selection)
    title = report_sheet.sheet(document, desk.language, desk.as_of).title
    return workbook.written(tables.of(document, desk.language), title, f"{desk.request.base_url}".rstrip("/") + _path(desk, selection))


def _word(desk: Desk, selection: Selection) -> bytes:
    from web import brief_docx  # noqa: PLC0415  as above

    return brief_docx.written(_sheet(desk, selection), _path(desk, selection), desk.now)


def _pdf(desk: Desk, selection: Selection) -> bytes:
    return brief_pdf.written(_sheet(desk, selection), _path(desk, selection))


def _path(desk: Desk, selection: Selection) -> str:
    query = selection.query()
    return f"/{desk.language}/reports" + (f"?{query}" if query else "")


WRITERS: dict[str, tuple[str, Callable[[Desk, Selection], bytes]]] = {
    "json": ("application/json", _json),
    "ndjson": ("application/x-ndjson", _ndjson),
    "md": ("text/markdown; charset=utf-8", _markdown),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word),
    "pdf": ("application/pdf", _pdf),
}
FORMS = (
    ("json", "JSON", N_("for programs, in the shape of the export")),
    ("ndjson", "NDJSON", N_("the same, a record in each line")),
    ("xlsx", "Excel", N_("a sheet for each part")),
    ("docx", "Word", N_("with its sources as notes")),
    ("md", "Markdown", N_("to paste into other texts")),
)


def _file(desk: Desk, body: bytes, media_type: str, name: str, kind: str) -> Response:
    """What anybody may see: it may be kept, and asked for again."""
    day = f"-{desk.as_of}" if desk.as_of else ""
    kept = f'{"inline" if kind == "json" else "attachment"}; filename="relais-{name}{day}-{desk.language}.{kind}"'
    return Response(body, media_type=media_type, headers={"Cache-Control": "no-cache", "Content-Disposition": kept})
