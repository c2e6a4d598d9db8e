"""A dump as a ZIP file: the export as JSON, a CSV file for each table in each language, the schema, and what is in it with checksums."""

import os
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson
from sqlmodel import Session

from relais import VERSION, db, export
from relais.export.named import NAME
from relais.export.schema import schema_text
from relais.i18n import LANGUAGES
from relais.reports import csv_file, stored, tables
from relais.reports.selection import Section, Selection

SCHEMA = "relais-dump-1"
TYPES = {".json": "application/json", ".csv": "text/csv"}


@dataclass(frozen=True)
class Packed:
    state: int
    size: int
    digest: str
    files: list[dict[str, Any]]


def pack(session: Session, folder: Path, name: str, day: date) -> Packed:
    """Write the dump into the folder, where it is whole or not there; what it holds is what any visitor may see."""
    folder.mkdir(parents=True, exist_ok=True)
    state = db.state_of(session)
    whole = export.document(session, today=day)
    contents = {"relais.json": whole, f"{NAME}.schema.json": schema_text().encode(), **_tables(whole)}
    files = [_told(path, body) for path, body in contents.items()]
    unfinished = folder / f".{name}.{os.getpid()}"
    try:
        with ZipFile(unfinished, "x", ZIP_DEFLATED) as packed:
            for path, body in {**contents, "manifest.json": _manifest(day, state, files)}.items():
                packed.writestr(_named(path, day), body)
        with unfinished.open("rb+") as written:
            digest, size = sha256(written.read()).hexdigest(), written.tell()
            os.fsync(written.fileno())
        unfinished.replace(folder / name)
    finally:
        unfinished.unlink(missing_ok=True)
    return Packed(state, size, digest, files)


def _tables(whole: bytes) -> dict[str, bytes]:
    document = stored.read(whole)
    document["meta"]["selection"] = Selection.model_validate({"part": list(Section)}).told()
    return {
        f"csv/{language}/{table.name}.csv": csv_file.written(table) for language in LANGUAGES for table in tables.of(document, language)
    }


def _told(path: str, body: bytes) -> dict[str, Any]:
    return {"name": path, "media_type": TYPES[Path(path).suffix], "bytes": len(body), "sha256": sha256(body).hexdigest()}


def _manifest(day: date, state: int, files: list[dict[str, Any]]) -> bytes:
    about = {"schema": SCHEMA, "day": day, "state": state, "software": {"name": "relais", "version": VERSION}, "licence": export.LICENCE}
    return orjson.dumps({**about, "files": files}, option=orjson.OPT_INDENT_2) + b"\n"


def _named(path: str, day: date) -> ZipInfo:
    """Dated by the day, so that the same record is the same file."""
    named = ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
    named.compress_type, named.external_attr = ZIP_DEFLATED, 0o644 << 16
    return named
