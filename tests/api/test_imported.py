"""A program applies what it brought into a group, whole or not at all, and undoes it."""

import pytest

from models import Event, Import, Imported, Proposal
from models.imports import Kind
from relais.errors import Invalid
from relais.imports.making import MAKERS
from tests.api.bringing import HOME, REFUSED, bring, rows, seen
from tests.api.conftest import with_token
from tests.public_record import a_comment, counted
from tests.relais.importing import applied, brought


@pytest.fixture
def runs(coordinator):
    return with_token(coordinator, "manage")


def test_it_is_applied_whole_or_not_at_all_and_the_same_again_changes_nothing(runs, coordinator):
    bring(runs)

    refused = runs.post(f"{HOME}/1/application", json={}, headers=seen(1))
    assert (refused.status_code, rows(Proposal), rows(Imported)) == (409, [], [])
    done = runs.post(f"{HOME}/1/application", json={"leave_out": True}, headers=seen(1))
    assert (done.status_code, done.headers["ETag"]) == (200, '"2"')
    assert done.json()["counts"] == {"new": 1, "known": 0, "differs": 0, "refused": 1, "records": {"proposals": 1}}
    told = runs.get(f"{HOME}/1").json()
    assert (told["refused"], told["would"], told["counts"]) == (
        [REFUSED], None, done.json()["counts"],
    )  # fmt: skip
    assert [(row.slug, row.public) for row in rows(Proposal)] == [("guichet-unique", False)]
    assert [(one.kind.value, one.actor_id) for one in rows(Event)][-1] == ("import_applied", coordinator.id)

    bring(runs)
    again = runs.post(f"{HOME}/2/application", json={"leave_out": True}, headers=seen(1))
    assert (again.json()["counts"]["new"], again.json()["counts"]["known"], len(rows(Proposal))) == (0, 1, 1)
    twice = runs.post(f"{HOME}/1/application", json={"leave_out": True}, headers=seen(2))
    assert (twice.status_code, runs.put(f"{HOME}/1", json={"origin": "x"}, headers=seen(2)).status_code) == (409, 409)


def test_a_row_that_is_refused_only_while_it_is_written_is_named(runs, monkeypatch):
    bring(runs, "titre\nUn\nDeux\n")
    made, make = [], MAKERS[Kind.PROPOSAL]

    def second(maker, form):
        if made:
            raise Invalid("This file is empty", field="title")
        made.append(form)
        return make(maker, form)

    monkeypatch.setitem(MAKERS, Kind.PROPOSAL, second)
    failed = runs.post(f"{HOME}/1/application", json={}, headers=seen(1) | {"Accept-Language": "fr"})

    assert (failed.status_code, failed.json()["detail"], rows(Proposal)) == (409, "Ligne 3\u00a0: Ce fichier est vide", [])


def test_it_is_undone_until_others_have_built_on_it(runs, public_affairs, coordinator, editor):
    first, second = (brought(public_affairs, coordinator, f"titre\n{title}\n") for title in ("Un", "Deux"))
    for file in (first, second):
        applied(public_affairs, coordinator, file)
    one, two = rows(Proposal)
    a_comment(two, editor, "Oui.")

    undone = runs.post(f"{HOME}/{first}/reversal", headers=seen(2))
    kept = runs.post(f"{HOME}/{second}/reversal", headers=seen(2))

    assert (undone.status_code, undone.json()["undone_at"] is None, kept.status_code) == (200, False, 409)
    assert [(row.slug, row.stage.value) for row in rows(Proposal)] == [("un", "dropped"), ("deux", "drafted")]
    (obstacle,) = runs.get(f"{HOME}/{second}").json()["obstacles"]
    assert (obstacle["kind"], obstacle["record"], runs.get(f"{HOME}/{first}").json()["obstacles"]) == ("proposals", two.id, [])
    assert (runs.post(f"{HOME}/{first}/reversal", headers=seen(3)).status_code, one.id) == (409, 1)


def test_a_file_that_was_not_applied_is_thrown_away(runs, public_affairs, coordinator):
    bring(runs)
    kept = brought(public_affairs, coordinator, "titre\nUn\n")
    applied(public_affairs, coordinator, kept)

    answers = [runs.delete(f"{HOME}/{file}", headers=seen(version)).status_code for file, version in ((1, 9), (1, 1), (kept, 2))]

    assert (answers, [row.id for row in rows(Import)]) == ([412, 204, 409], [kept])
    assert runs.get(f"{HOME}/1").status_code == 404


def test_a_file_of_another_group_is_not_there(runs, social_tech, coordinator):
    other = brought(social_tech, coordinator, "titre\nUn\n")

    assert (runs.get(f"{HOME}/{other}").status_code, runs.get(HOME).json()["items"]) == (404, [])


def test_three_files_cost_no_more_questions_than_one_and_are_told_by_the_page(engine, runs):
    bring(runs)
    runs.get(HOME)  # that the token was used is written down once a minute
    asked = []
    for _ in range(2):
        with counted(engine) as said:
            runs.get(HOME)
        asked.append(len(said))
        for _ in range(2):
            bring(runs)

    assert asked[0] == asked[1] <= 6
    page = runs.get(HOME, params={"limit": 2}).json()
    rest = runs.get(page["next"]).json()
    assert ([one["id"] for one in page["items"]], [one["id"] for one in rest["items"]]) == ([1, 2], [3, 4])
