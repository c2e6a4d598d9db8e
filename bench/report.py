"""The report: one line for each piece of work, ours beside what it is measured against, the floor and the bar."""

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version


@dataclass(frozen=True)
class Line:
    """`value` is what floor and bar are limits of: a part of what it is beside, milliseconds, seconds or MB. At least, or at most."""

    work: str
    ours: str
    beside: str
    value: float
    floor: float
    bar: float
    unit: str = "%"
    at_most: bool = False

    @property
    def verdict(self) -> str:
        if self._within(self.bar):
            return "bar met"
        return "floor met" if self._within(self.floor) else "**below the floor**"

    def _within(self, limit: float) -> bool:
        return self.value <= limit if self.at_most else self.value >= limit

    def row(self) -> str:
        sign = "≤" if self.at_most else "≥"
        floor, bar = (f"{sign} {_number(limit)} {self.unit}" for limit in (self.floor, self.bar))
        return f"| {self.work} | {self.ours} | {self.beside} | {_number(self.value)} {self.unit} | {floor} | {bar} | {self.verdict} |"


HEAD = "| work | ours | beside | value | floor | bar | |\n|---|---|---|---|---|---|---|"


def markdown(lines: Sequence[Line], engine: str, command: str, at: datetime, load: tuple[float, float], took: float) -> str:
    """The table, with when, where and how it was measured."""
    parts = ", ".join(f"{name} {version(name)}" for name in ("uvicorn", "fastapi", "sqlalchemy", "jinja2", "orjson"))
    about = (
        f"Measured on {at:%Y-%m-%d %H:%M} UTC by `{command}` in {took:.0f} s, on {engine}, Python {platform.python_version()},"
        f" {os.cpu_count()} cores, {sys.platform}; {parts}."
        f" Load of the machine (one minute) before {load[0]:.1f}, after {load[1]:.1f}: above 2 others were at work on it."
    )
    return "\n".join([about, "", HEAD, *(line.row() for line in lines), ""])


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"
