"""A report read back from its JSON, so that every form of it can be made from the bytes that were kept."""

import re
from datetime import date
from typing import Any

import orjson

from relais.export.parts import Part

# Members that hold days where they hold a day at all: `from` of a period is a day, `from` of a move a stage.
DAYS = frozenset({"from", "to", "starts_on", "ends_on", "known_on", "retrieved_on", "since", "until", "checked_on", "as_of"})
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read(written: bytes) -> Part:
    """The document as it was when it was written, its days as days."""
    document: Part = _with_days(orjson.loads(written), "")
    return document


def _with_days(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return {key: _with_days(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_days(one, "") for one in value]
    return date.fromisoformat(value) if name in DAYS and isinstance(value, str) and DAY.fullmatch(value) else value
