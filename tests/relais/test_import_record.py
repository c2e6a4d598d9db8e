"""The whole record, exported from one database and put into another through the verbs."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import Engine

from models import Entry, Group, Move, Person, Proposal
from relais import answers, entries, export, proposals, texts
from relais.answers import AnswerForm
from relais.db import engine_for, reading, writing
from relais.errors import Invalid
from relais.imports import record
from relais.imports.record.putting import Putting, Unfit
from relais.proposals import MoveForm
from relais.sources import checks, settlements
from relais.sources.checks import CheckForm
from relais.sources.settlements import SettlementForm
from relais.texts import TextForm
from tests.asks import a_calendar, a_leg, carried, closed
from tests.databases import Databases
from tests.days import NOW, TODAY
from tests.exported import exported, valid
from tests.public_record import (
    a_comment,
    a_corrected_entry,
    a_corrected_position,
    a_position,
    a_proposal,
    a_source,
    a_theme,
    an_entry,
    moved,
)
from tests.seed.test_round_trip import told

LATER = NOW + timedelta(days=400)


@pytest.fixture
def elsewhere(databases: Databases) -> Iterator[Engine]:
    """Another Relais, empty."""
    address = databases.copy()
    engine = engine_for(address)
    yield engine
    engine.dispose()
    databases.drop(address)


@pytest.fixture
def lively(public_affairs: Group, editor: Person) -> Proposal:
    """A proposal with everything that can happen to one."""
    a_calendar()
    a_theme("commons")
    press = a_source("press", url="https://example.org/press", published="2022-06")
    a_source("rebuttal")
    guichet = a_proposal("guichet", public_affairs, cites="press", themes=["commons"], origin="press", procedure="2022/0379(COD)")
    other = a_proposal("doublon", public_affairs)
    moved(other, "merged", on="2023", into="guichet", reason_en="The same ask")
    backed = moved(guichet, "backed", on="2022-06-22", cites="press", label_fr="19 États")
    moved(guichet, "adopted")
    first = a_position(guichet, "ireland", on="2022-H1", cites="press", note_en="In the plenary")
    contested = {"citations": [{"source": "press"}, {"source": "rebuttal", "supports": False, "quote": "Never", "quote_language": "en"}]}
    a_corrected_position(guichet, first, editor, actor="ireland", stance="supports_with_reservations", **contested)
    vote = an_entry("vote", guichet, leads=(other,), on="2022-06-21/2022-06-22")
    a_corrected_entry(vote, editor, "2022-06-21")
    hidden = a_leg(guichet, editor, "2022-fr", "Ask", public=True, targets=["ireland"])
    carried(hidden, guichet, editor, "2022-cz")
    closed(hidden, guichet, editor, "They did")
    with writing() as session:
        checks.record(session, press, CheckForm(checked_on=TODAY, reachable=True), by=editor, now=NOW, today=TODAY)
        row = session.get_one(Proposal, guichet.id)
        form = MoveForm(to="backed", on="2022-06-23", reason_fr="Un jour plus tard", citations=[{"source": "rebuttal", "supports": False}])
        new = proposals.correct_move(session, row, session.get_one(Move, backed.id), form, by=editor, now=LATER)
        held = SettlementForm(reason_en="We were there")
        settlements.settle(session, new, held, seen=0, proposal=row, by=editor, now=LATER, public=True)
        texts.save(session, row, "en", TextForm(title="One stop"), base=0, by=editor, now=LATER)
        act = session.get_one(Entry, an_act(session, row))
        answers.link(session, row, act, AnswerForm(entry="act", extent="partly", words_en="Half of it"), seen="", by=editor, now=NOW)
    return guichet


def an_act(session: Any, proposal: Proposal) -> int:
    form = entries.EntryForm(family="institutional", kind="decision", on="2024-01", title_en="An act")
    return entries.add(session, form, concerns=[proposal], by=None, now=NOW, key="act").id


def put(engine: Engine, document: bytes | dict[str, Any]) -> Putting:
    content = document if isinstance(document, bytes) else orjson.dumps(document)
    with writing(engine) as session:
        return record.put(session, record.read(content), by=None, now=LATER + timedelta(days=1))


def exported_from(engine: Engine) -> dict[str, Any]:
    with reading(engine) as session:
        return valid(export.document(session, today=TODAY))


def test_all_that_happened_comes_back_as_it_was(lively: Proposal, elsewhere: Engine) -> None:
    document = exported()

    done = put(elsewhere, document)

    assert told(exported_from(elsewhere)) == told(document)
    assert +done.left == {}


def test_what_is_there_stays_as_it_is(lively: Proposal, elsewhere: Engine) -> None:
    document = exported()
    put(elsewhere, document)
    changed = exported()
    changed["proposals"][0]["texts"]["fr"]["title"] = "Autre chose"
    changed["proposals"][0]["positions"].clear()

    done = put(elsewhere, changed)

    assert +done.added == {}
    assert told(exported_from(elsewhere)) == told(document)


def test_what_the_document_does_not_hold_is_told(lively: Proposal, elsewhere: Engine, editor: Person) -> None:
    a_comment(lively, editor, "Un avis", public=True)
    a_position(lively, "ireland", stance="opposes", on="2025")
    with writing() as session:
        row = session.get_one(Proposal, lively.id)
        texts.save(session, row, "fr", TextForm(title="Guichet, mieux"), base=1, by=editor, now=LATER)
    document = exported()

    done = put(elsewhere, document)

    found = exported_from(elsewhere)["proposals"][0]
    assert +done.left == {
        "comments": 1,
        "earlier versions of texts": 1,
        "links of translations to earlier versions": 1,
        "earlier versions positions were given on": 3,
    }
    assert (found["texts"]["fr"]["title"], found["texts"]["fr"]["revision"], found["comments"]) == ("Guichet, mieux", 1, [])
    assert (found["texts"]["en"]["translates"], {position["revision"] for position in found["positions"]}) == (None, {None})


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (lambda it: it["proposals"][0].update(group="nobody"), "proposals/guichet"),
        (lambda it: it["proposals"][0]["moves"][1].update(to="in_force"), "proposals/guichet/moves"),
        (lambda it: it["proposals"][0].update(recorded_at="2999-01-01T00:00:00Z"), "proposals/guichet"),
        (lambda it: it["proposals"][0]["positions"][0].update(actor="nobody"), "proposals/guichet/positions"),
        (lambda it: it["proposals"][0]["texts"]["fr"].update(title="\x00"), "proposals/guichet"),
        (lambda it: it["proposals"][0]["texts"]["fr"].update(title="x" * 161), "proposals/guichet"),
        (lambda it: it["proposals"][0].update(rank=10**18), "proposals/guichet"),
        (lambda it: it["proposals"].append(it["proposals"][0]), "proposals/guichet"),
        (lambda it: it["entries"][0]["when"].update(date="soon"), "entries/vote"),
        (lambda it: it["entries"][0]["proposals"][0].update(slug="nobody"), "entries/vote"),
        (lambda it: it["actors"][0]["names"].pop("fr"), "actors/"),
    ],
    ids=["group", "step", "future", "actor", "NUL", "long", "giant", "twice", "date", "link", "names"],
)
def test_one_wrong_thing_and_nothing_is_put(lively: Proposal, elsewhere: Engine, wrong: Any, where: str) -> None:
    document = exported()
    wrong(document)

    with pytest.raises(Unfit) as refused:
        put(elsewhere, document)

    assert refused.value.where.startswith(where)
    assert exported_from(elsewhere)["groups"] == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[" * 100_000, b'{"meta":' * 10_000, b'{"meta":"\\ud800"}', b"\xff\xfe", b'{"meta":{"schema":"relais-export-2"}}'],
    ids=["empty", "another", "deep", "deeper", "half a surrogate", "no UTF-8", "another version"],
)
def test_another_document_is_none(content: bytes) -> None:
    with pytest.raises(Invalid):
        record.read(content)


def test_a_report_is_not_the_whole_record(engine: Engine) -> None:
    document = exported()
    document["meta"]["selection"] = {name: [] for name in ("proposals", "groups", "themes", "actors", "parts")} | {"from": None, "to": None}

    with pytest.raises(Invalid):
        record.read(orjson.dumps(document))
