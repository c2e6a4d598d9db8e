"""Procedures of the European Parliament become events of the timeline, each with its source."""

from typing import Any

import orjson
import pytest
from sqlalchemy import Engine

from models import Group, Person
from models.imports import Kind
from relais.errors import Invalid
from relais.imports import procedures
from relais.imports.forms import FORMS
from relais.imports.judging import Verdict
from relais.imports.rows import How, Refusal, Row
from tests.exported import exported
from tests.public_record import a_proposal
from tests.relais.importing import applied, brought, previewed


def procedure(*events: Any, **facts: Any) -> bytes:
    told = {"id": "eli/dl/proc/2099-0001", "label": "2099/0001(COD)", "process_title": {"fr": "Un\n règlement", "en": "A regulation"}}
    return orjson.dumps({"data": [told | {"consists_of": events} | facts]})


def event(name: str, day: str, code: str = "PLENARY_VOTE", **facts: Any) -> dict[str, Any]:
    return {
        "id": f"eli/dl/event/{name}",
        "activity_id": name,
        "activity_date": day,
        "had_activity_type": f"def/ep-activities/{code}",
    } | facts


def read(content: bytes) -> list[Row | Refusal]:
    found = list(procedures.read(content, How(language="fr")))
    for row in found:
        if isinstance(row, Row):
            FORMS[row.kind].model_validate(dict(row.values))
    return found


def test_an_event_rests_on_the_page_of_its_procedure() -> None:
    source, vote = read(procedure(event("2099-0001-VOT", "2099-03-02", based_on_a_realization_of=["eli/dl/doc/A-10-2099-0001"])))

    assert source == Row(Kind.SOURCE, "eli/dl/proc/2099-0001", "/data/0", {
        "title": "2099/0001(COD): Un règlement", "publisher": "Parlement européen", "language": "fr",
        "url": "https://data.europarl.europa.eu/eli/dl/proc/2099-0001",
    })  # fmt: skip
    assert vote == Row(Kind.ENTRY, "2099-0001-VOT", "/data/0/consists_of/0", {
        "family": "institutional", "kind": "vote", "on": "2099-03-02", "proposals": ["2099/0001(COD)"], "key": "ep-2099-0001-VOT",
        "title_fr": "2099/0001(COD)\xa0: vote en plénière", "title_en": "2099/0001(COD): vote in plenary",
        "note_fr": "A-10-2099-0001: https://data.europarl.europa.eu/eli/dl/doc/A-10-2099-0001",
        "note_en": "A-10-2099-0001: https://data.europarl.europa.eu/eli/dl/doc/A-10-2099-0001",
        "citations": [{"source": "eli/dl/proc/2099-0001", "locator": "2099-0001-VOT"}],
    })  # fmt: skip


def test_events_come_in_the_order_of_their_days_whatever_they_are() -> None:
    later, unknown, typeless = event("b", "2099-05-01"), event("a", "2099-01-01", "SOMETHING_NEW"), event("c", "2099-09-01")
    del typeless["had_activity_type"]

    found = read(procedure(later, unknown, "eli/dl/event/alone", typeless))

    assert [(row.where, row.values.get("title_en")) for row in found[1:]] == [
        ("/data/0/consists_of/2", None),
        ("/data/0/consists_of/1", "2099/0001(COD): activity in the European Parliament (SOMETHING_NEW)"),
        ("/data/0/consists_of/0", "2099/0001(COD): vote in plenary"),
        ("/data/0/consists_of/3", "2099/0001(COD): activity in the European Parliament"),
    ]
    assert isinstance(found[1], Refusal)


def test_a_procedure_without_its_name_is_refused() -> None:
    assert [row.where for row in read(procedure(label=""))] == ["/data/0"]


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"data":[]}', b"{" * 5000, b'{"data":[{"id":"\\ud800","consists_of":[]}]}', b"\xff"])
def test_another_document_is_none(content: bytes) -> None:
    with pytest.raises(Invalid):
        read(content)


def test_events_concern_every_proposal_that_follows_the_procedure(engine: Engine, public_affairs: Group, coordinator: Person) -> None:
    for slug in ("un", "deux"):
        a_proposal(slug, public_affairs, procedure="2099/0001(COD)")
    a_proposal("autre", public_affairs)
    document = procedure(event("2099-0001-VOT", "2099-03-02")).decode()
    how = {"name": "procedure.jsonld"}

    done = applied(public_affairs, coordinator, brought(public_affairs, coordinator, document, **how))
    again = applied(public_affairs, coordinator, brought(public_affairs, coordinator, document, **how))

    (entry,) = exported()["entries"]
    assert (entry["key"], [(tie["slug"], tie["lead"]) for tie in entry["proposals"]]) == (
        "ep-2099-0001-VOT",
        [("un", False), ("deux", False)],
    )
    assert [citation["locator"] for citation in entry["citations"]] == ["2099-0001-VOT"]
    assert (done.verdicts, again.verdicts) == ({Verdict.NEW: 2}, {Verdict.KNOWN: 2})


def test_a_procedure_nobody_follows_brings_no_event(engine: Engine, public_affairs: Group, coordinator: Person) -> None:
    document = procedure(event("2099-0001-VOT", "2099-03-02")).decode()

    seen = previewed(public_affairs, brought(public_affairs, coordinator, document, "procedure.jsonld"))

    assert [(one.where, one.column) for one in seen.refused] == [("/data/0/consists_of/0", "proposals")]
