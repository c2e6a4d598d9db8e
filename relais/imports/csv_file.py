"""CSV as offices write it: UTF-8 or 16 with their marks, or Windows-1252; parted by semicolons, commas or tabs; lines inside quotes."""

import csv
from collections.abc import Iterator
from io import StringIO

from relais.errors import Invalid
from relais.i18n import N_

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SEPARATORS = ";,\t"
LONGEST = 131_072  # signs in one cell: what no form takes anyway
HEAD = 64_000


def lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The number each line begins at, and its cells. Raises Invalid, as it is read on, for what is no table."""
    text = decoded(content)
    if "\0" in text[:HEAD]:
        raise Invalid(N_("This is not a table: it holds signs no text has"), field="file")
    csv.field_size_limit(LONGEST)
    rows = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=False)
    begins = 1
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            raise Invalid(N_("Line %(line)s cannot be read: a quotation mark is not closed, or a cell is too long"), line=begins) from None
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = rows.line_num + 1


def decoded(content: bytes) -> str:
    """As the mark at the beginning says; without one UTF-8, or else Windows-1252, in which every byte is some sign."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _separator(text: str) -> str:
    """The one the first line has most of, outside of quotes."""
    first = "".join(text[:HEAD].split('"')[::2]).lstrip("\r\n").partition("\n")[0]
    return max(SEPARATORS, key=first.count)
