"""One seeded record for each worker, shared by the scenes that only read it."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from relais.db import engine_for, reading, writing
from seed.load import load
from tests.databases import Databases
from tests.days import NOW


@pytest.fixture(scope="session")
def loaded(databases: Databases) -> Iterator[tuple[Engine, Counter[str]]]:
    address = databases.copy()
    engine = engine_for(address)
    with writing(engine) as session:
        added = load(session, NOW)
    yield engine, added
    engine.dispose()
    databases.drop(address)


@pytest.fixture
def added(loaded: tuple[Engine, Counter[str]]) -> Counter[str]:
    """How much of each noun went in."""
    return loaded[1]


@pytest.fixture
def record(loaded: tuple[Engine, Counter[str]]) -> Iterator[Session]:
    with reading(loaded[0]) as session:
        yield session
