"""One seeded record, shared by the scenes that only read it."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from relais.db import reading, writing
from seed.load import load
from tests.days import NOW


@pytest.fixture
def added(engine: Engine) -> Counter[str]:
    with writing() as session:
        return load(session, NOW)


@pytest.fixture
def record(added: Counter[str]) -> Iterator[Session]:
    with reading() as session:
        yield session
