"""The state machine, pair by pair: a change of the table must be a change here too."""

import pytest

from models.proposal import LADDER, Proposal, Stage, may_move, wants_reason

STAGES = tuple(Stage)
# Rows: from; columns: drafted, published, backed, taken_up, adopted, in_force, dropped, merged. Yes, no, or with a reason.
TABLE = {
    None: "y y - - - - - -",
    Stage.DRAFTED: "- y y y y y r r",
    Stage.PUBLISHED: "- - y y y y r r",
    Stage.BACKED: "- r - y y y r r",
    Stage.TAKEN_UP: "- - r - y y r r",
    Stage.ADOPTED: "- - - r - y r -",
    Stage.IN_FORCE: "- - - - r - r -",
    Stage.DROPPED: "r r r r - - - -",
    Stage.MERGED: "- - - - - - - -",
}


def pairs():
    return [(start, end, mark) for start, row in TABLE.items() for end, mark in zip(STAGES, row.split(), strict=True)]


def test_the_table_knows_every_stage():
    assert set(TABLE) == {None, *STAGES}


@pytest.mark.parametrize(("start", "end", "mark"), pairs())
def test_a_step_is_allowed_when_the_table_says_so(start, end, mark):
    assert may_move(start, end) is (mark != "-")


@pytest.mark.parametrize(("start", "end", "mark"), [pair for pair in pairs() if pair[2] != "-"])
def test_a_step_back_an_end_and_a_reopening_want_a_reason(start, end, mark):
    assert wants_reason(start, end) is (mark == "r")


def test_the_ladder_has_six_steps_and_two_ends():
    assert [stage.step for stage in LADDER] == [1, 2, 3, 4, 5, 6]
    assert {stage for stage in Stage if stage.ended} == {stage for stage in Stage if stage.step == 0} == {Stage.DROPPED, Stage.MERGED}


@pytest.mark.parametrize("stage", Stage)
def test_an_ended_proposal_is_closed_to_comments(stage):
    assert Proposal(stage=stage).open_to_comments() is (stage not in (Stage.DROPPED, Stage.MERGED))
