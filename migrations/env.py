"""How migrations run: one transaction each, foreign keys off around them on SQLite, and checked before each commits.

`relais.migrations` hands in its engine; the `alembic` command takes the one of the settings.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, Connection, Engine, text
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import models  # noqa: F401  declares every table
from models.columns import UtcDateTime
from relais import db

# Any fixed number: while one process migrates a PostgreSQL database, the next one waits.
MIGRATION_LOCK = 20_161_123


def migrate(engine: Engine) -> None:
    with engine.connect() as connection, _alone(connection):
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_item=render_item,
            render_as_batch=True,
            compare_type=True,
            compare_server_default=False,  # SQLite answers defaults in its own words: an endless difference
            transactional_ddl=True,
            transaction_per_migration=True,
            on_version_apply=refuse_orphans,
            include_name=not_of_the_engine,
        )
        with context.begin_transaction():
            context.run_migrations()


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """A migration must run when the models have moved on: it names plain types, never ours."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if isinstance(item, JSON):
        autogen.imports.add("from sqlalchemy.dialects.postgresql import JSONB")
        return 'sa.JSON().with_variant(JSONB(), "postgresql")'
    return False


def not_of_the_engine(name: str | None, _kind: str, _parents: Any) -> bool:
    """The full-text index is each engine's own: the tables FTS5 keeps it in, a generated column and its index on PostgreSQL."""
    return not (name or "").startswith(("search_words", "search_vector", "ix_search_rows_search_vector"))


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    if connection.dialect.name == "sqlite":
        with _without_foreign_keys(connection):
            yield
    else:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()
        try:
            yield
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
            connection.commit()


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """A table remade in batch mode would empty its children through ON DELETE. Said to the driver: inside BEGIN it would do nothing."""
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF").close()
    try:
        yield
    finally:
        connection.rollback()
        raw.execute("PRAGMA foreign_keys=ON").close()


def refuse_orphans(*, ctx: Any, **_: Any) -> None:
    """Roll back a migration that left a row pointing nowhere."""
    if ctx.connection.dialect.name != "sqlite":
        return
    orphans = ctx.connection.execute(text("PRAGMA foreign_key_check")).all()
    if orphans:
        raise RuntimeError(f"the migration left rows pointing nowhere: {[tuple(orphan) for orphan in orphans[:10]]}")


if context.is_offline_mode():
    raise SystemExit("Relais migrates a database it can reach; there is no offline mode.")
migrate(context.config.attributes.get("engine") or db.engine())
