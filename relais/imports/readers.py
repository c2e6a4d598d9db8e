"""The forms of file that are read. A new one is a line here, and a module that reads it."""

from dataclasses import dataclass

from relais.i18n import N_
from relais.imports import arguments, csv_file, json_lines, platforms, procedures, tables, xlsx_file
from relais.imports.rows import Read


@dataclass(frozen=True)
class Reader:
    """`name` is a message, `endings` are of files it is tried on unasked. `table` gives the lines of what has columns: whoever
    imports it says which is what."""

    name: str
    read: Read
    endings: tuple[str, ...] = ()
    table: tables.Lines | None = None


READERS: dict[str, Reader] = {
    "csv": Reader(N_("Table (CSV)"), tables.reader(csv_file.lines), (".csv", ".tsv", ".txt"), csv_file.lines),
    "xlsx": Reader(N_("Table (Excel)"), tables.reader(xlsx_file.lines), (".xlsx",), xlsx_file.lines),
    "platforms": Reader(N_("Proposals or comments of Decidim or Consul (CSV)"), platforms.read),
    "json-lines": Reader(N_("Proposals, comments and sources (JSON Lines)"), json_lines.read, (".jsonl", ".ndjson")),
    "arguments": Reader(N_("Arguments for and against (TSV)"), arguments.read),
    "procedures": Reader(N_("Procedure of the European Parliament (JSON-LD)"), procedures.read, (".jsonld",)),
}
