"""Says that something was committed, by this process or another. What it was is for whoever is woken to read.

One connection per process, and only while somebody listens: on PostgreSQL it is told at the commit (LISTEN, relais.ledger.wake), on
SQLite it asks twice a second whether the file has changed, and what this process commits is told at once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import Session

from relais.ledger import CHANNEL
from relais.log import logger
from web.watch import own

POLL = 0.5
ALIVE = 30.0  # how long a silent connection is believed
SOONEST, LATEST = 0.5, 30.0  # between two tries to connect


class Wake:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._loop = asyncio.get_running_loop()
        self._called = asyncio.Event()

    async def called(self, within: float) -> None:
        """Return when something was committed since the last time, or after so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._called.wait(), within)
        self._called.clear()

    def call(self, *_what: Any) -> None:
        """From any thread."""
        with suppress(RuntimeError):  # the loop is closed: nobody sleeps any more
            self._loop.call_soon_threadsafe(self._called.set)

    async def listen(self) -> None:
        """Until cancelled. A connection that is lost is made anew, and whoever sleeps is woken then: nobody knows what was missed."""
        wait, once = SOONEST, self._changes if self.engine.dialect.name == "sqlite" else self._notices
        while True:
            try:
                async for _ in once():
                    wait = SOONEST
                    self.call()
            except Exception:
                logger().warning("not_listening", again_in=wait, exc_info=True)
            await asyncio.sleep(wait)
            wait = min(2 * wait, LATEST)

    async def _notices(self) -> AsyncIterator[None]:
        address = self.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        driver = import_module("psycopg")  # loaded already, unless this is SQLite
        async with await driver.AsyncConnection.connect(address, autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            yield
            while True:
                async for _ in connection.notifies(timeout=ALIVE):
                    yield
                await connection.execute("SELECT 1")

    async def _changes(self) -> AsyncIterator[None]:
        connection, seen = own(self.engine), None
        try:
            while True:
                version = connection.execute("PRAGMA data_version").fetchone()[0]
                if version != seen:
                    seen = version
                    yield
                await asyncio.sleep(POLL)
        finally:
            connection.close()


_listening: set[Wake] = set()


def _committed(session: Session) -> None:
    """Hooked once, for good: a hook put in or taken out while another thread commits would fail that commit."""
    for wake in tuple(_listening):
        wake.call(session)


event.listen(Session, "after_commit", _committed)


@asynccontextmanager
async def listening(engine: Engine) -> AsyncIterator[Wake]:
    wake = Wake(engine)
    task = asyncio.create_task(wake.listen())
    _listening.add(wake)
    try:
        yield wake
    finally:
        _listening.discard(wake)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
