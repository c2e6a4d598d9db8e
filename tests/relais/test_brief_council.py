"""What a hand-over brief tells of the Council: who is in favour, who is opposed, what either side lacks, and on what it rests."""

from datetime import date

import pytest

from relais.presidencies.brief_shapes import Brief
from tests.exported import exported_one
from tests.handover import a_calendar, a_council, a_story, told, written
from tests.public_record import a_position, a_proposal, an_actor


@pytest.fixture
def guichet(engine, public_affairs):
    a_council()
    proposal = a_proposal("guichet", public_affairs, on="2022-03-01")
    a_position(proposal, "france", "initiated", on="2022-02-07")
    a_position(proposal, "spain", "supports_with_reservations", on="2022-02-07")
    a_position(proposal, "malta", "opposes", on="2022-02-07")
    a_position(proposal, "italy", "took_part", on="2022-02-07")
    return proposal


def test_it_tells_the_figures_the_export_gives_of_the_same_day(guichet):
    an_actor("nineteen", kind="community", size=19)
    a_position(guichet, "nineteen", "supports", on="2022-02-07")

    council = written()["council"]

    exported = exported_one("guichet", as_of=date(2022, 12, 31))["proposal"]["council"]
    (reckoned,) = council["proposals"]
    sides = ("supports", "with_conditions_too", "opposes", "open", "unknown", "unnamed")
    assert {name: reckoned[name] for name in sides} == {name: exported[name] for name in sides}
    assert [council[name] for name in ("members", "people", "year")] == [exported[name] for name in ("members", "people", "year")]
    assert (reckoned["supports"]["permille"], reckoned["unnamed"]) == (152, [19])


def test_the_figures_and_the_rule_have_numbers_among_its_sources(guichet):
    brief = told()

    titles = {source.number: source.title for source in brief.sources}
    assert [titles[number] for found in (brief.council.figures, brief.council.rule) for number in found.pro] == [
        "Figures of 2022",
        "The rule",
    ]


def test_people_are_null_and_no_figures_are_cited_where_none_are_at_hand(engine, public_affairs):
    a_council(year=2024)
    a_position(a_proposal("guichet", public_affairs, on="2022-03-01"), "france", "supports", on="2022-02-07")

    council = told().council

    assert (council.people, council.year, council.figures.pro, council.proposals[0].supports.people_missing) == (None, None, (), None)
    assert council.proposals[0].supports.states_missing == 14


def test_proposals_that_come_to_the_same_are_told_together(guichet, public_affairs):
    for slug in ("twin", "sibling"):
        a_position(a_proposal(slug, public_affairs, on="2022-03-01"), "france", "supports", on="2022-02-07")

    told_of = [[name.slug for name in one.about.proposals] for one in told().council.proposals]

    assert told_of == [["guichet"], ["twin", "sibling"]]


def test_there_is_none_where_no_state_took_a_side_or_the_members_are_not_on_record(engine, public_affairs):
    a_calendar()
    a_story(public_affairs)

    assert written()["council"] is None


def test_a_position_for_the_group_only_is_not_weighed_for_visitors(guichet):
    a_position(guichet, "germany", "opposes", on="2022-02-07", public=False)

    (reckoned,) = told().council.proposals

    assert (reckoned.opposes.states, reckoned.unknown) == (1, 23)


def test_a_brief_frozen_before_there_was_such_a_part_is_read(guichet):
    older = {name: value for name, value in written().items() if name != "council"}

    assert Brief.read(older).council is None
