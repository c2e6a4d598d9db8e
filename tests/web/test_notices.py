"""A member's notices as a page: what is new is said on every page, one is opened by a press, and letters are chosen."""

from datetime import UTC, datetime

import pytest

from models import NoticeChoice
from tests.news_told import tell
from tests.public_record import a_comment, a_proposal, counted
from tests.web.filling import rows
from tests.web.reading import read

CHOICE = {"kinds": ["mention", "task"], "pace": "weekly", "weekday": "3", "version": "0"}


@pytest.fixture
def guichet(engine, public_affairs):
    proposal = a_proposal("guichet", public_affairs)
    tell(engine)
    return proposal


@pytest.fixture
def named(engine, guichet, commenter, editor):
    """Two comments that name the editor."""
    for words in ("look", "and look"):
        a_comment(guichet, commenter, f"@Emil Novák, {words}")
    tell(engine)


def heading(page):
    return page.one(class_="lead").words


def test_the_page_tells_what_concerns_the_member_newest_first(as_editor, named):
    page = read(as_editor.get("/en/notices"))

    assert heading(page) == "2 notices you have not read."
    lines = [item.words for item in page.one("ul", class_="log").all("li")]
    assert len(lines) == 2
    assert all(line.startswith("new You are named: Comment 23 Nov 2026") for line in lines)


def test_notices_stand_by_proposal_that_of_the_newest_first(as_editor, engine, guichet, public_affairs, commenter, editor):
    other = a_proposal("ecole", public_affairs)
    for number, proposal in enumerate((guichet, other, guichet)):
        a_comment(proposal, commenter, f"@Emil Novák, look {number}")
    tell(engine)

    main = read(as_editor.get("/en/notices")).one("main")
    heads = [(head.one("a")["href"], head.words) for head in main.all("h2")]
    assert heads == [("/en/proposals/guichet", "Titre de guichet"), ("/en/proposals/ecole", "Titre de ecole")]
    assert [len(pile.all("li")) for pile in main.all("ul", class_="log")] == [2, 1]


def test_every_page_says_how_many_are_new(as_editor, as_commenter, named):
    told = [read(client.get("/en/proposals")).all("a", href="/en/notices") for client in (as_editor, as_commenter)]

    assert [link.words for link in told[0]] == ["2 2 notices you have not read."]
    assert told[1] == []


def test_a_press_opens_one_and_marks_it_read(as_editor, named):
    answer = as_editor.post("/en/notices/2")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/proposals/guichet#c2")
    page = read(as_editor.get("/en/notices"))
    assert heading(page) == "1 notice you have not read."
    first, second = page.one("ul", class_="log").all("li")
    assert ([link["href"] for link in first.all("a")], second.all("a")) == (["/en/proposals/guichet#c2"], [])


def test_looking_marks_nothing_as_read(as_editor, named):
    for _ in range(2):
        page = read(as_editor.get("/en/notices"))

    assert heading(page) == "2 notices you have not read."


def test_all_that_was_shown_is_marked_at_once(as_editor, named, engine, guichet, commenter):
    upto = read(as_editor.get("/en/notices")).one("input", name="upto")["value"]
    a_comment(guichet, commenter, "@Emil Novák, later")
    tell(engine)

    as_editor.post("/en/notices/read", data={"upto": upto})
    assert heading(read(as_editor.get("/en/notices"))) == "1 notice you have not read."


def test_nobody_reads_those_of_others(as_coordinator, as_editor, visitor, named):
    assert as_coordinator.post("/en/notices/1").status_code == 404
    assert visitor.get("/en/notices").headers["Location"].startswith("/en/sign-in")
    assert heading(read(as_coordinator.get("/en/notices"))) == "You have read everything."
    assert heading(read(as_editor.get("/en/notices"))) == "2 notices you have not read."


def test_letters_are_chosen(as_editor, guichet):
    form = read(as_editor.get("/en/notices/letters"))
    assert [box["value"] for box in form.all("input") if "checked" in box.attributes] == [
        "mention", "reply", "task", "waiting", "decided", "found", "at_once",
    ]  # fmt: skip

    assert as_editor.post("/en/notices/letters", data=CHOICE).headers["Location"] == "/en/notices"
    (row,) = rows(NoticeChoice)
    assert (row.kinds, row.pace, row.weekday) == (["mention", "task"], "weekly", 3)


def test_letters_pause_until_a_day(as_editor):
    over = as_editor.post("/en/notices/letters", data={**CHOICE, "paused_until": "2020-01-01"})
    assert (over.status_code, read(over).one(id="f-paused_until-e").words) == (422, "Choose a day that is still to come")
    assert rows(NoticeChoice) == []

    as_editor.post("/en/notices/letters", data={**CHOICE, "paused_until": "2099-07-01"})
    assert read(as_editor.get("/en/notices/letters")).one("input", name="paused_until")["value"] == "2099-07-01"
    assert rows(NoticeChoice)[0].paused_until == datetime(2099, 6, 30, 22, tzinfo=UTC)


def test_none_at_all_can_be_chosen(as_editor):
    as_editor.post("/en/notices/letters", data={"pace": "at_once", "version": "0"})

    assert rows(NoticeChoice)[0].kinds == []


def test_what_is_wrong_is_said_and_what_was_chosen_stays(as_editor):
    answer = as_editor.post("/en/notices/letters", data={**CHOICE, "pace": "hourly"})

    page = read(answer)
    assert (answer.status_code, page.one(id="f-pace-e").words) == (422, "Choose one from the list")
    assert [box["value"] for box in page.all("input", name="kinds") if "checked" in box.attributes] == ["mention", "task"]


def test_a_choice_made_over_another_is_told_and_can_be_saved_again(as_editor):
    as_editor.post("/en/notices/letters", data=CHOICE)
    as_editor.post("/en/notices/letters", data={**CHOICE, "version": "1", "pace": "daily"})
    late = as_editor.post("/en/notices/letters", data={**CHOICE, "version": "1", "pace": "never"})

    assert (late.status_code, rows(NoticeChoice)[0].pace) == (409, "daily")
    again = {**CHOICE, "pace": "never", "version": read(late).one("input", name="version")["value"]}
    assert (as_editor.post("/en/notices/letters", data=again).status_code, rows(NoticeChoice)[0].pace) == (303, "never")


def test_in_french(as_editor, named):
    page = read(as_editor.get("/fr/notices"))

    assert heading(page) == "2 avis non lus."
    assert "Vous êtes nommé : Commentaire 23 nov. 2026" in page.one("main").words


def test_three_notices_take_as_many_questions_as_one(engine, as_editor, guichet, commenter, editor):
    told = []
    for more in (1, 2):
        for number in range(more):
            a_comment(guichet, commenter, f"@Emil Novák, {more} {number}")
        tell(engine)
        with counted(engine) as said:
            as_editor.get("/en/notices")
        told.append(len(said))

    assert told[0] == told[1]
