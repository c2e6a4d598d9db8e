"""Sources looked up again, how much of the record has one, and possible links checked, by a program."""

import pytest
from sqlmodel import col, select

from models import EntryProposal, Event
from models.event import EventKind as Kind
from relais.db import reading
from tests.api.test_lists import walked
from tests.api.test_verbs import wrong
from tests.public_record import a_position, a_proposal, a_source, an_actor, an_entry, counted

ADDRESS = "https://example.org/page"
LOOKED = {"checked_on": "2026-11-20", "reachable": False, "note": "Moved."}


@pytest.fixture
def program(carrying, editor):
    return carrying(editor)


@pytest.fixture
def record(public_affairs):
    """A proposal whose entry alone has a source, and one in preparation."""
    an_actor("mednum")
    a_source("press")
    shown, kept = a_proposal("shown", public_affairs), a_proposal("kept", public_affairs, public=False)
    a_position(shown, "mednum")
    a_position(shown, "mednum", on="2026", public=False)
    an_entry("vote", shown, kept, citations=[{"source": "press", "supports": False}])
    an_entry("letter", shown, kept)
    return shown


def acts(*kinds):
    with reading() as session:
        return list(session.exec(select(Event.kind).where(col(Event.kind).in_(kinds)).order_by(col(Event.id))))


def slugs(answer):
    return [one["slug"] for one in answer.json()["items"]]


def test_what_nobody_looked_up_for_a_year_and_what_was_not_there_is_told(api, program):
    a_source("old", url=ADDRESS, retrieved_on="2020-01-01")
    a_source("never", url=ADDRESS)
    a_source("fresh", url=ADDRESS, retrieved_on="2026-11-01")
    a_source("paper")

    before = api.get("sources/checks")
    made = program.post("sources/fresh/checks", json=LOOKED)
    program.post("sources/old/checks", json={"checked_on": "2026-11-21", "reachable": True})
    after = api.get("sources/checks")

    assert slugs(before) == ["old", "never"]
    assert (made.status_code, made.json(), made.headers["Location"]) == (201, LOOKED, "http://testserver/api/v1/sources/fresh")
    assert program.get("sources/fresh").json()["checks"] == [LOOKED]
    assert after.json()["items"] == [
        {
            "slug": "never", "title": "Title of never", "publisher": "", "language": "fr", "url": ADDRESS, "looked_up_on": None,
            "reachable": True, "note": "",
        },
        {
            "slug": "fresh", "title": "Title of fresh", "publisher": "", "language": "fr", "url": ADDRESS, "looked_up_on": "2026-11-20",
            "reachable": False, "note": "Moved.",
        },
    ]  # fmt: skip
    assert acts(Kind.SOURCE_CHECKED) == [Kind.SOURCE_CHECKED] * 2


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"checked_on": "2999-01-01"}, "checked_on"), ({"checked_on": ""}, "checked_on"), ({"reachable": 1}, "reachable"),
        ({"note": "x" * 501}, "note"), ({"by": "me"}, "by"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_of_a_check_is_named(program, sent, field):
    a_source("fresh", url=ADDRESS)

    assert wrong(program.post("sources/fresh/checks", json=LOOKED | sent)) == (422, [field])
    assert (program.get("sources/fresh").json()["checks"], acts(Kind.SOURCE_CHECKED)) == ([], [])


def test_where_there_is_no_address_there_is_nowhere_to_look(program):
    a_source("paper")

    assert wrong(program.post("sources/paper/checks", json=LOOKED)) == (422, ["reachable"])
    assert program.post("sources/nothing/checks", json=LOOKED).status_code == 404


def test_a_walk_through_the_sources_to_look_up_meets_each_once(program):
    for number in range(3):
        a_source(f"s-{number}", url=ADDRESS)

    items, pages = walked(program, "sources/checks?limit=2", between=lambda: a_source("late", url=ADDRESS))

    assert ([one["slug"] for one in items], pages) == (["s-0", "s-1", "s-2", "late"], 2)


def test_coverage_counts_what_the_caller_may_see(api, carrying, record, observer):
    told, inside = api.get("sources/coverage").json(), carrying(observer).get("sources/coverage").json()

    assert told == {
        "all": {"sourced": 1, "total": 4}, "moves": {"sourced": 0, "total": 1}, "positions": {"sourced": 0, "total": 1},
        "entries": {"sourced": 1, "total": 2},
        "proposals": [
            {
                "proposal": "shown", "all": {"sourced": 1, "total": 4}, "moves": {"sourced": 0, "total": 1},
                "positions": {"sourced": 0, "total": 1}, "entries": {"sourced": 1, "total": 2},
            }
        ],
    }  # fmt: skip
    assert (inside["all"], [one["all"]["total"] for one in inside["proposals"]]) == ({"sourced": 1, "total": 6}, [5, 3])


def test_claims_without_a_source_and_disputed_ones_are_named(api, carrying, record, observer):
    inside = carrying(observer)

    def named(caller, which):
        return [(one["address"], one["proposal"]) for one in caller.get(f"sources/coverage/{which}").json()["items"]]

    assert named(api, "missing") == [("/entries/letter", "shown"), ("/moves/1", "shown"), ("/positions/1", "shown")]
    assert [address for address, _ in named(inside, "missing?proposal=kept")] == ["/entries/letter", "/moves/2"]
    assert (named(api, "missing?proposal=kept"), named(inside, "disputed?proposal=kept")) == ([], [("/entries/vote", "kept")])
    (vote,) = api.get("sources/coverage/disputed").json()["items"]
    assert (vote["kind"], vote["contested"], vote["settled"], vote["when"]["date"]) == ("entries", True, False, None)


def test_a_walk_through_what_has_no_source_meets_each_once(api, record):
    items, pages = walked(api, "sources/coverage/missing?limit=2")

    assert ([one["address"] for one in items], pages) == (["/entries/letter", "/moves/1", "/positions/1"], 2)


@pytest.mark.parametrize("address", ["checks", "coverage", "coverage/missing", "coverage/disputed"])
def test_many_are_read_in_as_many_statements_as_one(api, public_affairs, engine, address):
    def asked(number):
        a_source(f"s-{number}", url=ADDRESS)
        a_proposal(f"p-{number}", public_affairs)
        with counted(engine) as said:
            api.get(f"sources/{address}")
        return len(said)

    counts = [asked(number) for number in range(3)]

    assert counts == [counts[0]] * 3


@pytest.mark.parametrize(("verdict", "kind", "there"), [("confirm", Kind.LEAD_CONFIRMED, True), ("reject", Kind.LEAD_REJECTED, False)])
def test_a_possible_link_is_checked_once(program, record, verdict, kind, there):
    an_entry("study", leads=(record,))
    address = "proposals/shown/entries/study/checks"

    assert wrong(program.post(address, json={"verdict": "perhaps"})) == (422, ["verdict"])
    checked = program.post(address, json={"verdict": verdict})
    again = program.post(address, json={"verdict": "confirm"})

    assert (checked.status_code, checked.headers["Location"]) == (201, "http://testserver/api/v1/entries/study")
    assert [(one["slug"], one["lead"]) for one in checked.json()["proposals"]] == ([("shown", False)] if there else [])
    assert (again.status_code, again.json()["detail"]) == (409, "Somebody settled this lead already")
    assert program.post("proposals/kept/entries/study/checks", json={"verdict": "confirm"}).status_code == 404
    with reading() as session:
        (link,) = session.exec(select(EntryProposal).where(col(EntryProposal.lead).is_(False), col(EntryProposal.checker_id).is_not(None)))
    assert (link.rejected, acts(Kind.LEAD_CONFIRMED, Kind.LEAD_REJECTED)) == (not there, [kind])
