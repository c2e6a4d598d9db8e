"""A date as precisely as a source gives it: a day, some days, a month, a half-year, a year, a day by which, or none."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    DAY = "day"
    BY = "by"  # so by this day at the latest; since when is not recorded (docs/decisions/0008)
    MONTH = "month"
    HALF_YEAR = "half_year"
    YEAR = "year"
    UNDATED = "undated"


HALF = re.compile(r"(\d{4})-?[HS]([12])", re.IGNORECASE)
NUMBERS = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
LATEST = re.compile(r"(?:by|au plus tard(?: le)?)\s+(\S+)", re.IGNORECASE)
WRITTEN = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


@dataclass(frozen=True)
class PartialDate:
    """`on` is the first day of the span named by `precision`; `until` the last of several days, else None."""

    on: date | None
    until: date | None = None
    precision: Precision = Precision.DAY

    @classmethod
    def parse(cls, written: str) -> "PartialDate":
        """Read `2022-06-21`, `2022-06-21/2022-06-22`, `2022-06`, `2022-H1` (or S1), `2022`, `by 2022-03-15`, `21/06/2022` or nothing.
        In French `au plus tard 2022-03-15`.

        Raises ValueError for anything else, and for a range that ends before it begins.
        """
        written = written.strip()
        if not written:
            return UNDATED
        if latest := LATEST.fullmatch(written):
            return cls(_day(latest[1]), precision=Precision.BY)
        if "/" in written and not WRITTEN.fullmatch(written):
            first, last = (_day(part.strip()) for part in written.split("/", 1))
            if last < first:
                raise ValueError("ends before it begins")
            return cls(first, last if last != first else None)
        if half := HALF.fullmatch(written):
            return cls(date(int(half[1]), 1 if half[2] == "1" else 7, 1), precision=Precision.HALF_YEAR)
        if NUMBERS.fullmatch(written) and len(written) == 4:
            return cls(date(int(written), 1, 1), precision=Precision.YEAR)
        if NUMBERS.fullmatch(written) and len(written) == 7:
            return cls(date.fromisoformat(f"{written}-01"), precision=Precision.MONTH)
        return cls(_day(written))

    def __str__(self) -> str:
        """The same notation `parse` reads."""
        if self.on is None:
            return ""
        match self.precision:
            case Precision.BY:
                return f"by {self.on.isoformat()}"
            case Precision.MONTH:
                return self.on.strftime("%Y-%m")
            case Precision.HALF_YEAR:
                return f"{self.on.year:04}-H{1 if self.on.month < 7 else 2}"
            case Precision.YEAR:
                return f"{self.on.year:04}"
        return f"{self.on.isoformat()}/{self.until.isoformat()}" if self.until else self.on.isoformat()

    def last(self) -> date | None:
        """The last day of the span, None when undated."""
        if self.on is None:
            return None
        match self.precision:
            case Precision.MONTH:
                return self.on.replace(day=monthrange(self.on.year, self.on.month)[1])
            case Precision.HALF_YEAR:
                return date(self.on.year, 6, 30) if self.on.month < 7 else date(self.on.year, 12, 31)
            case Precision.YEAR:
                return date(self.on.year, 12, 31)
        return self.until or self.on

    def certain_by(self, day: date) -> bool:
        """Whether it was surely so on `day`: begun, for days; wholly past, for a coarser span; never, when undated."""
        if self.on is None:
            return False
        if self.precision in (Precision.DAY, Precision.BY):
            return self.on <= day
        return (self.last() or day) <= day

    def falls_between(self, first: date, last: date) -> bool:
        """Whether it falls in one span and no other; several days fall where they begin; too coarse a date falls in none."""
        if self.on is None:
            return False
        if self.precision in (Precision.DAY, Precision.BY):
            return first <= self.on <= last
        return first <= self.on and (self.last() or self.on) <= last

    def order(self) -> tuple[date, date]:
        """A key that sorts dates by where they end; what is undated comes last."""
        return (self.on or date.max, self.last() or date.max)


UNDATED = PartialDate(None, precision=Precision.UNDATED)


def _day(written: str) -> date:
    if day := WRITTEN.fullmatch(written):
        return date(int(day[3]), int(day[2]), int(day[1]))
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        raise ValueError(f"not a date: {written!r}")
    return date.fromisoformat(written)
