"""The pages that are open, and what each of them is told: news of one proposal, and who is at work on its texts.

A stream costs a queue and a task, neither a thread nor a connection. One watcher per process is woken when something was committed
(web/wake.py), reads once what all open pages may know of it, and puts the same bytes into every queue they are for.
"""

import asyncio
import signal
import threading
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary

import anyio.to_thread
from sqlalchemy import Engine

from models.event import EventKind
from relais import db
from relais.log import logger
from relais.news import News
from relais.presences import Writer
from web import told
from web.look import Look, Wish, look
from web.wake import listening

MOST = 500
LOOKED_AT_LEAST_EVERY = 20.0
BEHIND = 200  # messages a slow reader may leave waiting; then the stream ends, and the page catches up when it asks again


class Full(Exception):
    """As many streams are open as there may be."""


@dataclass(eq=False)
class Stream:
    """One open page. Its queue holds messages as they are sent; None is the end. `seen` is the last event it needs no telling of."""

    wish: Wish
    seen: int
    writers: bytes | None = None
    queue: asyncio.Queue[bytes | None] = field(default_factory=asyncio.Queue)

    def hears(self, one: News) -> bool:
        """Nobody is told what they did themselves, nor of comments on the page of an ask, which has none."""
        wish = self.wish
        if wish.page == "leg" and one.kind is EventKind.COMMENT_POSTED:
            return False
        return one.proposal_id == wish.proposal_id and one.id > self.seen and (one.author_id is None or one.author_id != wish.person_id)


class Streams:
    """All streams of one event loop."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._open: set[Stream] = set()
        self._each: Counter[Hashable] = Counter()
        self._cursor = 0
        self._ended = False
        self._some = asyncio.Event()
        self._turn = asyncio.Lock()  # one look at a time: nothing can happen between what a new stream has read and what it is told next
        self._reader = anyio.CapacityLimiter(1)
        self._watcher: asyncio.Task[None] | None = None

    async def open(self, wish: Wish, after: int) -> Stream:
        """A new stream, with what happened since event `after` in its queue. Raises Full."""
        if self._ended or self._each.total() >= MOST or self._each[wish.client] >= wish.most:
            raise Full
        self._each[wish.client] += 1
        try:
            async with self._turn:
                stream, found = await self.caught_up(wish, after)
                if not self._open:
                    self._cursor = found.upto
                self._open.add(stream)
        except BaseException:
            self._each[wish.client] -= 1
            raise
        self._some.set()
        if self._watcher is None:
            self._watcher = asyncio.create_task(self._watch())
        return stream

    async def caught_up(self, wish: Wish, after: int) -> tuple[Stream, Look]:
        """A stream nobody adds to, with what happened since."""
        found = await self._look(after, [wish])
        stream = Stream(wish, after)
        self._hand_out([stream], found)
        stream.seen = found.upto
        return stream, found

    def close(self, stream: Stream) -> None:
        """The page has gone."""
        if stream in self._open:
            self._open.discard(stream)
            self._each[stream.wish.client] -= 1
            if not self._each[stream.wish.client]:
                del self._each[stream.wish.client]
        if not self._open:
            self._some.clear()

    def end(self) -> None:
        """The server stops: every stream ends, and no other begins."""
        self._ended = True
        for stream in self._open:
            stream.queue.put_nowait(None)
        if self._watcher:
            self._watcher.cancel()

    async def _watch(self) -> None:
        while await self._some.wait():
            async with listening(self.engine) as wake:
                within = 0.0
                while self._open:
                    await wake.called(within)
                    within = await self._tell()

    async def _tell(self) -> float:
        """Tell all what is new: within how many seconds to look again at the latest."""
        try:
            async with self._turn:
                streams = list(self._open)
                found = await self._look(self._cursor, [stream.wish for stream in streams])
                for stream in streams:
                    if not found.open_to(stream.wish):
                        stream.queue.put_nowait(None)
                self._hand_out([stream for stream in streams if found.open_to(stream.wish)], found)
                self._cursor = found.upto
        except Exception:
            logger().warning("news_not_read", exc_info=True)
            return 5.0
        leaves = min((writer.until for writer in found.writers), default=None)
        return LOOKED_AT_LEAST_EVERY if leaves is None else min(LOOKED_AT_LEAST_EVERY, max(0.1, (leaves - found.at).total_seconds() + 0.1))

    async def _look(self, after: int, wishes: Collection[Wish]) -> Look:
        return await anyio.to_thread.run_sync(partial(look, after, wishes), limiter=self._reader)

    def _hand_out(self, streams: Collection[Stream], found: Look) -> None:
        """Each message is rendered once for all who are told the same in the same words."""
        made: dict[Hashable, bytes] = {}
        for stream in streams:
            wish = stream.wish
            for one in found.news[wish.sight]:
                if stream.hears(one):
                    name = (one.id, wish.language, wish.page, wish.member)
                    _put(stream, _once(made, name, partial(told.news, one, wish.language, wish.page, member=wish.member)))
            if wish.member:
                self._say_who_writes(stream, found.writers, made)

    def _say_who_writes(self, stream: Stream, writers: list[Writer], made: dict[Hashable, bytes]) -> None:
        wish = stream.wish
        others = tuple(one for one in writers if one.proposal_id == wish.proposal_id and one.person_id != wish.person_id)
        names = tuple((one.person_id, one.language) for one in others)
        words = _once(made, (wish.proposal_id, names, wish.language), partial(told.writers, others, wish.language))
        if words != stream.writers:
            stream.writers = words
            _put(stream, words)


def _once(made: dict[Hashable, bytes], name: Hashable, make: Callable[[], bytes]) -> bytes:
    if name not in made:
        made[name] = make()
    return made[name]


def _put(stream: Stream, message: bytes) -> None:
    if stream.queue.qsize() < BEHIND:
        stream.queue.put_nowait(message)
    elif stream.queue.qsize() == BEHIND:
        stream.queue.put_nowait(None)


@contextmanager
def ending_at_the_signal() -> Iterator[None]:
    """While this is on, a signal to stop ends the streams before the server sees it: it waits for open answers, and theirs have no end."""
    here, loop = streams(), asyncio.get_running_loop()
    before: dict[int, Any] = {}

    def pass_on(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(here.end)
        if callable(before[number]):
            before[number](number, frame)

    if threading.current_thread() is threading.main_thread():
        before |= {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        here.end()


_streams: WeakKeyDictionary[asyncio.AbstractEventLoop, Streams] = WeakKeyDictionary()


def streams() -> Streams:
    """Those of this event loop on the engine in use."""
    loop, engine = asyncio.get_running_loop(), db.engine()
    found = _streams.get(loop)
    if found is None or found.engine is not engine:
        found = _streams[loop] = Streams(engine)
    return found
