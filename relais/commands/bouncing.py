"""Letters that came back: read from what a mail server returned, or named by hand."""

import sys
from pathlib import Path

from relais.commands import database
from relais.db import writing
from relais.mailings import bounces
from relais.settings import now


def run(message: Path | None, address: str) -> str:
    """End the addresses; says how many of them got letters until then. It names none: what it says may stand in a log."""
    found = [(address, "named by hand")] if address else bounces.told(message.read_bytes() if message else sys.stdin.buffer.read())
    engine = database.ready()
    with writing(engine) as session:
        ended = sum(bounces.end(session, one, why, now()) for one, why in found)
    return f"{len(found)} told of, {ended} ended."
