"""The export as its readers get it, held against its schema each time."""

from datetime import date
from typing import Any

import orjson
from jsonschema import Draft202012Validator, FormatChecker

from relais import export
from relais.db import reading
from relais.export.schema import schema
from tests.days import TODAY

VALID = Draft202012Validator(schema(), format_checker=FormatChecker())


def exported(as_of: date | None = None, **asked: Any) -> dict[str, Any]:
    with reading() as session:
        return valid(export.document(session, as_of=as_of, today=TODAY, **asked))


def exported_one(slug: str, as_of: date | None = None, **asked: Any) -> dict[str, Any]:
    with reading() as session:
        return valid(export.written(export.proposal(session, slug, as_of=as_of, today=TODAY, **asked)))


def valid(written: bytes) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(written)
    VALID.validate(document)
    return document


def when(day: str) -> dict[str, Any]:
    """A date known to the day, in its public shape."""
    return {"date": day, "precision": "day", "from": day, "to": day}


# Of a link between an entry and a proposal: that it is no answer.
NO_ANSWER = {"extent": None, "extent_words": {"fr": "", "en": ""}}
