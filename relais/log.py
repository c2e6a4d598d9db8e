"""One JSON line per event on standard error, and no personal data: an address that slips in is blotted out."""

import json
import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger, WrappedLogger

Line = MutableMapping[str, Any]

ADDRESS = re.compile(r"[^\s@<>\"'(){},;]{1,64}@[\w.-]{1,255}")
TOKEN = re.compile(r"/(sign-in|invitations|calendars/tasks|follow/confirm|follow/manage|follow/stop|confirm)/[\w.-]+")
LONGEST = 200  # of what an error says: the rest may quote the record
ENCODER = json.JSONEncoder(default=str)
_quoted = json.encoder.encode_basestring_ascii


def listen() -> None:
    """Hear libraries from warnings up, in lines of the same shape as ours."""
    logging.basicConfig(handlers=[_Libraries()], level=logging.WARNING)


@lru_cache
def logger() -> "FilteringBoundLogger":
    """The logger of this process, set up at the first call."""
    import structlog  # noqa: PLC0415  it brings rich and pygments: a tenth of the start, and most processes have nothing to tell

    listen()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _tell_error,
            _line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=_Standard,
    )
    found: FilteringBoundLogger = structlog.get_logger()
    return found


def request(**line: str | float) -> None:
    """The line about a request, written for every answer: as `logger()` would write it, without the way through its processors."""
    at = datetime.now(UTC).isoformat()[:-6]
    told = ", ".join([f'"{name}": {_quoted(value) if value.__class__ is str else value}' for name, value in line.items()])
    _Standard().msg(_blotted(f'{{"at": "{at}Z", "level": "info", "event": "request", {told}}}'))


class _Standard:
    """Standard error as it is now: a test, or a supervisor, may have put another in its place."""

    def msg(self, line: str) -> None:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()

    debug = info = warning = error = critical = exception = fatal = log = msg


class _Libraries(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        logger().log(record.levelno, record.getMessage(), source=record.name, exc_info=record.exc_info)


def _tell_error(_logger: "WrappedLogger", _method: str, line: Line) -> Line:
    """Where an error came from and the first line of what it says: what follows often holds the values of a statement."""
    told = line.pop("exc_info", None)
    error = told if isinstance(told, BaseException) else (told[1] if isinstance(told, tuple) else sys.exc_info()[1] if told else None)
    if error is not None:
        said = str(error).splitlines() or [""]
        line["error"] = f"{type(error).__name__}: {said[0][:LONGEST]}"
        line["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return line


def _line(_logger: "WrappedLogger", _method: str, line: Line) -> str:
    """JSON in ASCII: no control character, escape sequence or change of writing direction reaches a terminal."""
    first = {name: line.pop(name) for name in ("at", "level", "event")}
    return _blotted(ENCODER.encode({**first, **line}))


def _blotted(line: str) -> str:
    told = ADDRESS.sub("[address]", line) if "@" in line else line  # looking for an address takes long where there is none
    return TOKEN.sub(r"/\1/…", told)
