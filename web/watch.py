"""The state of the public record, read from the database for every request that asks, and cheaply enough to be asked each time."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import anyio.to_thread
from sqlalchemy import Engine, event

from relais import db

PUBLIC_STATE = "SELECT id, recorded_at FROM events WHERE public ORDER BY id DESC LIMIT 1"


class Last(NamedTuple):
    """The last public event, and when it was recorded, as the driver gives it: it is asked at every request, and read by few."""

    id: int
    recorded: str | datetime

    @property
    def at(self) -> datetime:
        """SQLite keeps UTC without saying so."""
        at = datetime.fromisoformat(self.recorded) if isinstance(self.recorded, str) else self.recorded
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at


NONE = Last(0, datetime(1970, 1, 1, tzinfo=UTC))  # before the first


class Watch:
    """Reads the last public event over a connection of its own, outside any transaction.

    On SQLite the read is a few microseconds and done on the spot. Elsewhere it is a message to a server: it is sent from a thread, and
    one answer serves all who asked before it was sent. Who asks later waits for the next, so that nobody is told of an earlier state.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._connection: Any = None
        self._reading: asyncio.Task[Last] | None = None
        self._next: asyncio.Task[Last] | None = None
        event.listen(engine, "engine_disposed", lambda _engine: self.close())

    async def last(self) -> Last:
        """The last public event committed before this was asked, or of a later one. Raises what the driver raises."""
        if self.engine.dialect.name == "sqlite":
            return self._read()
        if self._next is None:
            self._next = asyncio.create_task(self._after(self._reading))
        return await asyncio.shield(self._next)

    async def _after(self, before: "asyncio.Task[Last] | None") -> Last:
        if before is not None:
            await asyncio.wait([before])
        self._reading, self._next = self._next, None
        return await anyio.to_thread.run_sync(partial(self._read))

    def _read(self) -> Last:
        if self._connection is None:
            self._connection = own(self.engine)
        try:
            found = self._connection.execute(PUBLIC_STATE).fetchone()
        except Exception:
            self.close()  # the next request tries a new one
            raise
        return Last(*found) if found else NONE

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


_watches: WeakKeyDictionary[asyncio.AbstractEventLoop, Watch] = WeakKeyDictionary()


def watch() -> Watch:
    """The watch of this event loop on the engine in use."""
    loop, engine = asyncio.get_running_loop(), db.engine()
    found = _watches.get(loop)
    if found is None or found.engine is not engine:
        found = _watches[loop] = Watch(engine)
    return found


def own(engine: Engine) -> Any:
    """A connection taken out of the pool for good, every statement of which sees what is committed by then."""
    fairy = engine.raw_connection()
    connection: Any = fairy.driver_connection
    fairy.detach()
    if engine.dialect.name != "sqlite":
        connection.autocommit = True
    return connection
