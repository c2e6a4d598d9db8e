"""The state of the public record, read from the database for every request that asks, and cheaply enough to be asked each time."""

import asyncio
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

import anyio.to_thread
from sqlalchemy import Engine, event

from relais import db

PUBLIC_STATE = "SELECT coalesce(max(id), 0) FROM events WHERE public"


class Watch:
    """Reads the id of the last public event over a connection of its own, outside any transaction.

    On SQLite the read is a few microseconds and done on the spot. Elsewhere it is a message to a server: it is sent from a thread, and
    one answer serves all who asked before it was sent. Who asks later waits for the next, so that nobody is told of an earlier state.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._connection: Any = None
        self._reading: asyncio.Task[int] | None = None
        self._next: asyncio.Task[int] | None = None
        event.listen(engine, "engine_disposed", lambda _engine: self.close())

    async def last(self) -> int:
        """The id of the last public event committed before this was asked, or of a later one. Raises what the driver raises."""
        if self.engine.dialect.name == "sqlite":
            return self._read()
        if self._next is None:
            self._next = asyncio.create_task(self._after(self._reading))
        return await asyncio.shield(self._next)

    async def _after(self, before: "asyncio.Task[int] | None") -> int:
        if before is not None:
            await asyncio.wait([before])
        self._reading, self._next = self._next, None
        return await anyio.to_thread.run_sync(partial(self._read))

    def _read(self) -> int:
        if self._connection is None:
            self._connection = own(self.engine)
        try:
            last: int = self._connection.execute(PUBLIC_STATE).fetchone()[0]
        except Exception:
            self.close()  # the next request tries a new one
            raise
        return last

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
