"""Asks to presidencies by a program: planned, changed, closed, taken up again and carried on."""

import pytest
from sqlmodel import col, select

from models import Event
from models.event import EventKind as Kind
from relais.db import reading
from tests.api.test_verbs import seen, wrong
from tests.asks import a_calendar, a_leg
from tests.public_record import a_proposal

LEGS = "proposals/guichet/legs"
IRELAND = f"{LEGS}/2026-ie"


@pytest.fixture
def guichet(public_affairs):
    a_calendar()
    return a_proposal("guichet", public_affairs)


@pytest.fixture
def program(carrying, guichet, editor):
    return carrying(editor)


def acts():
    """What was done to asks, with what the ledger says of each."""
    with reading() as session:
        done = select(Event.kind, Event.details).where(col(Event.kind).in_([Kind.LEG_PLANNED, Kind.LEG_CHANGED]))
        return [(kind, details) for kind, details in session.exec(done.order_by(col(Event.id)))]


def test_an_ask_is_planned_and_read_again(program, guichet, editor):
    asked = {"ask_en": "Back it", "note_fr": "Rien encore.", "lead": editor.id, "targets": ["rp-ireland"], "public": True}

    made = program.post(LEGS, json=asked | {"presidency": "2026-ie"})

    leg = made.json()
    assert (made.status_code, made.headers["Location"]) == (201, f"http://testserver/api/v1/{IRELAND}")
    assert (leg["ask"]["en"], leg["note"]["fr"], leg["targets"], leg["public"]) == ("Back it", "Rien encore.", ["rp-ireland"], True)
    assert (leg["lead"], leg["lead_group"], leg["version"]) == ({"id": editor.id, "name": "Emil Novák"}, None, 1)
    again = program.get(IRELAND)
    assert (again.json(), again.headers["ETag"][:3]) == (leg, '"1-')
    assert acts() == [(Kind.LEG_PLANNED, {"presidency": "2026-ie"})]


def test_with_the_trio_those_to_come_are_asked_the_same(program, guichet, editor):
    a_leg(guichet, editor, "2027-lt", "Something else")

    program.post(LEGS, json={"presidency": "2026-ie", "ask_en": "Back it", "trio": True})

    told = {leg["presidency"]: leg["ask"]["en"] for leg in program.get("legs").json()["items"]}
    assert told == {"2027-lt": "Something else", "2026-ie": "Back it", "2027-el": "Back it"}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"presidency": "2040-xx"}, "presidency"), ({"presidency": ""}, "presidency"), ({"presidency": "2027-lt"}, "presidency"),
        ({"ask_en": ""}, "ask"), ({"lead": 999}, "lead"), ({"lead": "1"}, "lead"), ({"lead_group": "nowhere"}, "lead"),
        ({"targets": ["nobody"]}, "targets"), ({"public": "yes"}, "public"), ({"ask_de": "Bitte"}, "ask_de"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_named(program, guichet, editor, sent, field):
    a_leg(guichet, editor, "2027-lt")

    answer = program.post(LEGS, json={"presidency": "2026-ie", "ask_en": "Back it"} | sent)

    assert wrong(answer) == (422, [field])
    assert len(program.get("legs").json()["items"]) == 1


def test_an_ask_is_changed_by_who_saw_it(program, guichet, editor):
    a_leg(guichet, editor, public=True, note_en="Ask Niamh")
    tag = program.get(IRELAND).headers["ETag"]

    changed = program.put(IRELAND, json={"ask_en": "Name it"}, headers={"If-Match": tag})
    late = program.put(IRELAND, json={"ask_en": "Late"}, headers={"If-Match": tag})
    blind = program.put(IRELAND, json={"ask_en": "Blind"})

    leg = changed.json()
    assert (leg["ask"]["en"], leg["note"], leg["public"], changed.headers["ETag"]) == ("Name it", {"fr": "", "en": ""}, False, '"2"')
    assert (late.status_code, late.json()["version"], blind.status_code) == (412, 2, 428)
    assert acts()[1:] == [(Kind.LEG_CHANGED, {"presidency": "2026-ie", "changed": ["ask", "note", "public"]})]


def test_what_came_of_it_is_said_carried_on_and_taken_back(program, guichet, editor):
    a_leg(guichet, editor)

    closed = program.put(f"{IRELAND}/outcome", json={"outcome_en": "Nothing", "onward": "2027-lt"}, headers=seen(1))
    after = program.get(f"{LEGS}/2027-lt").json()
    again = program.delete(f"{IRELAND}/outcome", headers=seen(2))
    open_already = program.delete(f"{IRELAND}/outcome", headers=seen(3))

    assert (closed.json()["outcome"]["en"], closed.headers["ETag"]) == ("Nothing", '"2"')
    assert (after["ask"]["en"], after["carried_from"]) == ("Back the one-stop shop", "2026-ie")
    assert (again.json()["outcome"], again.headers["ETag"]) == ({"fr": "", "en": ""}, '"3"')
    assert (open_already.status_code, open_already.json()["detail"]) == (409, "This is open already")
    assert wrong(program.put(f"{IRELAND}/outcome", json={"note_en": "Hm"}, headers=seen(3))) == (422, ["outcome"])
    assert [(kind, details.get("closed")) for kind, details in acts()[1:]] == [
        (Kind.LEG_CHANGED, True), (Kind.LEG_PLANNED, None), (Kind.LEG_CHANGED, False),
    ]  # fmt: skip


def test_the_same_is_asked_of_a_later_presidency(program, guichet, editor):
    a_leg(guichet, editor)
    a_leg(guichet, editor, "2027-el", "In other words")

    made = program.post(f"{IRELAND}/continuations", json={"onward": "2027-lt"})
    there = program.post(f"{IRELAND}/continuations", json={"onward": "2027-el"})
    back = program.post(f"{LEGS}/2027-lt/continuations", json={"onward": "2026-ie"})

    assert (made.status_code, made.headers["Location"]) == (201, f"http://testserver/api/v1/{LEGS}/2027-lt")
    assert (made.json()["ask"]["en"], made.json()["carried_from"]) == ("Back the one-stop shop", "2026-ie")
    assert (there.json()["ask"]["en"], there.json()["carried_from"]) == ("In other words", "2026-ie")
    assert wrong(back) == (422, ["onward"])
    assert program.post(f"{LEGS}/2022-fr/continuations", json={"onward": "2026-ie"}).status_code == 404


def test_who_leads_and_the_note_are_for_the_group(api, carrying, guichet, editor, observer, stranger):
    a_leg(guichet, editor, public=True, lead=editor.id, note_en="Between us")
    a_leg(guichet, editor, "2027-lt")

    outside = [caller.get(IRELAND).json() for caller in (api, carrying(stranger))]

    assert [(leg["lead"], leg["note"]) for leg in outside] == [(None, None)] * 2
    assert carrying(observer).get(IRELAND).json()["note"]["en"] == "Between us"
    assert [caller.get(f"{LEGS}/2027-lt").status_code for caller in (api, carrying(stranger), carrying(observer))] == [404, 404, 200]
