"""What a report holds: the proposals that were chosen, the parts and the period asked for, as of a day; held against its schema."""

from datetime import date

import pytest

from relais import export, reports
from relais.db import reading, writing
from relais.errors import Invalid
from relais.presidencies import calendar
from relais.reports import ndjson
from relais.reports.selection import MOST, USUAL, Selection
from tests.asks import a_calendar, a_leg
from tests.days import TODAY
from tests.exported import valid
from tests.public_record import a_position, a_proposal, a_source, a_theme, an_actor, an_entry, counted, moved


def written(today=TODAY, **asked):
    with reading() as session:
        terms = calendar(session)
        return export.written(reports.document(session, Selection.model_validate(asked), terms, today=today))


def report(**asked):
    return valid(written(**asked))


def slugs(document):
    return [proposal["slug"] for proposal in document["proposals"]]


@pytest.fixture
def guichet(public_affairs):
    a_calendar()
    a_source("rapport")
    return a_proposal("guichet", public_affairs, cites="rapport")


@pytest.fixture
def tarif(social_tech):
    return a_proposal("tarif", social_tech)


# --- which proposals -------------------------------------------------------------------------------------------------


def test_nothing_chosen_is_everything_public(guichet, tarif, public_affairs):
    a_proposal("quiet", public_affairs, public=False)

    document = report()
    assert slugs(document) == ["guichet", "tarif"]
    assert document["meta"]["selection"] == {
        "proposals": [], "groups": [], "themes": [], "actors": [], "from": None, "to": None, "parts": [part.value for part in USUAL],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"proposal": ["tarif"]}, ["tarif"]),
        ({"group": ["european-public-affairs"]}, ["guichet"]),
        ({"theme": ["commons"]}, ["tarif"]),
        ({"actor": ["mednum"]}, ["tarif"]),
        ({"proposal": ["guichet"], "theme": ["commons"]}, ["guichet", "tarif"]),
    ],
)
def test_proposals_named_and_those_of_groups_themes_and_actors(guichet, social_tech, asked, found):
    a_theme("commons")
    an_actor("mednum")
    tarif = a_proposal("tarif", social_tech, themes=["commons"])
    a_position(tarif, "mednum")

    assert slugs(report(**asked)) == found


@pytest.mark.parametrize(
    "asked", [{"proposal": ["quiet"]}, {"group": ["x"]}, {"theme": ["x"]}, {"actor": ["x"]}, {"from": "1999-xx"}, {"to": "x"}]
)
def test_what_is_not_there_for_visitors_cannot_be_asked_for(guichet, public_affairs, asked):
    a_proposal("quiet", public_affairs, public=False)

    with pytest.raises(Invalid) as refused:
        written(**asked)
    assert refused.value.field == next(iter(asked))


def test_a_period_that_ends_before_it_begins_is_refused(guichet):
    with pytest.raises(Invalid) as refused:
        written(**{"from": "2026-ie", "to": "2022-fr"})
    assert (refused.value.field, refused.value.message) == ("to", "The period ends before it begins")


def test_more_proposals_than_paper_holds_are_refused(guichet, tarif, monkeypatch):
    monkeypatch.setattr("relais.reports.selection.MOST", 1)

    with pytest.raises(Invalid) as refused:
        written()
    assert (refused.value.field, MOST) == ("proposal", 500)


# --- the parts and the period ----------------------------------------------------------------------------------------


def test_parts_that_were_not_asked_for_are_empty(guichet, editor):
    a_position(guichet, "france", on="2022-06-21", cites="rapport")
    an_entry("vote", guichet, on="2022-07-05")
    a_leg(guichet, editor, public=True)

    (told,) = report(part=["stages"])["proposals"]
    assert [len(told[name]) for name in ("moves", "positions", "entries", "legs")] == [1, 0, 0, 0]
    (told,) = report(part=["positions", "timeline", "asks"])["proposals"]
    assert [len(told[name]) for name in ("moves", "positions", "entries", "legs")] == [0, 1, 1, 1]
    assert {text["body"] for text in told["texts"].values()} == {""}


def test_sources_are_those_the_report_rests_on(guichet):
    a_source("other")

    assert [source["slug"] for source in report()["sources"]] == ["rapport"]
    assert report(part=["stages"])["sources"] == []


def test_the_period_limits_what_is_dated_and_not_where_things_stand(guichet):
    moved(guichet, "backed", on="2026-08-01")
    for key, day in (("before", "2022-03-01"), ("in", "2022-09-01"), ("half", "2022-H2"), ("year", "2022"), ("never", "")):
        an_entry(key, guichet, on=day)
    a_position(guichet, "france", on="2022-01-15")

    document = report(**{"from": "2022-cz", "to": "2022-cz"})
    (told,) = document["proposals"]
    assert [entry["key"] for entry in document["entries"]] == ["in", "half", "year"]
    assert [entry["key"] for entry in told["entries"]] == ["in", "half", "year"]
    assert (told["moves"], told["stage"]["name"], len(told["positions"])) == ([], "backed", 1)
    assert [term["slug"] for term in document["presidencies"]] == ["2022-cz"]


def test_as_of_a_day_holds_what_was_surely_so_by_then(guichet):
    moved(guichet, "backed", on="2026-08-01")
    an_entry("later", guichet, on="2026-08-01")

    document = report(as_of=date(2022, 12, 31))
    assert (document["proposals"][0]["stage"]["name"], document["entries"], document["meta"]["as_of"]) == ("published", [], "2022-12-31")


# --- bytes and questions ---------------------------------------------------------------------------------------------


def test_the_same_selection_of_the_same_record_gives_the_same_bytes(guichet, tarif):
    asked = {"proposal": ["guichet"], "from": "2022-fr"}
    first = written(**asked)

    assert written(today=date(2027, 3, 1), **asked) == first
    with writing() as session:
        session.merge(tarif).rank = 7
    assert written(**asked) == first


def test_lines_of_json_hold_the_same_records(guichet):
    with reading() as session:
        document = reports.document(session, Selection(), calendar(session), today=TODAY)
    first, *lines = ndjson.written(document).splitlines()

    assert first.startswith(b'{"type":"meta","schema":"relais-export-1"')
    assert sum(line.startswith(b'{"type":"proposal","slug":"guichet"') for line in lines) == 1
    assert len(lines) == sum(len(document[name]) for name in ndjson.KINDS)


def test_three_proposals_take_as_many_questions_as_one(engine, guichet, public_affairs):
    with counted(engine) as one:
        written()
    for slug in ("second", "third"):
        an_entry(f"of-{slug}", a_proposal(slug, public_affairs), on="2022-09-01")
    with counted(engine) as three:
        written()

    assert len(one) == len(three)
