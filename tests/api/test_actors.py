"""Actors and presidencies written by a program."""

import pytest
from sqlmodel import col, select

from models import Event
from models.event import EventKind as Kind
from relais.db import reading
from tests.api.test_verbs import seen, wrong
from tests.api.writing import a_record

ASSOCIATION = {"kind": "association", "name_fr": "Les Communs", "name_en": "The Commons"}
NEXT = {"state": "greece", "starts_on": "2027-07-01", "trio": "IE LT EL", "decision": "decision", "known_on": "2016-07-26"}


@pytest.fixture
def program(carrying, engine, editor):
    a_record()
    return carrying(editor)


@pytest.fixture
def coordinating(carrying, program, coordinator):
    return carrying(coordinator)


def acts(*kinds):
    """Of these kinds, by somebody."""
    with reading() as session:
        done = select(Event.kind).where(col(Event.kind).in_(kinds), col(Event.actor_id).is_not(None))
        return list(session.exec(done.order_by(col(Event.id))))


def test_an_actor_is_added_and_corrected_by_who_saw_it(program):
    given = {"since": "2019-03-01", "until": "2026-01-31", "size": 12, "part_of": "france", "note_fr": "Dit son site."}
    made = program.post("actors", json=ASSOCIATION | given)
    address = f"actors/{made.json()['slug']}"
    tag = program.get(address).headers["ETag"]

    changed = program.put(address, json=ASSOCIATION | {"kind": "network"}, headers={"If-Match": tag})
    late = program.put(address, json=ASSOCIATION, headers={"If-Match": tag})

    assert (made.status_code, made.headers["Location"]) == (201, "http://testserver/api/v1/actors/the-commons")
    assert (made.json()["since"], made.json()["size"], made.json()["part_of"]) == ("2019-03-01", 12, "france")
    assert (changed.json()["kind"], changed.json()["since"], changed.headers["ETag"]) == ("network", None, '"2"')
    assert (program.get(address).json(), late.status_code, late.json()["version"]) == (changed.json(), 412, 2)
    assert program.put(address, json=ASSOCIATION).status_code == 428
    assert acts(Kind.ACTOR_ADDED, Kind.ACTOR_CHANGED) == [Kind.ACTOR_ADDED, Kind.ACTOR_CHANGED]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name_fr": ""}, "name_fr"), ({"name_en": "France"}, "name_fr"), ({"kind": "person"}, "kind"), ({"size": 1}, "size"),
        ({"part_of": "nobody"}, "part_of"), ({"since": "2019"}, "since"), ({"since": "2019-03-02", "until": "2019-03-01"}, "until"),
        ({"since": 0}, "since"), ({"slug": "mine"}, "slug"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_of_an_actor_is_named(program, sent, field):
    assert wrong(program.post("actors", json=ASSOCIATION | sent)) == (422, [field])


def test_nobody_is_part_of_themselves(program):
    assert wrong(program.put("actors/france", json=ASSOCIATION | {"part_of": "france"}, headers=seen(1))) == (422, ["part_of"])
    assert wrong(program.put("actors/france", json=ASSOCIATION | {"code": "IE"}, headers=seen(1))) == (422, ["code"])
    assert program.put("actors/nobody", json=ASSOCIATION, headers=seen(1)).status_code == 404


def test_a_coordinator_adds_the_next_presidency(coordinating, program):
    refused = program.post("presidencies", json=NEXT)
    made = coordinating.post("presidencies", json=NEXT)

    assert (refused.status_code, refused.json()["detail"]) == (403, "Only coordinators can change this")
    assert (made.status_code, made.headers["Location"]) == (201, "http://testserver/api/v1/presidencies/2027-el")
    found = made.json()
    assert (found["state"], found["ends_on"], found["trio"], found["legal_basis"]) == (
        "greece",
        "2027-12-31",
        ["IE", "LT", "EL"],
        "decision",
    )
    assert program.get("presidencies/2027-el").json() == found
    assert acts(Kind.PRESIDENCY_ADDED) == [Kind.PRESIDENCY_ADDED]


def test_the_decision_is_added_where_it_is_not_known(coordinating):
    named = {"decision": "", "decision_title": "A decision", "decision_url": "https://example.org/decision"}

    assert coordinating.post("presidencies", json=NEXT | named).json()["legal_basis"] == "a-decision"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"starts_on": "2027-01-01"}, "starts_on"), ({"starts_on": "2028-01-01"}, "starts_on"), ({"starts_on": "2027-08-01"}, "starts_on"),
        ({"state": "france"}, "state"), ({"trio": "IE LT"}, "trio"), ({"decision": "nothing"}, "decision"),
        ({"known_on": "2016"}, "known_on"),
    ],
)  # fmt: skip
def test_what_cannot_follow_is_named(coordinating, sent, field):
    assert wrong(coordinating.post("presidencies", json=NEXT | sent)) == (422, [field])
