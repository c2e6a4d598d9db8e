"""Excel workbooks: the first sheet that holds anything. What stands in a cell is text, a number or a day; a formula is what it last gave.

A workbook is a zip of XML. How large it will be is read from the zip's own directory before any of it is unpacked, and XML that declares
entities is not read at all: none written by an office does.
"""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from relais.errors import Invalid
from relais.i18n import N_

EXPANDED = 150_000_000  # bytes of all parts together
RATIO = 200  # of one part to what it takes in the file
SMALL = 10_000_000
PARTS = 2_000
CELLS = 200  # looked at in a row: more columns than a table may have
EMPTY_ROWS = 1_000  # on end, after which a sheet is at its end: some say they have a million


def lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The number of each row that is not empty, and its cells. Raises Invalid for what is no workbook, or too large a one."""
    _harmless(content)
    from openpyxl import load_workbook  # noqa: PLC0415  only imports need it

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception:
        raise Invalid(N_("This is not an Excel workbook"), field="file") from None
    try:
        for sheet in book.worksheets:
            rows = _rows(sheet)
            if first := next(rows, None):
                yield first
                yield from rows
                return
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    empty = 0
    try:
        for number, row in enumerate(sheet.iter_rows(max_col=CELLS + 1, values_only=True), 1):
            cells = [_written(cell) for cell in row]
            while cells and not cells[-1].strip():
                cells.pop()
            empty = 0 if cells else empty + 1
            if empty > EMPTY_ROWS:
                return
            if cells:
                yield number, cells
    except Invalid:
        raise
    except Exception:
        raise Invalid(N_("This Excel workbook is damaged"), field="file") from None


def _written(cell: Any) -> str:
    """As somebody would type it: a day without an hour where it has none, a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _harmless(content: bytes) -> None:
    """Raises Invalid for what would be too large unpacked, and for XML that declares a type: entities grow without end."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            dense = any(part.file_size > SMALL and part.file_size > RATIO * part.compress_size for part in parts)
            if dense or sum(part.file_size for part in parts) > EXPANDED or len(parts) > PARTS:
                raise Invalid(N_("This workbook is too large once unpacked"), field="file")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with packed.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(4096).replace(b"\0", b""):
                            raise Invalid(N_("This workbook is not one an office writes"), field="file")
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        raise Invalid(N_("This is not an Excel workbook"), field="file") from None
