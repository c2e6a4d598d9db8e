"""Pieces of pages that are kept: written as bytes once, and set into every page that shows them.

To join and to encode what is long takes longer than to render what is new around it. So in a template a piece stands as a mark of a few
signs, and `set_in` puts its bytes there. Nobody can write a mark: it bears what was drawn by lot when the process began.
"""

import re
import secrets
from itertools import count
from weakref import WeakValueDictionary

_LOT = secrets.token_hex(8)
_MARK = re.compile(rf"\x01{_LOT}:(\d+)\x01")
_numbers = count(1)


class Piece:
    """HTML that templates rendered, to be shown by pages: whoever shows it holds it until the page is written."""

    def __init__(self, encoded: bytes) -> None:
        self.encoded, self._number = encoded, next(_numbers)
        _held[self._number] = self

    def __html__(self) -> str:
        return f"\x01{_LOT}:{self._number}\x01"

    def __len__(self) -> int:
        """In bytes; an empty one is false."""
        return len(self.encoded)


_held: WeakValueDictionary[int, Piece] = WeakValueDictionary()


def set_in(html: str) -> bytes:
    """The page, with its pieces where they are marked."""
    runs = enumerate(_MARK.split(html))  # every second one is the number of a piece
    return b"".join(_held[int(run)].encoded if number % 2 else run.encode() for number, run in runs)
