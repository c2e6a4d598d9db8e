"""Sources looked up again by hand: on which day, still there or not, and which nobody has looked up for a year."""

import pytest

from models import Event, SourceCheck
from tests.exported import exported
from tests.public_record import a_source
from tests.web.filling import kept, rows, wrong
from tests.web.reading import read

PATH = "/en/sources/article/checks"
FOUND = {"checked_on": "2026-11-20", "reachable": "true"}


@pytest.fixture(autouse=True)
def article(engine):
    return a_source("article", url="https://example.org/a", retrieved_on="2025-11-22")


def titles(page, name):
    return [link.words for section in page.all("section", labelled=f"h-{name}") for link in section.all("a", lang="fr")]


def test_an_editor_says_it_is_still_there(as_editor, visitor, editor, article):
    answer = as_editor.post(PATH, data=FOUND | {"note": "Same words"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/sources/article#checks")
    (row,) = rows(SourceCheck)
    assert (row.source_id, str(row.checked_on), row.reachable, row.note, row.recorder_id) == (
        article.id, "2026-11-20", True, "Same words", editor.id,
    )  # fmt: skip
    assert (rows(Event)[-1].kind, rows(Event)[-1].public) == ("source_checked", True)
    page = read(visitor.get("/en/sources/article"))
    assert page.one("section", id="checks").one("ol").words == "20 Nov 2026 reachable Same words"
    assert "Last checked 20 Nov 2026" in page.one("dl").words
    assert read(visitor.get("/en/activity")).one("main").words.count("Source checked: Title of article") == 1


def test_a_source_that_is_gone_says_so_wherever_it_is_listed(as_editor, visitor):
    as_editor.post(PATH, data=FOUND | {"reachable": "false", "note": "Moved"})

    assert "not reachable" in read(visitor.get("/en/sources/article")).one("dl").words
    assert "last checked 20 Nov 2026 not reachable" in read(visitor.get("/en/sources")).one(id="results").words
    assert titles(read(visitor.get("/en/sources/checks")), "gone") == ["Title of article"]


def test_every_check_stays_the_last_first(as_editor, visitor):
    as_editor.post(PATH, data=FOUND | {"checked_on": "2026-01-05", "reachable": "false"})
    as_editor.post(PATH, data=FOUND)

    told = read(visitor.get("/en/sources/article")).one("section", id="checks").one("ol").all("li")
    assert [line.words for line in told] == ["20 Nov 2026 reachable", "5 Jan 2026 not reachable"]
    assert [one["reachable"] for one in exported()["sources"][0]["checks"]] == [False, True]


def test_what_nobody_looked_up_for_a_year_is_listed_longest_ago_first(as_editor, visitor):
    a_source("never", url="https://example.org/n")
    a_source("lately", url="https://example.org/l", retrieved_on="2025-11-24")
    a_source("nowhere")  # no address: nothing to look up

    before = titles(read(visitor.get("/en/sources/checks")), "due")
    as_editor.post(PATH, data=FOUND)

    assert before == ["Title of never", "Title of article"]
    assert titles(read(visitor.get("/en/sources/checks")), "due") == ["Title of never"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, {"checked_on": "Fill this in", "reachable": "Fill this in"}),
        (FOUND | {"checked_on": "2026-11-24"}, {"checked_on": "This day is still to come"}),
        (FOUND | {"checked_on": "soon"}, {"checked_on": "Write a day such as 2022-07-01"}),
        (FOUND | {"note": "x" * 501}, {"note": "At most 500 characters"}),
    ],
)
def test_a_wrong_check_comes_back(as_editor, body, told):
    answer = as_editor.post(PATH, data=body)

    assert (answer.status_code, wrong(answer), rows(SourceCheck)) == (422, told, [])
    assert kept(answer, "checked_on") == body.get("checked_on", "2026-11-23")


def test_what_has_no_address_cannot_be_looked_up(as_editor):
    a_source("paper")

    assert as_editor.post("/en/sources/paper/checks", data=FOUND).status_code == 422


@pytest.mark.parametrize(("who", "status"), [("visitor", 303), ("as_observer", 403), ("as_commenter", 403)])
def test_only_editors_check(request, who, status):
    assert (request.getfixturevalue(who).post(PATH, data=FOUND).status_code, rows(SourceCheck)) == (status, [])


def test_a_source_that_is_not_there_is_missing(as_editor):
    assert as_editor.post("/en/sources/nowhere/checks", data=FOUND).status_code == 404
