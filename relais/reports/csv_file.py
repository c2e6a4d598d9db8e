"""A table as CSV (RFC 4180, UTF-8 with its mark so that spreadsheets know it): no cell of it is a formula."""

import csv
from io import StringIO

from relais.reports.tables import Table

MEDIA_TYPE = "text/csv; charset=utf-8"
# What a spreadsheet would take for the start of a formula, also after blanks (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def written(table: Table) -> bytes:
    """The columns’ names in the first line: they are the same in every language."""
    kept = StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")
    writer.writerow([plain(column.name) for column in table.columns])
    writer.writerows([[cell if isinstance(cell, int) else plain(str(cell or "")) for cell in row] for row in table.rows])
    return b"\xef\xbb\xbf" + kept.getvalue().encode()


def plain(text: str) -> str:
    """Text a spreadsheet leaves alone: an apostrophe stands before what it would count."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
