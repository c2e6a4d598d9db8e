"""The forms of file that are read. A new one is a line here, and a module that reads it."""

from dataclasses import dataclass

from relais.i18n import N_
from relais.imports import csv_file, tables
from relais.imports.rows import Read


@dataclass(frozen=True)
class Reader:
    """`name` is a message of the catalogue. `table` gives the lines of what has columns: these are told apart by whoever imports it."""

    name: str
    read: Read
    table: tables.Lines | None = None


READERS: dict[str, Reader] = {
    "csv": Reader(N_("Table (CSV)"), tables.reader(csv_file.lines), csv_file.lines),
}
