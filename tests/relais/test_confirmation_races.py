"""An answer at the same instant as something else: one is heard, the rest are told, and no source is lost on the way."""

from functools import partial

import pytest
from sqlmodel import select

from models import Citation, Confirmation, Position
from models.confirmation import Outcome
from relais.db import reading
from tests.public_record import a_corrected_position, a_position, a_proposal, a_source, an_actor
from tests.relais.confirming import answer, approve, ask, refuse, rows
from tests.relais.races import names, race

OTHER = {"answer": "other", "stance": "opposes", "on": "2024"}


@pytest.fixture
def guichet(public_affairs):
    an_actor("mednum")
    a_source("report")
    return a_proposal("guichet", public_affairs)


@pytest.fixture
def position(guichet):
    return a_position(guichet, "mednum", on="2022", cites="report")


@pytest.fixture
def asked(position, editor):
    return ask(position, editor)


def test_of_many_who_ask_at_once_one_letter_comes_of_it(position, editor, coordinator):
    outcomes = race(*(partial(ask, position, by, email=f"a{number}@x.test") for number, by in enumerate([editor, coordinator] * 3)))

    assert names(outcomes) == ["Invalid"] * 5 + ["won"]
    assert len(rows()) == 1


def test_of_many_who_decide_at_once_one_does(asked, coordinator):
    answer(asked, **OTHER)

    outcomes = race(*(partial(verb, asked, coordinator) for verb in (approve, refuse, approve, refuse)))

    assert (names(outcomes).count("won"), len(set(names(outcomes)) - {"won", "Stale", "Refused"})) == (1, 0)
    approved = rows()[0].outcome is Outcome.APPROVED
    assert len(rows(Position)) == (2 if approved else 1)


def test_an_answer_changed_as_it_is_approved_is_either_in_the_record_or_still_to_decide(asked, coordinator):
    answer(asked)

    race(partial(answer, asked, version=2, **OTHER), partial(approve, asked, coordinator))

    (row,) = rows()
    assert (row.outcome, row.answer.value) in ((Outcome.APPROVED, "right"), (None, "other"))
    with reading() as session:
        assert len(session.exec(select(Citation.id)).all()) == (2 if row.outcome else 1)


def test_a_correction_at_the_same_instant_carries_the_answer_along_or_overtakes_it(guichet, position, asked, coordinator, editor):
    answer(asked)

    def correct():
        return a_corrected_position(guichet, position, editor, actor="mednum", stance="neutral")

    corrected, approved = race(correct, partial(approve, asked, coordinator))

    assert isinstance(corrected, Position)
    with reading() as session:
        cited = session.exec(select(Citation.id).where(Citation.position_id == corrected.id)).all()
        outcome = session.get_one(Confirmation, asked.id).outcome
    assert (type(approved).__name__, outcome, len(cited)) in (("Position", Outcome.APPROVED, 2), ("Overtaken", None, 1))
