"""The relay of a report: the same picture as everywhere, drawn from the document alone."""

from datetime import date

import pytest

from models.proposal import Stage
from relais import presidencies, relay, reports
from relais.access import VISITOR
from relais.db import reading, writing
from relais.relay.lines import CellKind
from relais.reports import picture
from relais.reports.selection import Selection
from relais.reports.telling import Telling
from seed.load import load
from tests.asks import a_calendar, a_leg, closed
from tests.days import NOW, TODAY
from tests.public_record import a_position, a_proposal, an_entry, moved


def drawn(day=TODAY, **asked):
    with reading() as session:
        document = reports.document(session, Selection.model_validate(asked), presidencies.calendar(session), today=TODAY)
    return picture.of(Telling(document, "en"), day)


def shown(found):
    """Each cell by proposal and presidency: what it is, how high the line is, the baton, what is said in it."""
    return {
        line.slug: [
            (cell.term.slug, cell.kind, cell.step, cell.was, cell.baton, cell.current, sorted(one.words for one in cell.happenings))
            for cell in line.cells
        ]
        for line in found.lines
    }  # fmt: skip


def told(found):
    return [(bundle.title, [(slug, stand and stand.stance) for slug, stand in bundle.stands.items() if stand]) for bundle in found.bundles]


@pytest.mark.slow
@pytest.mark.parametrize("as_of", [None, date(2022, 7, 1), date(2024, 12, 31)])
def test_of_the_whole_seed_it_is_the_picture_of_the_first_page(engine, as_of):
    with writing() as session:
        load(session, NOW)
    day = as_of or TODAY
    with reading() as session:
        calendar = presidencies.calendar(session)
        whole = relay.picture(session, calendar, VISITOR, "en", day=day, as_of=as_of is not None)

    found = drawn(day, as_of=as_of)

    first = [term.slug for term in whole.terms].index(found.terms[0].slug)
    assert [term.slug for term in found.terms] == [term.slug for term in whole.terms[first:]]
    assert shown(found) == {slug: cells[first:] for slug, cells in shown(whole).items()}
    assert sorted(told(found)) == sorted(told(whole))


@pytest.fixture
def guichet(public_affairs):
    a_calendar()
    proposal = a_proposal("guichet", public_affairs, on="2022-02-01")
    moved(proposal, "backed", on="2022-08-01")
    a_position(proposal, "ireland", "absent", on="2022-06-21")
    return proposal


def cells(found):
    (line,) = found.lines
    return [(cell.term.slug, cell.kind, cell.step, cell.started) for cell in line.cells]


def test_a_period_begins_where_the_proposal_then_stood(guichet):
    assert cells(drawn(**{"from": "2022-cz", "to": "2026-ie"})) == [
        ("2022-cz", CellKind.MOVED, 3, True),
        ("2026-ie", CellKind.NOTHING, 3, True),
    ]
    an_entry("vote", guichet, on="2026-09-01")
    assert cells(drawn(**{"from": "2026-ie", "to": "2027-lt"}))[0] == ("2026-ie", CellKind.HELD, 3, True)


def test_without_the_positions_no_state_is_said_to_be_silent(guichet):
    (told,), (silent,) = (drawn(part=parts).bundles for parts in (["stages", "positions"], ["stages"]))

    assert (told.stands["2026-ie"].stance, told.stands["2027-lt"].stance) == ("absent", None)
    assert set(silent.stands.values()) == {None}


def test_what_is_still_asked_of_those_to_come_is_planned(guichet, editor):
    a_leg(guichet, editor, "2027-lt", "Name it", public=True)
    closed(a_leg(guichet, editor, "2026-ie", "Say it", public=True), guichet, editor)
    a_leg(guichet, editor, "2027-el", "Kept ask")

    (line,) = drawn().lines

    assert {cell.term.slug: [one.words for one in cell.happenings] for cell in line.cells if cell.kind is CellKind.PLANNED} == {
        "2027-lt": ["Name it"]
    }


def test_the_line_of_what_was_dropped_ends(guichet):
    moved(guichet, "dropped", on="2022-11-01", reason_en="Nobody asked for it")

    (line,) = drawn().lines

    assert (line.stage, [cell.kind for cell in line.cells][:3]) == (Stage.DROPPED, [CellKind.MOVED, CellKind.DROPPED, CellKind.CLOSED])


def test_nothing_that_falls_in_a_presidency_is_no_picture(public_affairs):
    a_calendar()
    a_proposal("undated", public_affairs, on="")

    assert drawn().terms == ()
