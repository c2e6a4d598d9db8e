"""What happened, told to whom it concerns: what notices and letters begin with."""

from datetime import datetime

from sqlalchemy import Engine

from relais import outbox
from tests.days import NOW


def tell(engine: Engine, now: datetime = NOW) -> None:
    """Everything that is recorded by now."""
    while outbox.prepare(engine, now):
        pass
