"""The engine and the one unit of work. Everything that writes goes through `writing`, everything that only reads through `reading`."""

import sqlite3
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    Select,
    String,
    and_,
    any_,
    bindparam,
    cast,
    create_engine,
    event,
    exists,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.pool import ConnectionPoolEntry, Pool
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session, SQLModel, col

from models import Move, Position, Withdrawal
from models.columns import UtcDateTime
from relais.errors import Stale
from relais.settings import settings
from relais.turns import Turns

BUSY_MS = 5000
_ADVISORY = text("SELECT pg_advisory_xact_lock(:key)")


def engine_for(url: str) -> Engine:
    """An engine whose write transactions lose nothing: BEGIN IMMEDIATE, WAL, FULL and foreign keys on SQLite (docs/decisions/0009)."""
    if not url.startswith("sqlite"):
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), pool_pre_ping=True, pool_size=8, max_overflow=8)
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    engine = create_engine(url, connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False}, pool_size=8, max_overflow=8)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@lru_cache
def engine() -> Engine:
    settings().var.mkdir(parents=True, exist_ok=True)
    return engine_for(settings().database_url)


@contextmanager
def writing(bind: Engine | None = None) -> Iterator[Session]:
    """One unit of work: commits when the caller is done, rolls back when it raises. Nobody else commits."""
    bind = bind or engine()
    with _turn(bind), Session(bind, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading(bind: Engine | None = None) -> Iterator[Session]:
    """One steady view of the record that takes no write lock; whatever is changed in it is thrown away."""
    with Session(_reading(bind or engine()), autoflush=False) as session:
        yield session


@lru_cache(maxsize=2)
def _reading(bind: Engine) -> Engine:
    """The same engine for who only reads. Kept: making one takes a tenth of a millisecond, at every page."""
    options: dict[str, Any] = {"relais_reading": True}
    if bind.dialect.name != "sqlite":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return bind.execution_options(**options)


# SQLite has one writer at a time, and who waits for it looks again at growing intervals, so that a late comer may go first again and
# again. Within a process writers therefore queue; between processes SQLite's own waiting is left.
_turns: WeakKeyDictionary[Pool, Turns] = WeakKeyDictionary()


def _turn(bind: Engine) -> AbstractContextManager[None]:
    if bind.dialect.name != "sqlite":
        return nullcontext()
    return _turns.setdefault(bind.pool, Turns()).one(BUSY_MS / 1000)


def take(session: Session, row: Any, version: int) -> None:
    """Claim the next version of a row, or raise Stale when somebody else did since `version` was read."""
    kind: type[Any] = type(row)
    session.flush()
    claimed = session.connection().execute(
        update(kind).where(col(kind.id) == row.id, col(kind.version) == version).values(version=version + 1)
    )
    if claimed.rowcount != 1:
        session.refresh(row)
        session.expunge(row)  # the refusal is read after the rollback, which would empty it
        raise Stale(current=row)
    session.refresh(row, attribute_names=["version"])


def one_at_a_time(session: Session, key: int) -> None:
    """Let no other transaction that names the same number go on until this one ends. On SQLite there is one writer anyway."""
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(_ADVISORY, {"key": key})


def uncorrected(kind: Any) -> ColumnElement[bool]:
    """A condition: no later row corrects this one. For moves, positions and entries, which are never changed but superseded. What was taken
    back stands no more either."""
    standing = col(kind.id).not_in(select(col(kind.supersedes_id)).where(col(kind.supersedes_id).is_not(None)))
    return standing if kind is Move else and_(standing, not_taken_back(kind))


def not_taken_back(kind: Any) -> ColumnElement[bool]:
    """A condition on positions or on entries: this one was not withdrawn."""
    claim: Any = Withdrawal.position_id if kind is Position else Withdrawal.entry_id
    return ~exists().where(col(claim) == col(kind.id)).correlate(kind)


def put(session: Session, row: Any) -> None:
    """Insert a new row at once, as `session.add` and a flush do, without the bookkeeping they need for many: for what is written often."""
    kind: Any = type(row)
    values = {name: value for name, value in row.__dict__.items() if name in kind.model_fields and name != "id"}
    row.id = session.connection().execute(_insert_into(kind), values).scalar_one()
    hold(session, row)


def hold(session: Session, row: Any) -> None:
    """Make a row that was read column by column one of the session's, as if it had loaded it: for what every request reads."""
    make_transient_to_detached(row)
    session.add(row)


@lru_cache
def _insert_into(kind: Any) -> ReturningInsert[tuple[int]]:
    return insert(kind).returning(kind.id)


def insert_over(session: Session, kind: Any) -> Any:
    """The engine's own INSERT, whose `on_conflict_…` says what is done with a row that is there already."""
    own: Any = postgresql.insert if session.connection().dialect.name == "postgresql" else sqlite.insert
    return own(kind)


def columns(*wanted: Any) -> Select[Any]:
    """Select columns rather than rows of the record: what pages that only read are made from."""
    return select(*wanted)


def take_stock(bind: Engine) -> None:
    """Have SQLite count how much there is: else it plans as if every table were small. PostgreSQL does so by itself.

    A table at a time, so that nobody who writes waits for all of them; each in full, since of a part it counts tables and indexes apart.
    """
    for table in SQLModel.metadata.tables if bind.dialect.name == "sqlite" else ():
        with writing(bind) as session:
            session.connection().exec_driver_sql(f"ANALYZE {table}")


def among(dialect: str, column: Any, name: str) -> ColumnElement[bool]:
    """The column is one of the whole numbers bound to that name by `numbers`: however many they are, it is one statement."""
    bound = bindparam(name, type_=String)
    if dialect == "postgresql":
        return column == any_(cast(bound, ARRAY(BigInteger)))  # type: ignore[no-any-return]
    given = func.json_each(bound).table_valued("value")
    return column.in_(select(given.c.value))  # type: ignore[no-any-return]


def numbers(dialect: str, given: Collection[int]) -> str:
    """As the engine writes several: a driver that is given a list takes longer to write five hundred than the engine to look for them."""
    several = ",".join(map(str, given))
    return f"{{{several}}}" if dialect == "postgresql" else f"[{several}]"


def of_many(session: Session, query: Callable[..., Select[Any]], ids: Collection[int], *about: Hashable) -> Sequence[Any]:
    """The rows `query(dialect, *about)` selects `among` the `ids`, all read at once: row by row takes longer. Of none nothing is asked."""
    if not ids:
        return ()
    dialect = session.connection().dialect.name
    return session.connection().execute(query(dialect, *about), {"ids": numbers(dialect, ids)}).all()


def state_of(session: Session) -> int:
    """A number that grows with every change a visitor may see: the id of the last public event."""
    last: int = session.connection().execute(text("SELECT coalesce(max(id), 0) FROM events WHERE public")).scalar_one()
    return last


def last_change(session: Session) -> datetime:
    """When the last public event was recorded: what visitors may read of the record has not changed since."""
    last = text("SELECT recorded_at FROM events WHERE public ORDER BY id DESC LIMIT 1").columns(recorded_at=UtcDateTime)
    at: datetime | None = session.connection().execute(last).scalar()
    return at or datetime(1970, 1, 1, tzinfo=UTC)


def _prepare_sqlite(raw: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    raw.isolation_level = None  # SQLAlchemy says BEGIN itself, below
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}", "synchronous=FULL", "cache_size=-8000"):
        raw.execute(f"PRAGMA {pragma}").close()


def _prepare_postgresql(raw: Any, _entry: ConnectionPoolEntry) -> None:
    """No query is compiled: ours take milliseconds, and compiling half a second, which PostgreSQL spends on what it takes for costly,
    such as a search. Said once connected, since some poolers refuse a connection that asks for it at its start."""
    raw.autocommit = True
    raw.execute("SET jit = off").close()
    raw.autocommit = False


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("relais_reading")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
