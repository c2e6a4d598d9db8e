"""What the sources say of a claim, and what editors hold of it where they disagree, by a program."""

import pytest
from sqlmodel import col, select

from models import Entry, Event, Position
from models.event import EventKind as Kind
from relais.db import reading
from tests.api.test_verbs import seen, wrong
from tests.public_record import (
    a_corrected_entry,
    a_corrected_position,
    a_position,
    a_proposal,
    a_source,
    an_actor,
    an_entry,
    counted,
)

CLAIMS = ("moves/1", "positions/1", "entries/vote")
AGAINST = {"source": "minutes", "supports": False, "summary_en": "Says the contrary."}
HELD = {"reason_en": "The minutes are older."}


@pytest.fixture
def guichet(public_affairs):
    a_source("minutes")
    a_source("press")
    an_actor("mednum")
    proposal = a_proposal("guichet", public_affairs, cites="press")
    a_position(proposal, "mednum", cites="press")
    an_entry("vote", proposal, citations=[{"source": "press"}])
    return proposal


@pytest.fixture
def program(carrying, guichet, editor):
    return carrying(editor)


def acts():
    with reading() as session:
        kinds = (Kind.CLAIM_SETTLED, Kind.CLAIM_REOPENED)
        done = select(Event.kind, Event.public).where(col(Event.kind).in_(kinds)).order_by(col(Event.id))
        return [tuple(row) for row in session.exec(done)]


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_contested_claim_is_settled_and_opened_again(program, claim):
    program.post(f"{claim}/citations", json=AGAINST)
    before = program.get(f"{claim}/evidence")

    settled = program.post(f"{claim}/settlements", json=HELD, headers={"If-Match": before.headers["ETag"]})
    late = program.post(f"{claim}/settlements", json=HELD | {"settled": False}, headers={"If-Match": before.headers["ETag"]})
    again = program.post(f"{claim}/settlements", json=HELD, headers=seen(1))
    opened = program.post(f"{claim}/settlements", json={"settled": False, "reason_fr": "Non."}, headers=seen(1))

    told = before.json()
    assert (told["claim"], told["proposal"], told["contested"], told["settled"]) == (f"/{claim}", "guichet", True, False)
    assert [(one["source"], one["supports"]) for one in told["citations"]] == [("press", True), ("minutes", False)]
    assert sorted(one["slug"] for one in told["sources"]) == ["minutes", "press"]
    assert (before.headers["ETag"][:3], told["settlements"]) == ('"0-', [])
    assert (settled.status_code, settled.headers["Location"]) == (201, f"http://testserver/api/v1/{claim}/evidence")
    assert (settled.json()["settled"], settled.headers["ETag"]) == (True, '"1"')
    assert (late.status_code, late.json()["version"], late.headers["ETag"]) == (412, 1, '"1"')
    assert (again.status_code, again.json()["detail"]) == (409, "It stands so already")
    held = [(one["settled"], one["reason"]["fr"] or one["reason"]["en"], one["who"]) for one in opened.json()["settlements"]]
    assert held == [(True, "The minutes are older.", "Emil Novák"), (False, "Non.", "Emil Novák")]
    assert program.get(f"{claim}/evidence").json() == opened.json()
    assert acts() == [(Kind.CLAIM_SETTLED, True), (Kind.CLAIM_REOPENED, True)]


def test_what_no_source_contradicts_is_not_settled(program):
    answer = program.post("moves/1/settlements", json=HELD, headers=seen(0))

    assert (answer.status_code, answer.json()["detail"]) == (409, "No source contradicts this: there is nothing to settle")
    assert program.get("moves/1/evidence").json()["contested"] is False
    assert acts() == []


@pytest.mark.parametrize(
    ("sent", "field"),
    [({}, "reason"), ({"reason_en": 1}, "reason_en"), (HELD | {"settled": "yes"}, "settled"), (HELD | {"seen": 0}, "seen")],
)
def test_what_cannot_be_meant_is_named(program, sent, field):
    program.post("moves/1/citations", json=AGAINST)

    assert wrong(program.post("moves/1/settlements", json=sent, headers=seen(0))) == (422, [field])
    assert program.post("moves/1/settlements", json=HELD).status_code == 428
    assert program.post("moves/1/settlements", json=HELD, headers=seen(7)).json()["version"] == 0
    assert acts() == []


def test_what_was_corrected_is_told_as_it_stands(program, guichet, editor):
    with reading() as session:
        position, entry = session.get_one(Position, 1), session.exec(select(Entry)).one()
    a_corrected_position(guichet, position, editor, actor="mednum", stance="opposes")
    a_corrected_entry(entry, editor, "2026")

    assert program.get("positions/1/evidence").json()["claim"] == "/positions/2"
    assert program.get("entries/vote/evidence").json()["claim"] == f"/entries/vote~{entry.id}"


def test_who_said_so_is_for_the_group(api, carrying, program, observer, stranger):
    program.post("moves/1/citations", json=AGAINST)
    program.post("moves/1/settlements", json=HELD, headers=seen(0))

    told = [caller.get("moves/1/evidence").json()["settlements"][0]["who"] for caller in (api, carrying(stranger), carrying(observer))]

    assert told == ["", "", "Emil Novák"]


def test_what_one_may_not_see_has_no_evidence(api, program, public_affairs):
    kept = a_proposal("kept", public_affairs, public=False)
    position = a_position(kept, "mednum")
    an_entry("kept-vote", kept)

    for claim in ("moves/2", f"positions/{position.id}", "entries/kept-vote", "moves/99"):
        assert api.get(f"{claim}/evidence").status_code == 404
    assert program.get("moves/2/evidence").status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_many_sources_are_read_in_as_many_statements_as_one(program, engine, many):
    for _ in range(many):
        program.post("positions/1/citations", json=AGAINST)
    with counted(engine) as said:
        program.get("positions/1/evidence")

    assert len([one for one in said if "FROM citations" in one or "FROM sources" in one or "FROM settlements" in one]) == 4
