"""Taking turns within one process: first come, first served."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, get_ident


class Turns:
    """One thread at a time, in the order they came."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._whose: int | None = None
        self._waiting: deque[tuple[int, Lock]] = deque()

    @property
    def taken(self) -> bool:
        return self._whose is not None

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    @contextmanager
    def one(self, seconds: float) -> Iterator[None]:
        """Wait for a turn and keep it until done. Who has one already, or has waited so many seconds in vain, goes on without."""
        mine = self._whose != get_ident() and self._take(seconds)
        try:
            yield
        finally:
            if mine:
                self._pass_on()

    def _take(self, seconds: float) -> bool:
        called = Lock()
        ticket = get_ident(), called
        with self._guard:
            if self._whose is None:
                self._whose = get_ident()
                return True
            called.acquire()
            self._waiting.append(ticket)
        if called.acquire(timeout=seconds):
            return True
        with self._guard:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
                return False
        return True  # called between the two looks

    def _pass_on(self) -> None:
        with self._guard:
            self._whose, called = self._waiting.popleft() if self._waiting else (None, None)
        if called:
            called.release()
