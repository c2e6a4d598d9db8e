"""One line of the picture, cell by cell: solid, dotted, stepped, dashed, ended; and where the baton lies."""

from datetime import date

import pytest

from models.partial_date import PartialDate
from models.proposal import Stage
from relais.presidencies import Calendar, Term
from relais.relay.lines import CellKind, Happening, cells, stalled

TODAY = date(2026, 11, 23)


def term(slug: str, start: str, end: str) -> Term:
    return Term(slug, slug[-2:].upper(), 1, slug, {"en": slug}, date.fromisoformat(start), date.fromisoformat(end), ())


CALENDAR = Calendar(
    (
        term("2025-dk", "2025-07-01", "2025-12-31"),
        term("2026-cy", "2026-01-01", "2026-06-30"),
        term("2026-ie", "2026-07-01", "2026-12-31"),
        term("2027-lt", "2027-01-01", "2027-06-30"),
    )
)


def moved(to: Stage, on: str) -> Happening:
    kind = {Stage.DROPPED: CellKind.DROPPED, Stage.MERGED: CellKind.MERGED}.get(to, CellKind.MOVED)
    return Happening(kind, PartialDate.parse(on), "", "", to)


def told(kind: CellKind, on: str) -> Happening:
    return Happening(kind, PartialDate.parse(on), "", "")


def kinds(*happenings: Happening) -> list[str]:
    return [cell.kind.value for cell in cells(CALENDAR, happenings, TODAY)]


@pytest.mark.parametrize(
    ("happenings", "row"),
    [
        ([], ["before", "before", "before", "ahead"]),
        ([moved(Stage.PUBLISHED, "2025-10-01")], ["moved", "nothing", "nothing", "ahead"]),
        ([moved(Stage.PUBLISHED, "2025-10-01"), told(CellKind.HELD, "2026-03")], ["moved", "held", "nothing", "ahead"]),
        ([moved(Stage.PUBLISHED, "2025-10-01"), told(CellKind.LEAD, "2026-03-01")], ["moved", "lead", "nothing", "ahead"]),
        ([moved(Stage.PUBLISHED, "2025-10-01"), told(CellKind.PLANNED, "2027-02-01")], ["moved", "nothing", "nothing", "planned"]),
        ([moved(Stage.PUBLISHED, "2025-10-01"), moved(Stage.DROPPED, "2026-02-01")], ["moved", "dropped", "closed", "closed"]),
        ([moved(Stage.PUBLISHED, "2026-08-01"), told(CellKind.LEAD, "2025-09-01")], ["lead", "before", "moved", "ahead"]),
        ([moved(Stage.PUBLISHED, "2025-10-01"), told(CellKind.HELD, "2026")], ["moved", "nothing", "nothing", "ahead"]),
    ],
)
def test_each_presidency_shows_what_was_recorded_in_it(happenings, row):
    assert kinds(*happenings) == row


def test_a_move_steps_the_line_up_and_the_next_cell_goes_on_from_there():
    row = cells(CALENDAR, [moved(Stage.PUBLISHED, "2025-10-01"), moved(Stage.BACKED, "2026-02-01")], TODAY)

    assert [cell.path for cell in row] == ["M50 48H100", "M0 48H50V39H100", "M0 39H100", ""]
    assert [cell.line for cell in row][:3] == ["hold", "hold", "dot"]


def test_a_move_too_coarse_for_one_presidency_raises_the_line_once_it_is_past():
    row = cells(CALENDAR, [moved(Stage.PUBLISHED, "2025")], TODAY)

    assert [(cell.kind.value, cell.step) for cell in row] == [("before", 0), ("nothing", 2), ("nothing", 2), ("ahead", 2)]


def test_the_baton_lies_in_the_current_presidency_unless_something_moved_there_or_it_ended():
    def baton(*happenings: Happening) -> list[str]:
        return [cell.term.slug for cell in cells(CALENDAR, happenings, TODAY) if cell.baton]

    started = moved(Stage.PUBLISHED, "2025-10-01")
    assert baton(started) == ["2026-ie"]
    assert baton(started, told(CellKind.HELD, "2026-09-01")) == ["2026-ie"]
    assert baton(started, moved(Stage.BACKED, "2026-09-01")) == []
    assert baton(started, moved(Stage.DROPPED, "2026-02-01")) == []
    assert baton() == []


def test_only_the_last_move_of_a_presidency_is_drawn_and_all_are_told():
    row = cells(CALENDAR, [moved(Stage.PUBLISHED, "2025-10-01"), moved(Stage.BACKED, "2025-10-01")], TODAY)

    assert (row[0].shown.stage, len(row[0].happenings), row[0].step) == (Stage.BACKED, 2, 3)


@pytest.mark.parametrize(
    ("happenings", "answer"),
    [
        ([moved(Stage.PUBLISHED, "2025-10-01")], True),
        ([moved(Stage.PUBLISHED, "2025-10-01"), told(CellKind.HELD, "2026-03-01")], False),
        ([moved(Stage.PUBLISHED, "2025-10-01"), told(CellKind.LEAD, "2026-03-01")], True),
        ([moved(Stage.PUBLISHED, "2025-10-01"), told(CellKind.HELD, "2026-09-01")], False),
        ([moved(Stage.PUBLISHED, "2026-02-01")], False),
        ([moved(Stage.PUBLISHED, "2025-10-01"), moved(Stage.DROPPED, "2025-11-01")], False),
        ([], False),
    ],
)
def test_stalled_is_one_whole_presidency_without_a_done_entry_or_a_move(happenings, answer):
    assert stalled(cells(CALENDAR, happenings, TODAY), TODAY) is answer
