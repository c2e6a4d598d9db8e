"""The forms of file that are read. A new one is a line here, and a module that reads it."""

from dataclasses import dataclass

from relais.i18n import N_
from relais.imports import arguments, csv_file, json_lines, platforms, procedures, tables
from relais.imports.rows import Read


@dataclass(frozen=True)
class Reader:
    """`name` is a message of the catalogue. `table` gives the lines of what has columns: these are told apart by whoever imports it."""

    name: str
    read: Read
    table: tables.Lines | None = None


READERS: dict[str, Reader] = {
    "csv": Reader(N_("Table (CSV)"), tables.reader(csv_file.lines), csv_file.lines),
    "platforms": Reader(N_("Proposals or comments of Decidim or Consul (CSV)"), platforms.read),
    "json-lines": Reader(N_("Proposals, comments and sources (JSON Lines)"), json_lines.read),
    "arguments": Reader(N_("Arguments for and against (TSV)"), arguments.read),
    "procedures": Reader(N_("Procedure of the European Parliament (JSON-LD)"), procedures.read),
}
