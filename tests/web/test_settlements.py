"""A claim that sources dispute: both sides read, settled with a reason, opened again, and never one side lost."""

import pytest

from models import Event, Settlement
from tests.exported import exported
from tests.public_record import a_corrected_position, a_position, a_proposal, a_source, an_actor, an_entry, moved
from tests.web.filling import kept, rows, wrong
from tests.web.reading import read


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_source("report", publisher="Team blog")
    a_source("denial")
    an_actor("czechia", name_en="Czechia")
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def position(guichet, as_editor):
    """Czechia took part, says one source; it was absent, says another."""
    row = a_position(guichet, "czechia", "took_part", on="2022-06-21", cites="report")
    against = {"cite_source": "denial", "cite_supports": "false", "cite_summary_en": "Czechia is visibly absent"}
    as_editor.post(f"/en/positions/{row.id}/citations/new", data=against)
    return row


def settle(client, row, seen=0, *, settled=True, reason="The list names it."):
    said = {"seen": seen, "settled": str(settled).lower(), "reason_en": reason}
    return client.post(f"/en/positions/{row.id}/settlements", data=said)


def on_the_page(visitor):
    """The marks in the row of Czechia, and the sources told for it and against it."""
    return read(visitor.get("/en/proposals/guichet-unique")).one("section", id="backers").one("tbody").words


def test_both_sides_are_read_by_anybody(visitor, position):
    page = read(visitor.get(f"/en/positions/{position.id}/evidence"))

    assert page.one("p", class_="lead").words == "Czechia · Took part (21 Jun 2022) contested"
    assert page.one("section", labelled="h-pro").one("ol").words == "Title of report, Team blog"
    assert page.one("section", labelled="h-contra").one("ol").words == "Title of denial Czechia is visibly absent"
    assert page.all("form", id="settle") == []


def test_an_editor_settles_it_and_both_sides_stay(as_editor, visitor, position, editor):
    answer = settle(as_editor, position)

    assert answer.headers["location"] == f"/en/positions/{position.id}/evidence#settlements"
    assert [(row.position_id, row.settled, row.reason_en, row.recorder_id) for row in rows(Settlement)] == [
        (position.id, True, "The list names it.", editor.id)
    ]
    assert (rows(Event)[-1].kind, rows(Event)[-1].public) == ("claim_settled", True)
    told = read(visitor.get("/en/activity")).one("main").all("a", href=f"/en/positions/{position.id}/evidence")
    assert [link.words for link in told] == ["Titre de guichet-unique"]
    assert on_the_page(visitor).startswith("Czechia Took part 21 Jun 2022 [1] contested, settled against: [2]")
    page = read(visitor.get(f"/en/positions/{position.id}/evidence"))
    assert [len(page.one("section", labelled=f"h-{side}").all("li")) for side in ("pro", "contra")] == [1, 1]


def test_it_is_opened_again_and_the_first_word_stays(as_editor, visitor, position):
    settle(as_editor, position)

    settle(as_editor, position, rows(Settlement)[-1].id, settled=False, reason="The blog was withdrawn.")

    held = read(visitor.get(f"/en/positions/{position.id}/evidence")).one("section", id="settlements").all("li")
    told = [(line.one("strong").words, line.all("p")[1].words) for line in held]
    assert told == [("Open again", "The blog was withdrawn."), ("Settled", "The list names it.")]
    assert rows(Event)[-1].kind == "claim_reopened"
    assert "contested against: [2]" in on_the_page(visitor)


def test_members_are_told_who_settled_it(as_editor, as_observer, position):
    settle(as_editor, position)

    assert "Emil Novák" in as_observer.get(f"/en/positions/{position.id}/evidence").text


def test_a_new_source_against_it_opens_it_again(as_editor, position):
    settle(as_editor, position)
    a_source("another")

    as_editor.post(f"/en/positions/{position.id}/citations/new", data={"cite_source": "another", "cite_supports": "false"})

    assert [(row.settled, row.reason_en) for row in rows(Settlement)] == [
        (True, "The list names it."), (False, "Another source was put against it."),
    ]  # fmt: skip


def test_a_new_source_for_it_leaves_it_settled(as_editor, position):
    settle(as_editor, position)
    a_source("another")

    as_editor.post(f"/en/positions/{position.id}/citations/new", data={"cite_source": "another"})

    assert [row.settled for row in rows(Settlement)] == [True]


def test_a_correction_on_the_same_sources_stays_settled(as_editor, guichet, position, editor):
    settle(as_editor, position)

    new = a_corrected_position(guichet, position, editor, actor="czechia", stance="took_part", on="2022-06-22")

    assert [(row.position_id, row.settled) for row in rows(Settlement)] == [(position.id, True), (new.id, True)]
    assert as_editor.get(f"/en/positions/{position.id}/evidence").text.count("22 Jun 2022") > 0


def test_moves_and_entries_are_settled_too(as_editor, guichet):
    move, entry = moved(guichet, "backed", cites="report"), an_entry("e", guichet)
    for path in (f"moves/{move.id}", "entries/e"):
        as_editor.post(f"/en/{path}/citations/new", data={"cite_source": "denial", "cite_supports": "false"})

    answers = [
        as_editor.post(f"/en/{path}/settlements", data={"seen": 0, "reason_fr": "Le compte rendu fait foi."}).status_code
        for path in (f"moves/{move.id}", "entries/e")
    ]

    assert (answers, [(row.move_id, row.entry_id) for row in rows(Settlement)]) == ([303, 303], [(move.id, None), (None, entry.id)])


def test_a_settlement_wants_a_reason(as_editor, position):
    answer = settle(as_editor, position, reason="")

    assert (answer.status_code, wrong(answer), rows(Settlement)) == (422, {"reason_en": "Say why, in French or in English"}, [])


def test_who_saw_another_state_is_told_and_keeps_what_they_typed(as_editor, as_coordinator, position):
    settle(as_editor, position)

    answer = settle(as_coordinator, position, reason="It was absent.")

    assert (answer.status_code, kept(answer, "reason_en"), len(rows(Settlement))) == (409, "It was absent.", 1)
    assert "Someone settled or reopened this while you were writing" in answer.text


def test_what_stands_so_already_is_refused(as_editor, position):
    settle(as_editor, position)

    assert (settle(as_editor, position, rows(Settlement)[-1].id).status_code, len(rows(Settlement))) == (409, 1)


def test_what_nobody_disputes_is_not_settled(as_editor, guichet):
    row = a_position(guichet, "czechia", cites="report")

    assert (settle(as_editor, row).status_code, rows(Settlement)) == (409, [])


@pytest.mark.parametrize(("who", "status"), [("visitor", 401), ("as_stranger", 404), ("as_observer", 403), ("as_commenter", 403)])
def test_only_editors_of_the_group_settle(request, position, who, status):
    assert (settle(request.getfixturevalue(who), position).status_code, rows(Settlement)) == (status, [])


@pytest.mark.parametrize("place", ["positions/99", "positions/x", "moves/99", "entries/nowhere", "comments/1"])
def test_a_claim_that_is_not_there_is_missing(as_editor, place):
    assert as_editor.get(f"/en/{place}/evidence").status_code == 404
    assert as_editor.post(f"/en/{place}/settlements", data={"reason_en": "So"}).status_code == 404


def test_a_claim_of_the_group_only_is_not_there_for_others(visitor, as_observer, guichet):
    row = a_position(guichet, "czechia", cites="report", public=False)

    assert [client.get(f"/en/positions/{row.id}/evidence").status_code for client in (visitor, as_observer)] == [404, 200]


def test_what_is_settled_is_no_work_before_the_handover(as_editor, visitor, position):
    before = visitor.get("/en/").text
    settle(as_editor, position)

    assert ["Settle what sources dispute" in text for text in (before, visitor.get("/en/").text)] == [True, False]


def test_the_export_tells_both_sides_and_what_was_held(as_editor, position):
    settle(as_editor, position)

    (told,) = exported()["proposals"][0]["positions"]

    assert ([one["supports"] for one in told["citations"]], told["contested"]) == ([True, False], True)
    assert [(one["settled"], one["reason"]) for one in told["settlements"]] == [(True, {"fr": "", "en": "The list names it."})]
