"""The public dump of today, made by hand."""

from rich.console import Console

from relais import dumps
from relais.commands import database
from relais.settings import now, settings


def run() -> str:
    """Make it, or make it again; says where it is."""
    engine, day = database.ready(), settings().day()
    with Console(stderr=True).status("Dumping the record"):
        made = dumps.make(engine, now(), day, again=True)
    return f"Written: {dumps.folder() / dumps.name(day)}" if made else "A worker is making it now."
