"""Correcting a position."""

import pytest

from models import Citation, Event, Position
from tests.public_record import a_corrected_position, a_position, a_proposal, a_source, an_actor
from tests.web.filling import kept, rows

SUPPORTS = {"actor": "france", "stance": "supports", "on": "2022-06-21"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_source("article")
    an_actor("france", name_en="France")
    return a_proposal("guichet-unique", public_affairs)


def test_a_position_is_corrected_by_a_row_that_supersedes_it(as_editor, guichet, editor):
    old = a_position(guichet, "france", "supports", on="2022-06", cites="article")

    form = as_editor.get(f"/en/positions/{old.id}/edit")
    answer = as_editor.post(f"/en/positions/{old.id}/edit", data=SUPPORTS | {"stance": "opposes"})

    first, second = rows(Position)
    assert (kept(form, "actor"), kept(form, "stance"), kept(form, "on")) == ("france", ["supports"], "2022-06")
    assert answer.headers["location"] == f"/en/proposals/guichet-unique#p{second.id}"
    assert (first.stance, second.stance, second.supersedes_id, second.recorder_id) == ("supports", "opposes", first.id, editor.id)
    assert [citation.position_id for citation in rows(Citation)] == [first.id, second.id]
    assert rows(Event)[-1].kind == "position_corrected"


def test_a_group_only_position_stays_so_in_its_form(as_editor, guichet):
    old = a_position(guichet, "france", public=False)

    assert kept(as_editor.get(f"/en/positions/{old.id}/edit"), "public") == ["false"]


def test_who_corrects_what_was_corrected_meanwhile_keeps_their_words(as_editor, guichet, coordinator):
    old = a_position(guichet, "france")
    new = a_corrected_position(guichet, old, coordinator, actor="france", stance="neutral")

    answer = as_editor.post(f"/en/positions/{old.id}/edit", data=SUPPORTS | {"note_en": "Mine"})

    assert (answer.status_code, kept(answer, "note_en"), len(rows(Position))) == (409, "Mine", 2)
    assert f'action="/en/positions/{new.id}/edit"' in answer.text


def test_the_form_of_what_was_corrected_is_that_of_its_correction(as_editor, guichet, coordinator):
    old = a_position(guichet, "france")
    new = a_corrected_position(guichet, old, coordinator, actor="france", stance="neutral")

    assert as_editor.get(f"/en/positions/{old.id}/edit").headers["location"] == f"/en/positions/{new.id}/edit"


@pytest.mark.parametrize("id", ["0", "-1", "99", "99999999999999999999", "x", "1.5", "%00", "%"])
def test_a_position_that_is_not_there_is_missing(as_editor, id):  # noqa: A002
    assert (as_editor.get(f"/en/positions/{id}/edit").status_code, as_editor.post(f"/en/positions/{id}/edit").status_code) == (404, 404)


@pytest.mark.parametrize(("who", "status"), [("as_stranger", 404), ("as_observer", 403), ("as_commenter", 403)])
def test_only_editors_of_the_group_correct(request, guichet, who, status):
    old = a_position(guichet, "france")
    client = request.getfixturevalue(who)

    assert client.get(f"/en/positions/{old.id}/edit").status_code == status
    assert (client.post(f"/en/positions/{old.id}/edit", data=SUPPORTS).status_code, len(rows(Position))) == (status, 1)


def test_a_group_only_position_is_not_there_for_others(visitor, as_stranger, guichet):
    old = a_position(guichet, "france", public=False)

    assert [client.get(f"/en/positions/{old.id}/edit").status_code for client in (visitor, as_stranger)] == [404, 404]
