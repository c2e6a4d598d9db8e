"""The ground every test stands on: a migrated database of its own, on the engine named by RELAIS_TEST_ENGINE.

Tests commit as the code does: `with writing() as session: ...` and `with reading() as session: ...` of relais.db use the test's engine.
The cast (people and their groups) is in tests/cast.py.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relais import db
from relais.settings import settings
from tests.databases import DATABASES, ENGINE, Databases
from tests.days import TODAY

pytest_plugins = ["tests.cast", "tests.record"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what makes sense on the other engine only, and on PostgreSQL what asks no database: it ran on SQLite."""
    other = "postgresql" if ENGINE == "sqlite" else "sqlite"
    left_out = [item for item in items if item.get_closest_marker(other) or (ENGINE == "postgresql" and not _asks_a_database(item))]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def _asks_a_database(item: pytest.Item) -> bool:
    return "databases" in getattr(item, "fixturenames", ())


def pytest_report_header() -> str:
    return f"database: {ENGINE}"


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    with DATABASES[ENGINE]() as databases:
        yield databases


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The environment of a Relais that knows no other: set what a test needs before the first call to `settings()`."""
    for name in [name for name in os.environ if name.startswith("RELAIS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RELAIS_VAR", str(tmp_path))
    monkeypatch.setenv("RELAIS_TODAY", TODAY.isoformat())
    monkeypatch.setenv("RELAIS_BASE_URL", "http://testserver")
    settings.cache_clear()
    db.engine.cache_clear()
    yield monkeypatch
    settings.cache_clear()
    db.engine.cache_clear()


@pytest.fixture
def engine(request: pytest.FixtureRequest, house: pytest.MonkeyPatch, databases: Databases) -> Iterator[Engine]:
    """The engine of this test's own migrated database; `relais.db.engine()` is the same."""
    address = databases.seeded() if "seeded" in request.fixturenames else databases.copy()
    house.setenv("RELAIS_DATABASE_URL", address)
    engine = db.engine()
    _compiling_once(engine)
    yield engine
    engine.dispose()
    databases.drop(address)


@pytest.fixture
def seeded(engine: Engine) -> None:
    """The database of this test begins with the real content."""


def _compiling_once(engine: Engine) -> None:
    """Statements are compiled once for all tests, as they are once for the life of a process: they are kept by their dialect, which learns
    what it must know of the database when its own engine first connects."""
    name = engine.dialect.name
    if name not in _engines:
        engine.connect().close()
        _engines[name] = engine
    first = _engines[name]
    engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache


_engines: dict[str, Engine] = {}


@pytest.fixture
def empty_engine(databases: Databases) -> Iterator[Engine]:
    """An engine of a database without a table."""
    address = databases.empty()
    engine = db.engine_for(address)
    yield engine
    engine.dispose()
    databases.drop(address)


# --- web clients: visitor_client, as_editor, ... -----------------------------------------------------------------------
