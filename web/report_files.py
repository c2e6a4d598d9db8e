"""The files a report is taken away in, made alike from the record as it stands and from the bytes of a snapshot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import format_datetime
from functools import cached_property

from fastapi.responses import Response

from relais import reports
from relais.export.parts import Part
from relais.i18n import N_
from relais.reports import csv_file, ndjson, tables
from relais.settings import settings
from web import report_sheet, sheet_markdown
from web.briefs import pdf
from web.briefs.sheet import Sheet

FORMS = (
    ("json", "JSON", N_("for programs, in the shape of the export")),
    ("ndjson", "NDJSON", N_("the same, a record in each line")),
    ("xlsx", "Excel", N_("a sheet for each part")),
    ("docx", "Word", N_("with its sources as notes")),
    ("md", "Markdown", N_("to paste into other texts")),
)


@dataclass(frozen=True)
class Paper:
    """A report in one language: where it stands on the site, when and on which day it was made, and its digest where it is frozen."""

    document: Part
    language: str
    as_of: date | None
    path: str
    at: datetime
    day: date
    digest: str = ""

    @cached_property
    def sheet(self) -> Sheet:
        return report_sheet.sheet(self.document, self.language, self.as_of, self.as_of or self.day)

    @cached_property
    def tables(self) -> list[tables.Table]:
        return tables.of(self.document, self.language)

    def csv(self, name: str) -> bytes | None:
        """One table of it; None for one that is not among its parts."""
        found = next((one for one in self.tables if one.name == name), None)
        return csv_file.written(found) if found else None


def _json(paper: Paper) -> bytes:
    return reports.written(paper.document)


def _ndjson(paper: Paper) -> bytes:
    return ndjson.written(paper.document)


def _markdown(paper: Paper) -> bytes:
    return sheet_markdown.written(paper.sheet, paper.path).encode()


def _workbook(paper: Paper) -> bytes:
    from relais.reports import workbook  # noqa: PLC0415  whoever asks for it waits for the library, not every start

    return workbook.written(paper.tables, paper.sheet.title, settings().base_url + paper.path)


def _word(paper: Paper) -> bytes:
    from web.briefs import docx  # noqa: PLC0415  as above

    return docx.written(paper.sheet, paper.path, paper.at, paper.digest)


def _pdf(paper: Paper) -> bytes:
    return pdf.written(paper.sheet, paper.path, paper.digest)


WRITERS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "json": ("application/json", _json),
    "ndjson": ("application/x-ndjson", _ndjson),
    "md": ("text/markdown; charset=utf-8", _markdown),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word),
    "pdf": ("application/pdf", _pdf),
}


def answer(body: bytes, media_type: str, name: str, kind: str, at: datetime) -> Response:
    """A file of what anybody may see: it may be kept, and asked for again. `at` is when what it tells last changed."""
    kept = f'{"inline" if kind == "json" else "attachment"}; filename="relais-{name}.{kind}"'
    return Response(
        body,
        media_type=media_type,
        headers={"Cache-Control": "no-cache", "Content-Disposition": kept, "Last-Modified": format_datetime(at, usegmt=True)},
    )
