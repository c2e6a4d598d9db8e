"""Several editors at the same instant: one ask for each presidency, whoever is first."""

from models import Event, Leg
from relais import legs
from relais.db import writing
from relais.legs import LegForm
from tests.asks import a_calendar, a_leg
from tests.days import NOW
from tests.public_record import a_proposal
from tests.relais.races import names, race
from tests.web.filling import rows


def test_of_many_who_plan_the_same_at_once_one_does(engine, public_affairs, editor):
    a_calendar()
    guichet = a_proposal("guichet", public_affairs)

    def plan():
        a_leg(guichet, editor)

    assert names(race(*[plan] * 6)) == ["Invalid"] * 5 + ["won"]
    assert [event.kind for event in rows(Event)].count("leg_planned") == len(rows(Leg)) == 1


def test_of_many_who_carry_an_ask_on_at_once_all_find_the_one_that_is_there(engine, public_affairs, editor):
    a_calendar()
    guichet = a_proposal("guichet", public_affairs)
    leg = a_leg(guichet, editor, "2022-cz")

    def carry():
        with writing() as session:
            return legs.carry(session, session.get_one(Leg, leg.id), guichet, "2026-ie", by=editor, now=NOW).id

    assert len({*race(*[carry] * 6)}) == 1
    assert [row.carried_from_id for row in rows(Leg)] == [None, leg.id]


def test_of_two_who_change_the_same_version_one_is_told(engine, public_affairs, editor):
    a_calendar()
    guichet = a_proposal("guichet", public_affairs)
    leg = a_leg(guichet, editor, targets=["rp-ireland"])

    def change(ask):
        def run():
            with writing() as session:
                form = LegForm(ask_en=ask, targets=["ireland"])
                legs.change(session, session.get_one(Leg, leg.id), guichet, form, version=1, by=editor, now=NOW)

        return run

    assert names(race(change("Mine"), change("Theirs"))) == ["Stale", "won"]
    assert rows(Leg)[0].version == 2
