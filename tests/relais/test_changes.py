"""What changed between two days of a selection, and between two snapshots of it."""

from datetime import date

import pytest

from relais import positions, reports
from relais.db import reading, writing
from relais.positions import PositionForm
from relais.presidencies import calendar
from relais.reports.changes import between
from relais.reports.changes_told import Changes
from relais.reports.selection import Selection
from tests.asks import a_calendar, a_leg
from tests.days import TODAY
from tests.public_record import a_position, a_proposal, a_source, an_entry, moved


def told(as_of=None, **asked):
    with reading() as session:
        selection = Selection.model_validate(asked | ({"as_of": as_of} if as_of else {}))
        return reports.document(session, selection, calendar(session), today=TODAY)


def changes(before, after):
    """Proposal, part, kind and subject of each."""
    found = between(before, after)["proposals"]
    return [(one["slug"], change["part"], change["change"], change["subject"]) for one in found for change in one["changes"]]


@pytest.fixture
def guichet(public_affairs):
    a_calendar()
    a_source("rapport")
    return a_proposal("guichet", public_affairs, on="2022-01-10", cites="rapport")


def test_between_two_days_what_was_added_and_moved(guichet):
    a_position(guichet, "france", on="2022-06-21", cites="rapport")
    an_entry("vote", guichet, on="2022-09-01")
    moved(guichet, "backed", on="2022-07-01")

    found = between(told(date(2022, 6, 1)), told(date(2022, 12, 31)))

    (one,) = found["proposals"]
    assert [(change["part"], change["change"]) for change in one["changes"]] == [
        ("stage", "moved"),
        ("position", "added"),
        ("event", "added"),
    ]
    assert (one["changes"][0]["after"]["from"], one["changes"][0]["after"]["to"]) == ("published", "backed")
    assert (found["before"]["as_of"], found["after"]["as_of"]) == (date(2022, 6, 1), date(2022, 12, 31))


def test_nothing_changed_is_nothing(guichet):
    assert changes(told(date(2022, 6, 1)), told(date(2022, 6, 2))) == []


def test_a_proposal_that_came_and_one_that_is_no_longer_chosen(guichet, social_tech):
    before = told()
    a_proposal("tarif", social_tech)

    assert changes(before, told()) == [("tarif", "proposal", "added", "tarif"), ("tarif", "stage", "moved", "2")]
    assert changes(told(), told(proposal=["guichet"])) == [("tarif", "proposal", "removed", "tarif")]


def test_what_takes_the_place_of_another_corrects_it(guichet, editor):
    position = a_position(guichet, "france", on="2022-06-21", cites="rapport")
    before = told()
    with writing() as session:
        standing = session.get(type(position), position.id)
        form = PositionForm(actor="france", stance="opposes", on="2022-06-21")
        positions.correct(session, guichet, standing, form, by=editor, now=position.recorded_at)

    (change,) = between(before, told())["proposals"][0]["changes"]
    assert (change["part"], change["change"], change["before"]["stance"], change["after"]["stance"]) == (
        "position", "corrected", "supports", "opposes",
    )  # fmt: skip


def test_an_ask_and_its_words(guichet, editor):
    before = told()
    a_leg(guichet, editor, public=True)

    (change,) = between(before, told())["proposals"][0]["changes"]
    assert (change["part"], change["change"], change["before"]) == ("ask", "added", None)


def test_only_the_parts_both_tell_are_compared(guichet):
    before = told(part=["stages"])
    a_position(guichet, "france", on="2022-06-21")

    assert changes(before, told()) == []


def test_it_is_told_in_both_languages_with_the_numbers_of_its_sources(guichet):
    a_position(guichet, "france", on="2022-06-21", cites="rapport")
    before, after = told(date(2022, 6, 1)), told(date(2022, 12, 31))

    tables = {language: Changes(before, after, language).tables() for language in ("fr", "en")}

    assert tables["en"][0].rows == (
        (
            "guichet",
            "Position",
            "added",
            "France",
            "",
            "Supports (21 Jun 2022)",
            "21 Jun 2022",
            date(2022, 6, 21),
            date(2022, 6, 21),
            "1",
            "",
        ),
    )
    assert tables["fr"][0].rows[0][1:6] == ("Position", "ajout", "France", "", "Soutient (21 juin 2022)")
    assert [row[0] for row in tables["en"][1].rows] == [1]
