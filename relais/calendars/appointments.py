"""What stands in a calendar, apart from where it comes from and how it is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Status(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Appointment:
    """Something on one day or several, as long as it is known: `name` is its own for good, `sequence` grows whenever it is changed.

    `made` and `changed` are times of the record. With `to_do` it is also a step, `done` at a time once it is.
    """

    name: str
    first: date
    last: date
    words: str
    told: str
    path: str
    categories: tuple[str, ...]
    made: datetime
    changed: datetime
    sequence: int = 0
    status: Status = Status.CONFIRMED
    to_do: bool = False
    done: datetime | None = None


@dataclass(frozen=True)
class Diary:
    """Appointments in the order of their days, under the words for what they are about; `path` is its page."""

    words: str
    language: str
    path: str
    appointments: tuple[Appointment, ...]

    @property
    def at(self) -> datetime:
        """When anything in it last changed."""
        return max((one.changed for one in self.appointments), default=NEVER)


def diary(words: str, language: str, path: str, appointments: Iterable[Appointment]) -> Diary:
    return Diary(words, language, path, tuple(sorted(appointments, key=lambda one: (one.first, one.last, one.name))))
