"""The calendar of a presidency: past and planned, of all proposals or of one."""

import pytest

from relais import presidencies
from relais.access import VISITOR
from relais.db import reading
from relais.presidencies import brief, brief_calendar
from tests.days import TODAY
from tests.handover import a_calendar, a_story
from tests.public_record import a_proposal, an_entry, moved


@pytest.fixture
def story(engine, public_affairs):
    a_calendar()
    return a_story(public_affairs)


def of(slug="2022-cz", chosen=""):
    with reading() as session:
        found = brief.of(session, presidencies.calendar(session), VISITOR, "en", slug, day=TODAY)
    return brief_calendar.of(found, chosen)


def dated(diary):
    return [(str(one.when), [line.slug for line in one.lines]) for one in diary.shown]


def test_changes_of_stage_and_events_stand_in_the_order_of_their_days(story):
    moved(story, "taken_up", on="2022-09-01")
    an_entry("summit", on="2022-12-01")

    assert dated(of()) == [("2022-09-01", ["guichet"]), ("2022-10-10", ["guichet"]), ("2022-12-01", [])]


def test_one_change_of_several_proposals_is_told_once(story, public_affairs):
    other = a_proposal("other", public_affairs, on="2022-03-02", cites="report")
    for proposal in (story, other):
        moved(proposal, "taken_up", on="2022-09-01", cites="report")

    assert dated(of())[0] == ("2022-09-01", ["guichet", "other"])


def test_of_one_proposal_only_what_is_about_it(story, public_affairs):
    other = a_proposal("other", public_affairs, on="2022-03-02")
    an_entry("vote", other, on="2022-11-01")
    an_entry("summit", on="2022-12-01")

    chosen, strange = of(chosen="other"), of(chosen="nowhere")

    assert (dated(chosen), chosen.chosen) == ([("2022-11-01", ["other"])], "other")
    assert (len(strange.shown), strange.chosen) == (3, "")
    assert [line.slug for line in chosen.choices] == ["guichet", "other"]
