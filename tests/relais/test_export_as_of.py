"""What the export says of another day."""

from datetime import date

import pytest

from relais import proposals
from relais.db import writing
from relais.errors import Missing
from relais.proposals import MoveForm
from tests.days import NOW, TODAY
from tests.exported import NO_ANSWER, exported, exported_one
from tests.public_record import (
    a_corrected_entry,
    a_corrected_position,
    a_position,
    a_presidency,
    a_proposal,
    a_source,
    an_actor,
    an_entry,
    moved,
)


def stage_on(day):
    """Slug and stage of every proposal there on a day."""
    return {proposal["slug"]: proposal["stage"]["name"] for proposal in exported(as_of=day)["proposals"]}


@pytest.mark.parametrize(
    ("on", "not_yet", "by_then"),
    [
        ("2022-06-21", date(2022, 6, 20), date(2022, 6, 21)),
        ("2022-06-21/2022-06-23", date(2022, 6, 20), date(2022, 6, 21)),
        ("by 2022-06-21", date(2022, 6, 20), date(2022, 6, 21)),
        ("2022-06", date(2022, 6, 29), date(2022, 6, 30)),
        ("2022-H1", date(2022, 6, 29), date(2022, 6, 30)),
        ("2022", date(2022, 12, 30), date(2022, 12, 31)),
    ],
)
def test_a_coarse_date_counts_once_it_is_wholly_past(engine, public_affairs, on, not_yet, by_then):
    an_actor("mednum")
    proposal = a_proposal("guichet", public_affairs, "2020-01-01")
    moved(proposal, "backed", on)
    a_position(proposal, "mednum", on=on)
    an_entry("vote", proposal, on=on)

    before, after = exported(as_of=not_yet), exported(as_of=by_then)

    seen = [
        (
            document["proposals"][0]["stage"]["name"],
            *(len(rows) for rows in (shown["moves"], shown["positions"], shown["entries"], document["entries"])),
        )
        for document in (before, after)
        for shown in document["proposals"]
    ]
    assert seen == [("published", 1, 0, 0, 0), ("backed", 2, 1, 1, 1)]


def test_what_is_undated_was_so_on_no_day(engine, public_affairs):
    an_actor("mednum")
    a_proposal("undated", public_affairs, "")
    dated = a_proposal("dated", public_affairs, "2020-01-01")
    moved(dated, "backed", "")
    a_position(dated, "mednum")
    an_entry("vote", dated)

    document = exported(as_of=date(2026, 11, 22))

    [shown] = document["proposals"]
    assert (shown["slug"], shown["stage"]["name"], shown["positions"], shown["entries"], document["entries"]) == (
        "dated",
        "published",
        [],
        [],
        [],
    )


def test_what_is_planned_after_the_day_is_not_yet_there(engine, public_affairs):
    proposal = a_proposal("guichet", public_affairs)
    an_entry("congress", proposal, on="2027-05-12", state="planned")

    assert exported(as_of=date(2026, 11, 22))["entries"] == []
    assert [entry["key"] for entry in exported(as_of=TODAY)["entries"]] == ["congress"]


def test_today_and_later_say_what_no_day_says(engine, public_affairs):
    a_proposal("guichet", public_affairs, "")
    everything = exported()

    for day in (TODAY, date(2031, 1, 1)):
        asked = exported(as_of=day)

        assert asked["meta"].pop("as_of") == day.isoformat()
        assert asked == everything | {"meta": {name: value for name, value in everything["meta"].items() if name != "as_of"}}


def test_a_proposal_walks_back_through_its_stages(engine, public_affairs):
    proposal, other = a_proposal("guichet", public_affairs, "2020-01-01"), a_proposal("autre", public_affairs, "2021-01-01")
    moved(proposal, "backed", "2022-02-02")
    moved(proposal, "merged", "2023-03-03", into=other.slug, reason_fr="Une seule demande.")

    assert stage_on(date(2019, 12, 31)) == {}
    assert stage_on(date(2020, 1, 1)) == {"guichet": "published"}
    assert stage_on(date(2022, 2, 2)) == {"guichet": "backed", "autre": "published"}
    assert exported(as_of=date(2022, 2, 2))["proposals"][0]["merged_into"] is None
    assert exported(as_of=date(2023, 3, 3))["proposals"][0]["merged_into"] == "autre"
    with pytest.raises(Missing):
        exported_one("guichet", as_of=date(2019, 12, 31))


def test_a_date_corrected_to_later_takes_what_it_corrects_along(engine, public_affairs, editor):
    an_actor("mednum")
    proposal = a_proposal("guichet", public_affairs, "2020-01-01")
    backed = moved(proposal, "backed", "2021-01-01")
    position = a_position(proposal, "mednum", on="2021-01-01")
    a_corrected_position(proposal, position, editor, actor="mednum", stance="supports", on="2023-01-01")
    a_corrected_entry(an_entry("vote", proposal, on="2021-01-01"), editor, on="2023-01-01")
    with writing() as session:
        proposals.correct_move(session, proposal, backed, MoveForm(to="backed", on="2023-01-01"), by=editor, now=NOW)

    document = exported(as_of=date(2022, 1, 1))

    [shown] = document["proposals"]
    assert (shown["stage"]["name"], len(shown["moves"]), shown["positions"], shown["entries"], document["entries"]) == (
        "published",
        1,
        [],
        [],
        [],
    )


def test_a_date_corrected_to_earlier_is_believed(engine, public_affairs, editor):
    proposal = a_proposal("guichet", public_affairs, "2020-01-01")
    backed = moved(proposal, "backed", "2023-01-01")
    with writing() as session:
        again = proposals.correct_move(session, proposal, backed, MoveForm(to="backed", on="2021-01-01"), by=editor, now=NOW)

    [shown] = exported(as_of=date(2022, 1, 1))["proposals"]

    assert (shown["stage"]["name"], [move["id"] for move in shown["moves"][1:]]) == ("backed", [again.id])


def test_a_presidency_says_whether_it_was_decided_by_the_day(engine):
    an_actor("state", code="XX")
    a_source("decision")
    a_presidency("2022-xx", "2022-01-01", "2022-06-30", known_on="2007-01-01")
    a_presidency("2026-xx", "2026-07-01", "2026-12-31", known_on="2016-07-26")

    known = {row["slug"]: row["known"] for row in exported(as_of=date(2010, 1, 1))["presidencies"]}

    assert known == {"2022-xx": True, "2026-xx": False}
    assert {row["known"] for row in exported()["presidencies"]} == {True}


def test_one_proposal_on_a_day_names_the_neighbours_of_that_day(engine, public_affairs):
    early, late = a_proposal("early", public_affairs, "2022-01-01"), a_proposal("late", public_affairs, "2024-01-01")
    an_entry("vote", early, late, on="2022-02-02")

    document = exported_one("early", as_of=date(2023, 1, 1))

    assert document["entries"][0]["proposals"] == [{"slug": "early", "lead": False, "presidency": None} | NO_ANSWER]
    assert document["entries"] == exported(as_of=date(2023, 1, 1))["entries"]
