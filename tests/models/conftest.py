import pytest
from sqlalchemy import Engine

from tests.models.record import ROWS, say


@pytest.fixture
def record(engine: Engine) -> Engine:
    """A database with one sound row in every table of the record."""
    for table in ROWS:
        say(engine, table)
    return engine
