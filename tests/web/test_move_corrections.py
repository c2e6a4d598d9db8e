"""Correcting what is told of a change of stage."""

import pytest

from models import Citation, Event, Move, Proposal
from models.proposal import Stage
from relais import proposals
from relais.db import writing
from relais.proposals import MoveForm
from tests.days import NOW
from tests.public_record import a_proposal, a_source, moved
from tests.web.filling import kept, rows, wrong

BACKED = {"version": "1", "to": "backed", "on": "2022-07-01"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    """Published on 21 June 2022."""
    a_source("article")
    return a_proposal("guichet-unique", public_affairs)


def stage():
    (proposal, *_) = rows(Proposal)
    return proposal.stage, proposal.version


def the_move():
    return rows(Move)[0]


def test_a_move_is_corrected_by_a_row_that_supersedes_it(as_editor, guichet, editor):
    old = moved(guichet, "backed", on="2022-07", cites="article")

    form = as_editor.get(f"/en/moves/{old.id}/edit")
    answer = as_editor.post(f"/en/moves/{old.id}/edit", data={"to": "backed", "on": "2022-07-05", "reason_fr": "19 États"})

    new = rows(Move)[-1]
    assert (kept(form, "on"), kept(form, "to")) == ("2022-07", "backed")
    assert answer.headers["location"] == f"/en/proposals/guichet-unique#m{new.id}"
    assert (new.supersedes_id, new.from_stage, new.to_stage, str(new.when()), new.reason_fr, new.recorder_id) == (
        old.id, "published", "backed", "2022-07-05", "19 États", editor.id,
    )  # fmt: skip
    assert ([citation.move_id for citation in rows(Citation)], stage()) == ([old.id, new.id], ("backed", 2))
    assert rows(Event)[-1].kind == "move_corrected"


def test_a_correction_cannot_change_the_stage(as_editor):
    as_editor.post(f"/en/moves/{the_move().id}/edit", data={"to": "in_force", "on": "2022-06-22"})

    assert (rows(Move)[-1].to_stage, stage()) == ("published", ("published", 1))


@pytest.mark.parametrize("on", ["2022-06-20", "2022-08-02"])
def test_a_correction_keeps_its_place_among_the_moves(as_editor, guichet, on):
    middle = moved(guichet, "backed", on="2022-07-01")
    moved(guichet, "taken_up", on="2022-08-01")

    answer = as_editor.post(f"/en/moves/{middle.id}/edit", data={"to": "backed", "on": on})

    assert (answer.status_code, set(wrong(answer)), len(rows(Move))) == (422, {"on"}, 3)


def test_a_correction_of_an_end_keeps_a_reason(as_editor, guichet):
    end = moved(guichet, "dropped", reason_en="Given up")

    answer = as_editor.post(f"/en/moves/{end.id}/edit", data={"to": "dropped", "on": "2022-08-01"})

    assert (answer.status_code, set(wrong(answer)), len(rows(Move))) == (422, {"reason_en"}, 2)


def test_who_corrects_what_was_corrected_meanwhile_keeps_their_words(as_editor, guichet, coordinator):
    old = moved(guichet, "backed")
    with writing() as session:
        new = proposals.correct_move(session, guichet, old, MoveForm(to=Stage.BACKED, reason_en="Theirs"), by=coordinator, now=NOW)

    answer = as_editor.post(f"/en/moves/{old.id}/edit", data={"to": "backed", "reason_en": "Mine"})

    assert (answer.status_code, kept(answer, "reason_en"), len(rows(Move))) == (409, "Mine", 3)
    assert as_editor.get(f"/en/moves/{old.id}/edit").headers["location"] == f"/en/moves/{new.id}/edit"


@pytest.mark.parametrize("id", ["0", "99", "99999999999999999999", "x", "%00", "%"])
def test_a_move_that_is_not_there_is_missing(as_editor, id):  # noqa: A002
    assert (as_editor.get(f"/en/moves/{id}/edit").status_code, as_editor.post(f"/en/moves/{id}/edit").status_code) == (404, 404)


@pytest.mark.parametrize(("who", "status"), [("as_stranger", 404), ("as_observer", 403), ("as_commenter", 403)])
def test_only_editors_of_the_group_correct(request, who, status):
    client, path = request.getfixturevalue(who), f"/en/moves/{the_move().id}/edit"

    assert (client.get(path).status_code, client.post(path, data={"to": "published"}).status_code, len(rows(Move))) == (status, status, 1)


def test_a_move_is_cited(as_editor):
    answer = as_editor.post(f"/en/moves/{the_move().id}/citations/new", data={"cite_source": "article"})

    assert answer.headers["location"] == f"/en/proposals/guichet-unique#m{the_move().id}"
    assert [citation.move_id for citation in rows(Citation)] == [the_move().id]
