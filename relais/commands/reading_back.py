"""An export of Relais read back into the record, all of it or nothing: docs/imports.md tells what comes back equal."""

from collections import Counter
from pathlib import Path

from rich.console import Console

from relais.commands import database
from relais.commands.refusal import CannotRun
from relais.db import writing
from relais.errors import Invalid
from relais.export.named import NAME
from relais.imports import record
from relais.imports.record.putting import Putting, Unfit
from relais.settings import now

LARGEST = 100_000_000  # ten times as much memory is taken
HEAD = 1000


def exported(file: Path) -> bool:
    """Whether a file says of itself that it is an export."""
    with file.open("rb") as opened:
        return f'"schema":"{NAME}"'.encode() in b"".join(opened.read(HEAD).split())


def run(file: Path, *, dry: bool) -> str:
    """Put what is missing into the record, or with `dry` tell what that would be."""
    if file.stat().st_size > LARGEST:
        raise CannotRun(f"An export of more than {LARGEST // 1_000_000} MB is not read back: restore a backup")
    try:
        document = record.read(file.read_bytes())
        with Console(stderr=True).status("Reading the export back"), writing(database.ready()) as session:
            told = _told(record.put(session, document, by=None, now=now()))
            if dry:
                session.rollback()
    except Unfit as no:
        raise CannotRun(f"Nothing was added. {no.where}: {no}") from None
    except Invalid as no:
        raise CannotRun(str(no)) from None
    return f"Would add: {told}" if dry else f"Added: {told}"


def _told(put: Putting) -> str:
    def counted(counts: Counter[str]) -> str:
        return ", ".join(f"{many} {noun}" for noun, many in counts.items() if many) or "nothing"

    left = f". Left out: {counted(put.left)}" if +put.left else ""
    return f"{counted(put.added)}. There already: {counted(put.there)}{left}"
