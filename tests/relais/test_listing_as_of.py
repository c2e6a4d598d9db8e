"""The list of proposals as of a day: what had surely happened by then, and the stage it had led to."""

from datetime import date

import pytest
from sqlmodel import select

from models import Move, Proposal
from models.partial_date import PartialDate
from relais import presidencies, proposals
from relais.access import VISITOR
from relais.db import reading, writing
from relais.proposals import MoveForm, listing, narrowing
from relais.relay import Filters
from tests.days import NOW, TODAY
from tests.public_record import a_proposal, an_entry, counted, moved

WRITTEN = (
    "", "2023", "2023-H1", "2023-H2", "2023-02", "2023-06", "2023-12", "2024-02", "2023-02-28", "2023-06-29/2023-07-02", "by 2023-07-01",
    "2022", "2024-H1",
)  # fmt: skip


def page(day, **asked):
    with reading() as session:
        calendar = presidencies.calendar(session)
        filters = Filters(**{name: asked.pop(name) for name in ("stage", "level") if name in asked})
        return listing.page(session, calendar, VISITOR, "en", day=date.fromisoformat(day), as_of=True, filters=filters, **asked)


def stages(found):
    return {row.line.slug: row.line.stage.value for row in found.rows}


@pytest.mark.parametrize(
    "day",
    [
        "0001-01-01",
        "2023-01-01",
        "2023-02-27",
        "2023-02-28",
        "2023-06-30",
        "2023-07-01",
        "2023-12-30",
        "2023-12-31",
        "2024-02-28",
        "2024-02-29",
    ],
)
def test_the_database_is_as_certain_of_a_day_as_a_date_is(public_affairs, day):
    for number, on in enumerate(WRITTEN):
        a_proposal(f"p{number}", public_affairs, on=on)
    asked = date.fromisoformat(day)

    with reading() as session:
        certain = session.exec(select(Proposal.slug).join(Move).where(narrowing.certain_by(Move, asked))).all()

    assert set(certain) == {f"p{number}" for number, on in enumerate(WRITTEN) if PartialDate.parse(on).certain_by(asked)}
    assert set(stages(page(day))) == set(certain)


def test_the_stage_is_the_one_of_the_day_and_so_is_its_filter(public_affairs):
    guichet = a_proposal("guichet", public_affairs, on="2022-01-10")
    moved(guichet, "backed", on="2023-01-10")
    a_proposal("autre", public_affairs, on="2022-05-01")

    assert stages(page("2022-01-09")) == {}
    assert stages(page("2022-06-01")) == stages(page("2022-06-01", stage="published")) == {"guichet": "published", "autre": "published"}
    assert stages(page("2023-06-01", stage="published")) == {"autre": "published"}
    assert stages(page("2023-06-01", stage="backed", words="titre")) == {"guichet": "backed"}
    assert page("2023-06-01", stage="published").total == 1
    assert stages(page("2022-06-01", stage="backed")) == {}


def test_moves_of_one_day_lead_where_the_last_of_them_does_even_when_the_first_was_corrected(public_affairs, editor):
    guichet = a_proposal("guichet", public_affairs, on="2022-01-09")
    moved(guichet, "backed", on="2022-01-10")
    with writing() as session:
        row = session.get_one(Proposal, guichet.id)
        first = proposals.moves(session, row)[0]
        proposals.correct_move(session, row, first, MoveForm(to="published", on="2022-01-10"), by=editor, now=NOW)

    assert stages(page("2022-01-10")) == stages(page("2022-01-10", stage="backed")) == {"guichet": "backed"}
    assert stages(page("2022-01-09")) == {}


def test_what_came_after_the_day_is_not_told(public_affairs):
    guichet = a_proposal("guichet", public_affairs, on="2022-01-10")
    an_entry("later", on="2022-03-01", leads=(guichet,))

    assert [page(day).rows[0].line.leads for day in ("2022-02-28", "2022-03-01")] == [0, 1]


def test_it_costs_the_same_queries_for_one_proposal_and_for_three(public_affairs, engine):
    a_proposal("one", public_affairs)
    with counted(engine) as once:
        page(TODAY.isoformat(), stage="published")
    a_proposal("two", public_affairs)
    a_proposal("three", public_affairs)
    with counted(engine) as thrice:
        page(TODAY.isoformat(), stage="published")

    assert len(once) == len(thrice) <= 8
