"""Tables: the first line names the columns, every other one is a row. Which column is which field was said by whoever imports it."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from itertools import islice

from models.imports import Kind
from relais.errors import Invalid
from relais.i18n import N_
from relais.imports import cells
from relais.imports.rows import How, Read, Refusal, Row

Lines = Callable[[bytes], Iterator[tuple[int, list[str]]]]

COLUMNS = 200


def reader(lines: Lines) -> Read:
    def read(content: bytes, how: How) -> Iterator[Row | Refusal]:
        return rows(lines(content), how)

    return read


def rows(lines: Iterator[tuple[int, list[str]]], how: How) -> Iterator[Row | Refusal]:
    """One row for each line. A line that names no id of its own has that of its words: the same line is the same row."""
    if how.kind is None:
        raise Invalid(N_("Say what the lines of this table are"), field="kind")
    headings = _headings(lines)
    for number, line in lines:
        found = dict(zip(headings, line, strict=False))
        told = {field: found[heading].strip() for heading, field in how.columns.items() if found.get(heading, "").strip()}
        if told:
            yield from _row(how.kind, str(number), told, how.language)


def head(lines: Iterator[tuple[int, list[str]]], samples: int = 3) -> dict[str, list[str]]:
    """The columns by heading, each with its first values. Raises Invalid for what has no columns or too many."""
    headings = _headings(lines)
    first = [line for _, line in islice(lines, samples)]
    return {heading: [line[place].strip() for line in first if place < len(line)] for place, heading in enumerate(headings)}


def _headings(lines: Iterator[tuple[int, list[str]]]) -> list[str]:
    """The names of the columns: one that stands there twice is numbered, an empty one called by its place."""
    first = next(lines, (0, []))[1]
    if not first:
        raise Invalid(N_("This table is empty"), field="file")
    if len(first) > COLUMNS:
        raise Invalid(N_("A table may have at most %(most)s columns"), field="file", most=COLUMNS)
    named: list[str] = []
    for place, cell in enumerate(first, 1):
        name = " ".join(cell.split())[:80] or f"({place})"
        named.append(name if name not in named else f"{name} ({place})")
    return named


def _row(kind: Kind, where: str, told: Mapping[str, str], language: str) -> Iterator[Row | Refusal]:
    own = told.get("id") or sha256("\0".join(f"{name}={told[name]}" for name in sorted(told)).encode(errors="replace")).hexdigest()[:16]
    yield Row(kind, own, where, cells.values(kind, told, language))
