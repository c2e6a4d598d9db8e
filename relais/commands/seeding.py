"""The real content, put in with a sign of life on a terminal."""

from rich.console import Console

from relais.commands import database
from relais.db import reading, writing
from relais.settings import now
from seed import load


def run(*, if_empty: bool) -> str:
    """Load the content and say what was added."""
    engine = database.ready()
    if if_empty:
        with reading(engine) as session:
            if not load.empty(session):
                return "The record is not empty: nothing was added."
    with Console(stderr=True).status("Seeding the record"), writing(engine) as session:
        added = load.load(session, now())
    counted = ", ".join(f"{count} {noun}" for noun, count in added.items() if count)
    return f"Added: {counted}." if counted else "Everything is there already: nothing was added."
