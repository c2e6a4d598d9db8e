"""Taking turns: in the order of coming, never for ever, and never against oneself."""

from threading import Event as Signal
from threading import Thread
from time import monotonic, sleep

import pytest
from sqlalchemy.exc import OperationalError

from models import Group
from relais import db
from relais.db import writing
from relais.turns import Turns
from tests.relais.races import race

PATIENCE = 10.0


def test_turns_are_taken_in_the_order_of_coming():
    turns, order, came = Turns(), [], []

    def take(number: int) -> None:
        with turns.one(PATIENCE):
            order.append(number)

    with turns.one(PATIENCE):
        for number in range(8):
            came.append(Thread(target=take, args=(number,)))
            came[-1].start()
            until(lambda waiting=number + 1: turns.waiting == waiting)
    for thread in came:
        thread.join(PATIENCE)

    assert order == list(range(8))


def test_nobody_is_in_during_the_turn_of_another():
    turns, inside, most = Turns(), [], []

    def take(number: int) -> None:
        for _ in range(50):
            with turns.one(PATIENCE):
                inside.append(number)
                most.append(len(inside))
                sleep(0)
                inside.pop()

    outcomes = race(*[lambda number=number: take(number) for number in range(8)])

    assert outcomes == [None] * 8
    assert most == [1] * 400


def test_who_has_the_turn_does_not_wait_for_themselves():
    turns, began = Turns(), monotonic()

    with turns.one(PATIENCE), turns.one(PATIENCE):
        pass

    assert monotonic() - began < PATIENCE / 2
    with turns.one(PATIENCE):
        assert not turns.waiting


def test_who_waits_in_vain_goes_on_without_and_leaves_the_queue():
    turns, went_on, leave = Turns(), Signal(), Signal()

    def hurry() -> None:
        with turns.one(0.01):
            went_on.set()
            leave.wait(PATIENCE)

    with turns.one(PATIENCE):
        thread = Thread(target=hurry)
        thread.start()
        assert went_on.wait(PATIENCE)
        assert not turns.waiting
    with turns.one(PATIENCE):  # whoever went on without one has none to give away
        leave.set()
        thread.join(PATIENCE)
        assert race(lambda: turns.taken) == [True]


def test_a_turn_ends_with_what_was_raised_in_it():
    turns = Turns()

    with pytest.raises(OSError, match="disk"), turns.one(PATIENCE):
        raise OSError("disk")

    assert not turns.taken


@pytest.mark.sqlite
def test_a_unit_of_work_within_another_is_refused_by_the_database_and_the_outer_one_goes_on(engine, monkeypatch):
    monkeypatch.setattr(db, "BUSY_MS", 50)  # before the first connection is made

    with writing() as session:
        session.add(Group(slug="outer", name_fr="G", name_en="G"))
        session.flush()
        with pytest.raises(OperationalError, match="locked"), writing() as inner:
            inner.connection()

    assert race(lambda: write("after")) == ["after"]


def write(slug: str) -> str:
    with writing() as session:
        session.add(Group(slug=slug, name_fr="G", name_en="G"))
    return slug


def until(true) -> None:
    began = monotonic()
    while not true():
        assert monotonic() - began < PATIENCE
        sleep(0.001)
