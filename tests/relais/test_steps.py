"""What a position does to the one before it."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.partial_date import PartialDate
from models.position import Stance
from relais.positions import latest
from relais.positions.steps import Change, between, change, taken

DAYS = [date(2022, 1, 1), date(2022, 6, 30), date(2022, 7, 1), date(2023, 1, 1), None]


def a_row(key, stance, on, supersedes=None, actor=1):
    when = PartialDate.parse(on.isoformat() if isinstance(on, date) else on or "")
    return SimpleNamespace(
        id=key, proposal_id=1, actor_id=actor, stance=stance, supersedes_id=supersedes, effective_on=when.on,
        effective_until=when.until, precision=when.precision,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, Stance.OPPOSES, Change.FIRST),
        (Stance.SUPPORTS, Stance.SUPPORTS, Change.CONFIRMED),
        (Stance.SUPPORTS, Stance.OPPOSES, Change.TURNED),
        (Stance.OPPOSES, Stance.SUPPORTS_WITH_RESERVATIONS, Change.TURNED),
        (Stance.SUPPORTS, Stance.NEUTRAL, Change.WITHDRAWN),
        (Stance.OPPOSES, Stance.ABSENT, Change.WITHDRAWN),
        (Stance.SUPPORTS, Stance.SUPPORTS_WITH_RESERVATIONS, Change.CHANGED),
        (Stance.SUPPORTS, Stance.TOOK_PART, Change.CHANGED),
        (Stance.NEUTRAL, Stance.ABSENT, Change.CHANGED),
        (Stance.TOOK_PART, Stance.SUPPORTS, Change.CHANGED),
    ],
)
def test_a_position_confirms_withdraws_turns_or_changes(before, after, told):
    assert change(before, after) is told


def test_a_corrected_position_is_no_step_and_undated_ones_come_first():
    rows = [
        a_row(1, Stance.SUPPORTS, "2022-06-21"), a_row(2, Stance.OPPOSES, "2022-07-01"),
        a_row(3, Stance.SUPPORTS, "2022-07-02", supersedes=2), a_row(4, Stance.NEUTRAL, ""),
    ]  # fmt: skip

    assert [(step.row.id, step.change, step.before) for step in taken(rows)[1, 1]] == [
        (4, Change.FIRST, None),
        (1, Change.CHANGED, Stance.NEUTRAL),
        (3, Change.CONFIRMED, Stance.SUPPORTS),
    ]


def test_between_two_days_is_what_was_sure_by_the_last_and_not_by_the_first():
    rows = [
        a_row(1, Stance.SUPPORTS, "2022-06-30"), a_row(2, Stance.NEUTRAL, "2022-07", actor=2), a_row(3, Stance.OPPOSES, "2022-07-01"),
        a_row(4, Stance.SUPPORTS, "2022", actor=3), a_row(5, Stance.SUPPORTS, "", actor=4),
    ]  # fmt: skip

    inside = between(rows, date(2022, 6, 30), date(2022, 7, 31))

    assert [(step.row.id, step.change) for step in inside] == [(3, Change.TURNED), (2, Change.FIRST)]
    assert [step.row.id for step in between(rows, date(2022, 6, 30), date(2022, 12, 31))] == [4, 3, 2]


@given(st.lists(st.tuples(st.sampled_from(Stance), st.sampled_from(DAYS), st.integers(1, 2)), max_size=8))
def test_the_last_step_is_the_position_that_stands(given_rows):
    rows = [a_row(key, stance, day, actor=actor) for key, (stance, day, actor) in enumerate(given_rows, start=1)]

    steps = taken(rows)

    assert {key: made[-1].row.id for key, made in steps.items()} == {key: row.id for key, row in latest(rows).items()}
    assert sorted(step.row.id for made in steps.values() for step in made) == [row.id for row in rows]
