"""Hand-over briefs by the API: frozen, numbered, and read with the address of their bytes."""

from hashlib import sha256

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from models import Event
from models.event import EventKind as Kind
from relais.db import reading
from tests.api.keeping import a_packet
from tests.api.test_verbs import wrong
from tests.api.writing import a_place, a_record
from tests.public_record import a_presidency, counted
from web.app import app as pages

OURS = "presidencies/2026-ie/packets"


@pytest.fixture
def place(public_affairs, editor):
    a_record()
    return a_place("guichet", public_affairs, editor, 1)


@pytest.fixture
def program(carrying, place, editor):
    return carrying(editor)


def frozen():
    with reading() as session:
        return list(session.exec(select(Event.details).where(col(Event.kind) == Kind.PACKET_FROZEN).order_by(col(Event.id))))


def test_a_brief_is_frozen_and_its_bytes_are_at_the_address_it_gives(program, api, editor):
    made = program.post(OURS, json={}, headers={"Idempotency-Key": "a"})
    again = program.post(OURS, json={}, headers={"Idempotency-Key": "a"})

    found = made.json()
    assert (made.status_code, made.headers["Location"]) == (201, f"http://testserver/api/v1/{OURS}/1")
    assert (found["number"], found["presidency"], found["reason"]) == (1, "2026-ie", "")
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (found, "true")
    page = TestClient(pages, base_url="http://testserver")
    content = page.get(found["content"])
    assert sha256(content.content).hexdigest() == found["digest"]
    assert (set(content.json()), page.get(found["pages"]["fr"]).status_code) == ({"schema", "presidency", "fr", "en"}, 200)
    assert page.get(found["documents"]["en"]).status_code == 200
    assert found["frozen_by"] == {"id": editor.id, "name": "Emil Novák"}
    told = api.get(f"{OURS}/1").json()
    assert told == found | {"frozen_by": None}
    assert api.get(OURS).json() == {"items": [told], "next": None}
    (packet,) = api.get("presidencies/2026-ie").json()["packets"]
    assert packet == {name: told[name] for name in packet}


def test_a_correction_says_why_and_nothing_new_makes_no_packet(program, public_affairs, editor):
    first = program.post(OURS, json={}).json()
    same = program.post(OURS, json={"reason": "Again."}).json()
    a_place("fondation", public_affairs, editor, 2)

    bare = program.post(OURS, json={})
    corrected = program.post(OURS, json={"reason": "A proposal was missing."})

    assert same == first
    assert wrong(bare) == (422, ["reason"])
    assert (corrected.status_code, corrected.json()["number"], corrected.json()["reason"]) == (201, 2, "A proposal was missing.")
    assert [told["number"] for told in frozen()] == [1, 2]


def test_others_come_first_and_lesser_roles_freeze_nothing(program, carrying, commenter):
    a_presidency("2028-xx", "2028-01-01", "2028-06-30", state="greece")

    early = program.post("presidencies/2028-xx/packets", json={})
    lesser = carrying(commenter).post(OURS, json={})

    assert wrong(early) == (422, ["reason"])
    assert (lesser.status_code, lesser.json()["detail"]) == (403, "Only editors can change this")
    assert wrong(program.post(OURS, json={"number": 7})) == (422, ["number"])
    assert wrong(program.post(OURS, json={"reason": "x" * 501})) == (422, ["reason"])
    assert frozen() == []


def test_what_is_not_there_is_missing(program, api):
    assert [api.get(path).status_code for path in (f"{OURS}/1", "presidencies/1999-xx/packets", "presidencies/1999-xx/packets/1")] == [
        404
    ] * 3
    assert program.post("presidencies/1999-xx/packets", json={}).status_code == 404


def test_three_are_read_with_as_many_questions_as_one_and_page_by_page(api, place, editor, engine):
    def asked(number, by):
        a_packet(number, by)
        with counted(engine) as statements:
            items = api.get(OURS).json()["items"]
        return len(statements), items

    (one, _), _, (three, items) = asked(1, None), asked(2, editor), asked(3, editor)

    first = api.get(f"{OURS}?limit=2").json()
    assert (three, [item["number"] for item in items]) == (one, [1, 2, 3])
    assert first["items"] + api.get(first["next"]).json()["items"] == items
