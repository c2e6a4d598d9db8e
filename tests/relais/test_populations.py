"""Figures of the people by year, and who the Council is on a day."""

from datetime import date

import pytest
from sqlmodel import col, func, select

from models import Actor, Event, Population
from relais import populations
from relais.db import reading, writing
from relais.errors import Invalid
from relais.populations import PROTOCOL, PopulationsForm
from tests.days import NOW, TODAY
from tests.public_record import CODES, a_source, counted, the_people, the_states


def council(day=TODAY):
    with reading() as session:
        return populations.council(session, day)


def test_figures_are_added_with_their_source_and_one_line_in_the_ledger(engine, editor):
    the_states()
    a_source("eurostat")
    form = PopulationsForm(year=2024, source="eurostat", people={"malta": 563_000, "france": 68_402_000})

    with writing() as session:
        added = populations.add(session, form, by=editor, now=NOW)

    with reading() as session:
        rows = session.exec(select(Actor.slug, Population.year, Population.people).join(Population)).all()
        event = session.exec(select(Event).order_by(col(Event.id).desc())).first()
    assert (added, sorted(map(tuple, rows))) == (2, [("france", 2024, 68_402_000), ("malta", 2024, 563_000)])
    assert (event.kind, event.details, event.public, event.actor_id) == (
        "populations_added", {"slug": "eurostat", "year": 2024}, True, editor.id,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"), [({"source": "nowhere"}, "source"), ({"people": {"atlantis": 1}}, "people"), ({"year": 2023}, "year")]
)
def test_figures_that_make_no_sense_are_refused_and_leave_nothing(engine, wrong, field):
    the_states()
    the_people(2023)
    form = PopulationsForm(**{"year": 2024, "source": "figures-2023", "people": {"malta": 1}} | wrong)

    with writing() as session, pytest.raises(Invalid) as refused, session.begin_nested():
        populations.add(session, form, by=None, now=NOW)

    with reading() as session:
        assert session.exec(select(func.count()).select_from(Population)).one() == 27
    assert refused.value.field == field


def test_the_states_come_in_protocol_order_with_the_newest_figures_of_the_year_or_before(engine):
    the_states()
    the_people(2022)
    the_people(2024)

    now, then, before = council(), council(date(2023, 6, 1)), council(date(2021, 6, 1))

    assert [state.code for state in now.states] == list(PROTOCOL)
    assert [(one.year, one.figures.slug if one.figures else "", one.total > 0) for one in (now, then, before)] == [
        (2024, "figures-2024", True),
        (2022, "figures-2022", True),
        (None, "", False),
    ]


def test_who_the_members_were_before_february_2020_is_not_known(engine):
    the_states()

    assert [council(date(2020, 1, 31)).known, council(date(2020, 2, 1)).known] == [False, True]


def test_a_state_counts_while_it_is_a_member_and_a_record_of_few_states_knows_no_council(engine):
    the_states()
    with writing() as session:
        malta = session.exec(select(Actor).where(col(Actor.slug) == "malta")).one()
        malta.until = date(2025, 12, 31)
        france = session.exec(select(Actor).where(col(Actor.slug) == "france")).one()
        france.since = date(2026, 7, 1)

    assert [len(council(day).states) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 7, 1))] == [26, 25, 26]


def test_the_protocol_names_each_member_once():
    assert sorted(PROTOCOL) == sorted(CODES.values())


def test_the_council_is_read_in_two_questions(engine):
    the_states()
    the_people()

    with reading() as session, counted(engine) as asked:
        populations.council(session, TODAY)

    assert len(asked) == 2
