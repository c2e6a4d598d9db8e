"""The page behind the link of a letter that asks an organisation about its position."""

import pytest

from models import Confirmation, Event, Proposal
from models.confirmation import Reply
from models.position import Stance
from relais.confirmations import answering
from relais.db import writing
from relais.settings import now
from tests.public_record import a_corrected_position, a_position, a_proposal, a_source, an_actor
from tests.relais.confirming import CONTACT, ask, refuse
from tests.web.filling import HOSTILE, kept, rows, wrong
from tests.web.reading import read

RIGHT = {"answer": "right", "name": "Iris Vogel", "role": "Policy officer", "version": "1"}
OTHER = RIGHT | {
    "answer": "other",
    "stance": "opposes",
    "on": "2024-03",
    "note": "Not without a budget.",
    "url": "https://mednum.example.org/p",
}


@pytest.fixture
def guichet(public_affairs):
    an_actor("mednum")
    a_source("report", title="The report")
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def position(guichet):
    return a_position(guichet, "mednum", on="2022-06-21", cites="report", note_en="In their letter")


@pytest.fixture
def link(position, editor):
    return f"/en/confirm/{answering.token(ask(position, editor, now=now()))}"


def the_row():
    return rows(Confirmation)[0]


def test_it_shows_what_is_recorded_as_a_visitor_sees_it_and_changes_nothing(link, visitor):
    answers = [visitor.get(link) for _ in range(3)]

    page = read(answers[2])
    assert ([answer.status_code for answer in answers], answers[2].headers["Cache-Control"]) == ([200] * 3, "no-store")
    assert page.one("h1").words == "Is this the position of mednum en?"
    facts = page.one("section", class_="panel").words
    for words in ("Supports", "21 Jun 2022", "In their letter", "revision 1 of the text (French)", "The report"):
        assert words in facts
    assert CONTACT not in answers[2].text
    assert (the_row().answer, the_row().version, len(rows(Event))) == (None, 1, len(rows(Event)))


def test_an_answer_is_kept_told_and_may_be_changed(link, visitor):
    answer = visitor.post(link, data=RIGHT)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{link}?done=1")
    page = visitor.get(answer.headers["Location"])
    assert "Your answer waits for the group" in page.text
    assert (kept(page, "answer"), kept(page, "name"), kept(page, "version")) == (["right"], "", "2")
    assert "Iris Vogel" not in page.text

    visitor.post(link, data=OTHER | {"version": "2"})

    row = the_row()
    assert (row.answer, row.stance, str(row.when()), row.note, row.version) == (Reply.OTHER, Stance.OPPOSES, "2024-03", OTHER["note"], 3)


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"answer": ""}, "answer", "Fill this in"),
        ({"name": " "}, "name", "Fill this in"),
        ({"role": ""}, "role", "Fill this in"),
        ({"stance": ""}, "stance", "Choose one from the list"),
        ({"stance": "absent"}, "stance", "Choose one from the list"),
        ({"on": "soon"}, "on", "Write a date such as 2022-06-21, 2022-06, 2022-H1 or 2022"),
        ({"on": ""}, "on", "Fill this in"),
        ({"answer": "withdrawn", "on": "2021"}, "on", "This is not after the day from which the position is recorded"),
        ({"url": "javascript:alert(1)"}, "url", "Write a web address that starts with https://"),
        ({"note": "x" * 1001}, "note", "At most 1000 characters"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(link, visitor, typed, field, message):
    answer = visitor.post(link, data=OTHER | typed)

    assert (answer.status_code, wrong(answer), the_row().answer) == (422, {field: message}, None)
    given = (OTHER | typed)["note"]
    assert (kept(answer, "note"), kept(answer, "version")) == (given, "1")


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_what_is_hostile_is_only_text(link, visitor, as_coordinator, hostile):
    visitor.post(link, data=OTHER | {"note": hostile, "name": hostile[:100], "role": hostile[:100]})

    for page in (visitor.get(link), as_coordinator.get("/en/confirmations/1")):
        assert page.status_code == 200
        assert "<script>alert(1)" not in page.text
        assert 'onfocus="alert' not in page.text


def test_two_who_answer_through_one_link_are_told_of_each_other(link, visitor):
    visitor.post(link, data=RIGHT)

    answer = visitor.post(link, data=OTHER | {"name": "Jan Smit"})

    page = read(answer)
    assert (answer.status_code, the_row().answer) == (409, Reply.RIGHT)
    theirs = page.one("section", **{"aria-labelledby": "h-theirs"}).words
    assert ("It is right." in theirs, "Iris Vogel" in answer.text) == (True, False)
    assert (kept(answer, "name"), kept(answer, "note"), kept(answer, "version")) == ("Jan Smit", OTHER["note"], "2")
    assert visitor.post(link, data=OTHER | {"version": "2"}).status_code == 303


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_leads_nowhere_says_why(link, guichet, position, editor, visitor, as_coordinator, coordinator, method):
    def lead(path=link):
        answer = visitor.request(method, path, data=RIGHT if method == "POST" else None)
        return answer.status_code, read(answer).one("p", class_="lead").words

    def age(**columns):
        with writing() as session:
            session.get_one(Confirmation, 1).sqlmodel_update(columns)

    assert lead("/en/confirm/never-was") == (410, "This is no link of a letter, or only part of one. Copy all of it from the letter.")
    expires = the_row().expires_at
    age(expires_at=now())
    assert lead() == (410, "This link was good for 60 days, which are over. Ask the working group for a new letter.")
    age(expires_at=expires)
    with writing() as session:
        session.get_one(Proposal, guichet.id).public = False
    assert lead()[0] == 410
    with writing() as session:
        session.get_one(Proposal, guichet.id).public = True
    visitor.post(link, data=RIGHT)
    refuse(the_row(), coordinator, now=now())
    assert lead() == (410, "The working group has decided on your answer. To change it, ask for a new letter.")


def test_once_corrected_it_asks_nothing_any_more(link, guichet, position, editor, visitor):
    a_corrected_position(guichet, position, editor, actor="mednum", stance="neutral")

    assert visitor.get(link).status_code == 410


def test_it_speaks_french(link, visitor):
    page = read(visitor.get(link.replace("/en/", "/fr/")))

    assert page.one("h1").words == "mednum fr : est-ce bien votre position ?"
