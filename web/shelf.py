"""What was made once and may serve again: so many things, so many bytes in all, the longest unused let go first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    @property
    def size(self) -> int: ...


Kept = TypeVar("Kept", bound=Sized)


class Shelf(Generic[Kept]):
    """May be used from several threads. What is larger than `largest` is not kept."""

    def __init__(self, most: int, most_bytes: int, largest: int) -> None:
        self.most, self.most_bytes, self.largest = most, most_bytes, largest
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._bytes = 0
        self._one_at_a_time = Lock()

    def get(self, name: Hashable) -> Kept | None:
        with self._one_at_a_time:
            found = self._kept.get(name)
            if found is not None:
                self._kept.move_to_end(name)
            return found

    def put(self, name: Hashable, thing: Kept) -> None:
        with self._one_at_a_time:
            self._forget(name)
            if thing.size > self.largest:
                return
            self._kept[name] = thing
            self._bytes += thing.size
            while len(self._kept) > self.most or self._bytes > self.most_bytes:
                self._forget(next(iter(self._kept)))

    def clear(self) -> None:
        with self._one_at_a_time:
            self._kept.clear()
            self._bytes = 0

    def _forget(self, name: Hashable) -> None:
        gone = self._kept.pop(name, None)
        self._bytes -= gone.size if gone else 0
