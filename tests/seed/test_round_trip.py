"""The seed, exported and read back into an empty record, is exported the same again."""

from datetime import date
from typing import Any

import orjson
import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from relais import export, ledger
from relais.db import reading, writing
from relais.imports import record as own
from tests.days import NOW, TODAY
from tests.exported import exported


def told(document: dict[str, Any]) -> dict[str, Any]:
    """A document without its state, and with the numbers of claims and citations as their places: those are each record's own."""
    claims = [proposal[kind] for proposal in document["proposals"] for kind in ("moves", "positions")]
    for several in claims:
        places = {claim["id"]: place for place, claim in enumerate(several)}
        for claim in several:
            claim |= {"id": places[claim["id"]], "superseded_by": places.get(claim["superseded_by"])}
    for claim in [*document["entries"], *(claim for several in claims for claim in several)]:
        for place, citation in enumerate(claim["citations"]):
            citation["id"] = place
    document["meta"].pop("state")
    return document


@pytest.mark.parametrize("day", [None, date(2022, 7, 1), date(2025, 1, 1)], ids=str)
def test_the_seed_comes_back_as_it_was(record: Session, engine: Engine, day: date | None) -> None:
    document = export.document(record, as_of=day, today=TODAY)

    with writing() as session:
        put = own.put(session, own.read(document), by=None, now=NOW)

    assert told(exported(day)) == told(orjson.loads(document))
    assert +put.left == {}
    assert +put.there == {}


def test_reading_it_twice_changes_nothing(record: Session, engine: Engine) -> None:
    document = own.read(export.document(record, today=TODAY))
    with writing() as session:
        own.put(session, document, by=None, now=NOW)
        before = ledger.newest(session)

    with writing() as session:
        put = own.put(session, document, by=None, now=NOW)

    with reading() as session:
        assert ledger.newest(session) == before
    assert +put.added == {}
