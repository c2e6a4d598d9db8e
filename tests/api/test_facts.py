"""The facts of a proposal, its publication, and corrections of its moves."""

import pytest
from sqlmodel import col, select

from models import Event, Move
from models.event import EventKind as Kind
from relais.db import reading
from tests.api.test_verbs import acts, seen, wrong
from tests.api.writing import a_place, a_record
from tests.public_record import a_theme, moved

FACTS = {"level": "national", "themes": ["commons"], "origin": "minutes", "procedure": "2022/0379(COD)", "rank": 3}


@pytest.fixture
def place(public_affairs, editor):
    a_record()
    a_theme("commons")
    return a_place("guichet", public_affairs, editor, 1)


@pytest.fixture
def kept(place, public_affairs, editor):
    """In preparation."""
    return a_place("fonds", public_affairs, editor, 2, public=False)


@pytest.fixture
def program(carrying, place, editor):
    return carrying(editor)


def details(kind):
    with reading() as session:
        return session.exec(select(Event.details).where(col(Event.kind) == kind)).all()


def test_the_facts_are_changed_over_what_was_read(program, place):
    tag = program.get("proposals/guichet").headers["ETag"]

    changed = program.put("proposals/guichet", json=FACTS, headers={"If-Match": tag})
    stale = program.put("proposals/guichet", json={}, headers={"If-Match": tag})
    told = {name: changed.json()["proposal"][name] for name in FACTS}

    assert (changed.status_code, changed.headers["ETag"], told) == (200, '"2"', FACTS)
    assert program.get("proposals/guichet").json()["proposal"] == changed.json()["proposal"]
    assert (stale.status_code, stale.json()["version"]) == (412, 2)
    assert program.put("proposals/guichet", json=FACTS).status_code == 428
    assert program.put("proposals/guichet", json={}, headers=seen(2)).json()["proposal"]["themes"] == []
    assert acts(place, Kind.PROPOSAL_CHANGED) == [Kind.PROPOSAL_CHANGED] * 2


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"themes": ["nothing"]}, "themes"),
        ({"origin": "nothing"}, "origin"),
        ({"procedure": "2022"}, "procedure"),
        ({"rank": -1}, "rank"),
        ({"public": True}, "public"),
        ({"stage": "adopted"}, "stage"),
    ],
)
def test_facts_that_cannot_be_are_named(program, facts, named):
    assert wrong(program.put("proposals/guichet", json=facts, headers=seen(1))) == (422, [named])


def test_a_proposal_in_preparation_is_made_public_for_good(program, kept, api):
    foreseen = program.get("proposals/fonds/publication")

    published = program.put("proposals/fonds/publication", headers={"If-Match": foreseen.headers["ETag"]})
    again = program.put("proposals/fonds/publication", headers=seen(1))

    none = {"shown": 0, "kept": 1}
    texts = [{"language": "fr", "title": "Titre de fonds", "revisions": 1}]
    assert foreseen.json() == {"texts": texts, "moves": 1, "positions": none, "entries": none, "comments": none}
    assert (published.status_code, published.headers["ETag"], again.headers["ETag"]) == (200, '"2"', '"2"')
    assert (published.json()["proposal"]["slug"], api.get("proposals/fonds").status_code) == ("fonds", 200)
    assert program.get("proposals/fonds/publication").json()["detail"] == "This proposal is public already"
    assert details(Kind.PROPOSAL_CHANGED) == [{"changed": ["public"]}]


def test_what_was_changed_meanwhile_is_not_made_public(program, kept, api):
    program.put("proposals/fonds", json={"rank": 2}, headers=seen(1))

    assert program.put("proposals/fonds/publication", headers=seen(1)).status_code == 412
    assert program.put("proposals/fonds/publication").status_code == 428
    assert api.get("proposals/fonds").status_code == 404


def test_a_move_is_corrected_once_and_leads_where_it_led(program, place):
    old = moved(place.proposal, "backed", on="2022-07", cites="minutes")

    new = program.post(f"moves/{old.id}/corrections", json={"on": "2022-07-05", "reason_fr": "19 États"})
    again = program.post(f"moves/{old.id}/corrections", json={})

    told = [new.json()[name] for name in ("from", "to", "superseded_by")]
    assert (new.status_code, new.headers["Location"]) == (201, f"http://testserver/api/v1/moves/{new.json()['id']}")
    assert told == ["published", "backed", None]
    assert (new.json()["when"]["date"], new.json()["reason"]["fr"]) == ("2022-07-05", "19 États")
    assert [citation["source"] for citation in new.json()["citations"]] == ["minutes"]
    assert program.get(f"moves/{old.id}").json()["superseded_by"] == new.json()["id"]
    assert (again.status_code, again.json()["detail"]) == (409, "This was corrected already")
    assert program.get("proposals/guichet").json()["proposal"]["stage"]["name"] == "backed"
    assert acts(place, Kind.MOVE_CORRECTED) == [Kind.MOVE_CORRECTED]


def test_a_correction_says_what_a_move_may_say(program, place):
    with reading() as session:
        first = session.exec(select(Move.id)).one()
    later = moved(place.proposal, "backed", on="2022-07")

    assert wrong(program.post(f"moves/{first}/corrections", json={"to": "backed"})) == (422, ["to"])
    assert wrong(program.post(f"moves/{first}/corrections", json={"on": "2022-08"})) == (422, ["on"])
    assert wrong(program.post(f"moves/{later.id}/corrections", json={"on": "2022-01"})) == (422, ["on"])
    assert program.post("moves/999/corrections", json={}).status_code == 404
