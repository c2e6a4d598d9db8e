"""Snapshots by the API: frozen from a selection, read with what to check their bytes against, and withdrawn."""

from hashlib import sha256

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from models import Event, Snapshot
from models.event import EventKind as Kind
from relais.db import reading
from tests.api.keeping import a_snapshot
from tests.api.test_verbs import wrong
from tests.api.writing import a_place, a_record
from tests.public_record import a_position, counted
from web.app import app as pages


@pytest.fixture
def place(public_affairs, editor):
    a_record()
    return a_place("guichet", public_affairs, editor, 1)


@pytest.fixture
def program(carrying, place, editor):
    return carrying(editor)


def told():
    with reading() as session:
        kinds = (Kind.SNAPSHOT_FROZEN, Kind.SNAPSHOT_WITHDRAWN)
        return list(session.exec(select(Event.kind).where(col(Event.kind).in_(kinds)).order_by(col(Event.id))))


def test_a_report_is_frozen_and_its_bytes_are_at_the_address_it_gives(program, api):
    asked = {"title": "The relay", "language": "fr", "selection": {"proposal": ["guichet"], "as_of": "2022-12-31"}}

    made = program.post("snapshots", json=asked)

    found = made.json()
    with reading() as session:
        row = session.exec(select(Snapshot)).one()
    assert (made.status_code, made.headers["Location"]) == (201, f"http://testserver/api/v1/snapshots/{row.key}")
    assert (found["id"], found["title"], found["selection"]) == (row.key, {"fr": "The relay"}, "proposal=guichet&as_of=2022-12-31")
    page = TestClient(pages, base_url="http://testserver")
    content = page.get(found["content"]["address"]).content
    assert (len(content), sha256(content).hexdigest()) == (found["content"]["bytes"], found["content"]["sha256"])
    manifest = page.get(f"{found['pages']['en']}/manifest.json").json()
    assert found == manifest | {"withdrawal": None}
    assert api.get(f"snapshots/{row.key}").json() == found
    assert api.get("snapshots").json()["items"] == [found]
    assert told() == [Kind.SNAPSHOT_FROZEN]


def test_the_same_under_the_same_title_is_the_same_snapshot(program, place):
    asked = {"title": "The relay", "selection": {"proposal": ["guichet"]}}
    keyed = {"Idempotency-Key": "a"}

    first, again = program.post("snapshots", json=asked, headers=keyed), program.post("snapshots", json=asked)
    a_position(place.proposal, "france", on="2022-06-21")
    replayed, other = program.post("snapshots", json=asked, headers=keyed), program.post("snapshots", json=asked)

    assert (again.json(), replayed.json(), replayed.headers["Idempotency-Replayed"]) == (first.json(), first.json(), "true")
    assert other.json()["id"] != first.json()["id"]
    assert told() == [Kind.SNAPSHOT_FROZEN] * 2


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({}, "title"),
        ({"title": " "}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"title": "A", "language": "de"}, "language"),
        ({"title": "A", "key": "mine"}, "key"),
        ({"title": "A", "selection": {"proposal": ["nothing"]}}, "proposal"),
        ({"title": "A", "selection": {"from": "1999-xx"}}, "from"),
        ({"title": "A", "selection": {"part": ["secrets"]}}, "selection.part.0"),
        ({"title": "A", "selection": {"as_of": "2001-01-01"}}, "title"),
    ],
)
def test_what_cannot_be_frozen_is_refused_beside_what_is_wrong(program, asked, named):
    assert wrong(program.post("snapshots", json=asked)) == (422, [named])
    assert told() == []


def test_observers_freeze_nothing(carrying, place, observer):
    answer = carrying(observer).post("snapshots", json={"title": "Mine"})

    assert (answer.status_code, answer.json()["detail"]) == (403, "Observers read; they keep no reports")


def test_a_withdrawn_one_keeps_its_title_its_dates_its_digest_and_the_reason(program, carrying, api, coordinator):
    made = program.post("snapshots", json={"title": "The relay"}).json()
    address, runs = f"snapshots/{made['id']}", carrying(coordinator)
    assert program.post(f"{address}/withdrawals", json={"why": "Mine"}).status_code == 403
    assert wrong(runs.post(f"{address}/withdrawals", json={"why": ""})) == (422, ["why"])

    gone = runs.post(f"{address}/withdrawals", json={"why": "It named somebody."})
    again = runs.post(f"{address}/withdrawals", json={"why": "Again"})

    found = gone.json()
    emptied = {"selection": None, "forms": {}, "cite_as": {}, "content": made["content"] | {"address": None, "bytes": None}}
    assert (gone.status_code, found["withdrawal"]["reason"]) == (201, "It named somebody.")
    assert found == made | emptied | {"withdrawal": found["withdrawal"]}
    assert (api.get(address).json(), api.get("snapshots").json()["items"]) == (found, [found])
    assert (again.status_code, again.json()["detail"]) == (410, "This snapshot was withdrawn")
    assert told() == [Kind.SNAPSHOT_FROZEN, Kind.SNAPSHOT_WITHDRAWN]


@pytest.mark.parametrize("key", ["nowhere", "7hq2m9xkd4wbtz"])
def test_no_such_snapshot(api, carrying, coordinator, key):
    assert api.get(f"snapshots/{key}").status_code == 404
    assert carrying(coordinator).post(f"snapshots/{key}/withdrawals", json={"why": "Gone."}).status_code == 404
    assert wrong(api.get("snapshots/No-Key")) == (422, ["key"])


def test_three_are_read_with_as_many_questions_as_one_and_page_by_page(api, editor, engine):
    def asked():
        a_snapshot(editor)
        with counted(engine) as statements:
            items = api.get("snapshots").json()["items"]
        return len(statements), items

    (one, _), _, (three, items) = asked(), asked(), asked()

    first = api.get("snapshots?limit=2").json()
    assert (three, len(items)) == (one, 3)
    assert first["items"] + api.get(first["next"]).json()["items"] == items
