"""What came back from a call."""

from dataclasses import dataclass

SECONDS = 20.0  # for a whole call, from the first look to the last byte
GONE = 410
BUSY = {429, 502, 503, 504}


@dataclass(frozen=True)
class Answer:
    """`status` is None where none came back: `why` says what happened. `again` are the seconds a busy receiver asks to be left alone."""

    status: int | None
    why: str = ""
    ms: int = 0
    again: int | None = None

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        return self.status == GONE
