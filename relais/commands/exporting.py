"""The JSON export as a file that is there whole or not at all, or on standard output."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.progress import DownloadColumn, Progress, SpinnerColumn, TimeElapsedColumn

from relais import export
from relais.commands import database
from relais.commands.refusal import CannotRun
from relais.db import reading
from relais.settings import settings


def run(as_of: date | None, output: Path | None) -> None:
    """Write what the public may see. A terminal sees how far it is."""
    shown = Progress(SpinnerColumn(), DownloadColumn(), TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    shown.disable = output is None or not sys.stderr.isatty()
    with reading(database.ready()) as session, _opened(output) as stream, shown:
        task = shown.add_task("export", total=None)
        for block in export.chunks(session, as_of, today=settings().day()):
            stream.write(block)
            shown.advance(task, len(block))


@contextmanager
def _opened(output: Path | None) -> Iterator[BinaryIO]:
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if not output.parent.is_dir():
        raise CannotRun(f"There is no folder {output.parent}")
    unfinished = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with unfinished.open("xb") as stream:
            yield stream
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
