"""A position given on a text that has changed in substance since says so wherever it is shown."""

from datetime import timedelta

import pytest

from relais import texts
from relais.db import writing
from relais.texts import TextForm
from tests.days import NOW
from tests.exported import exported
from tests.handover import a_calendar, told
from tests.public_record import a_position, a_proposal, a_source
from tests.web.reading import read

NOTE = "given on an older text"
PAGES = (
    "/en/proposals/guichet",
    "/en/proposals/guichet/positions",
    "/en/actors/czechia",
    "/en/presidencies/2022-cz",
    "/en/presidencies/2022-cz/brief",
    "/en/positions",
    "/en/reports",
    "/en/reports/report.md",
)


@pytest.fixture
def guichet(public_affairs):
    a_calendar()
    a_source("report")
    proposal = a_proposal("guichet", public_affairs, on="2022-03-01")
    a_position(proposal, "czechia", "absent", on="2022-06-01", cites="report")
    return proposal


def changed(proposal, by, *, minor=False):
    with writing() as session:
        text = texts.of(session, proposal, "fr")
        form = TextForm(title=text.title, summary=text.summary, body=f"{text.body} Encore.", minor=minor)
        texts.save(session, proposal, "fr", form, base=text.number, by=by, now=NOW + timedelta(minutes=5 + text.number))


def noted(client):
    return [path for path in PAGES if NOTE in client.get(path).text.lower()]


def test_it_says_so_on_every_page_and_not_for_a_minor_edit(visitor, guichet, editor):
    before = noted(visitor)
    changed(guichet, editor, minor=True)
    minor = noted(visitor)
    changed(guichet, editor)

    assert (before, minor, noted(visitor)) == ([], [], list(PAGES))


def test_programs_are_told_too(visitor, guichet, editor):
    changed(guichet, editor)
    a_position(guichet, "sweden", "supports", on="2022-06-02", cites="report")

    [shown] = exported()["proposals"]
    brief = told()
    sheet = visitor.get("/en/reports/positions.csv").text.splitlines()

    assert [(one["actor"], one["on_older_text"]) for one in shown["positions"]] == [("czechia", True), ("sweden", False)]
    assert [(one.number, one.older) for risk in brief.risks for one in risk.places] == [(1, 1)]
    assert [(share.stance, share.older) for share in brief.backing.lines[0].cells[0].shares] == [("absent", 1)]
    column = sheet[0].split(",").index("on_older_text")
    assert [line.split(",")[column] for line in sheet[1:]] == ["yes", "no"]


def test_who_presides_says_it_too(visitor, guichet, editor):
    changed(guichet, editor)

    coming = read(visitor.get("/en/presidencies/2022-cz")).one("section", id="coming")

    assert NOTE in coming.words
