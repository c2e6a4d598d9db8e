"""A report as a workbook: a sheet for each table, its head frozen and filtered, dates as dates, text never as a formula."""

from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter

from relais.reports.tables import Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # signs a cell holds
WIDE = 60  # signs of a line of prose
LINE, LINES = 15, 27  # points a line takes, and how many a row may have
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook knows no zones; the same report gives the same bytes


def written(tables: list[Table], title: str, about: str) -> bytes:
    """The workbook; `about` is the address of the report."""
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept, OPTIONS)
    book.set_properties({"title": title, "author": "Relais, Social Good Accelerator", "comments": about, "created": EPOCH})
    looks = {name: book.add_format(look) for name, look in LOOKS.items()}
    for table in tables:
        _sheet(book, table, looks)
    book.close()
    return kept.getvalue()


LOOKS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "bg_color": "#E6EFEE", "text_wrap": True, "valign": "top", "bottom": 1},
    "plain": {"valign": "top"},
    "prose": {"valign": "top", "text_wrap": True},
    "day": {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"},
}


def _sheet(book: Any, table: Table, looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet(table.words[:31])
    widths = [WIDE if column.wide else _width(table, place) for place, column in enumerate(table.columns)]
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, widths[place])
        sheet.write_string(0, place, column.words, looks["head"])
    sheet.set_row(0, _height([(column.words, width) for column, width in zip(table.columns, widths, strict=True)]))
    for number, row in enumerate(table.rows, 1):
        for place, cell in enumerate(row):
            _cell(sheet, number, place, cell, looks, wide=table.columns[place].wide)
        sheet.set_row(number, _height([(cell, WIDE) for cell, column in zip(row, table.columns, strict=True) if column.wide]))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _cell(sheet: Any, number: int, place: int, cell: Any, looks: dict[str, Any], *, wide: bool) -> None:
    match cell:
        case None | "":
            return
        case date():
            sheet.write_datetime(number, place, cell, looks["day"])
        case int():
            sheet.write_number(number, place, cell, looks["plain"])
        case _:
            sheet.write_string(number, place, str(cell)[:LONGEST], looks["prose" if wide else "plain"])


def _height(cells: list[tuple[Any, int]]) -> int:
    """Points that show these cells, each with the signs a line of it holds: a program that is told none may show one line of each."""
    lines = (sum(ceil(len(line) / width) or 1 for line in str(cell or "").split("\n")) for cell, width in cells)
    return LINE * min(LINES, max(lines, default=1))


def _width(table: Table, place: int) -> int:
    longest = max((len(str(row[place] or "")) for row in table.rows), default=0)
    return max(10, min(40, longest + 2), len(table.columns[place].words) // 2)
