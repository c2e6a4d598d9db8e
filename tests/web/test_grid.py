"""The grid of states by proposals."""

import pytest

from relais.populations import PROTOCOL
from relais.positions.grid import WIDTH
from tests.public_record import a_position, a_presidency, a_proposal, a_source, a_theme, counted, the_people, the_states
from tests.web.reading import read, rows

GRID = "/en/positions"


@pytest.fixture
def guichet(public_affairs):
    a_source("report")
    the_states()
    a_theme("commons")
    return a_proposal("guichet", public_affairs, on="2022-01-10", themes=["commons"])


def grid(page):
    return page.one("table", class_="grid")


def heads(page):
    return [head.words for head in grid(page).one("thead").all("th")][1:]


def told(page):
    return {row[0]: row[1:] for row in rows(grid(page))}


def test_every_state_has_a_cell_for_each_proposal_in_protocol_order(visitor, guichet, public_affairs):
    fondation = a_proposal("fondation", public_affairs, on="2022-01-11")
    a_proposal("silent", public_affairs, on="2022-01-12")
    a_position(guichet, "france", "initiated", on="2022-02-07", cites="report")
    a_position(fondation, "malta", "opposes", on="2022-02-08")

    page = read(visitor.get(GRID))

    assert heads(page) == ["Titre de guichet", "Titre de fondation"]
    assert [row[0].split()[-1] for row in rows(grid(page))] == list(PROTOCOL)
    assert told(page)["France FR"] == ["Initiated [1]", "unknown"]
    assert told(page)["Malta MT"] == ["unknown", "Opposes no source yet"]
    assert told(page)["Belgium BE"] == ["unknown", "unknown"]
    assert [item.words for item in page.one("section", labelled="h-silent").all("li")] == ["Titre de silent"]
    link = next(row for row in grid(page).one("tbody").all("tr") if row.words.startswith("France")).all("td")[0].all("a")[0]
    assert link["href"] == "/en/proposals/guichet/positions/france"


def test_the_foot_says_how_far_it_is_from_a_majority(visitor, guichet, public_affairs):
    the_people()
    national = a_proposal("national", public_affairs, level="national", rank=2)
    a_position(guichet, "france", "supports", on="2022-02-07")
    a_position(guichet, "spain", "supports_with_reservations", on="2022-02-07")
    a_position(guichet, "malta", "opposes", on="2022-02-07")
    a_position(national, "france", "supports", on="2022-02-07")

    foot = [cell.words for cell in read(visitor.get(GRID)).one("tfoot").all("td")]

    missing = "13 more states, 175 million more people for a qualified majority"
    assert foot == [f"2 of 27 states 1 of them with conditions 26.0% of people {missing} 1 of 27 states 0.1%", "Not for the Council"]


def test_who_presides_and_who_does_next_is_told(visitor, guichet):
    a_source("decision")
    a_presidency("2026-ie", "2026-07-01", "2026-12-31", state="ireland")
    a_presidency("2027-lt", "2027-01-01", "2027-06-30", state="lithuania")
    a_position(guichet, "france", on="2022-02-07")

    names = list(told(read(visitor.get(GRID))))

    assert [name for name in names if "presides" in name] == ["Ireland IE presides", "Lithuania LT presides next"]


def test_as_of_a_day_only_what_was_surely_so_by_then(visitor, guichet):
    a_position(guichet, "france", "took_part", on="2022-02-07")
    a_position(guichet, "france", "supports", on="2022-06")

    then = [told(read(visitor.get(f"{GRID}?as_of={day}"))).get("France FR") for day in ("2022-06-15", "2022-06-30")]

    assert then == [["Took part no source yet"], ["Supports no source yet"]]
    assert "No state is recorded" in read(visitor.get(f"{GRID}?as_of=2022-02-01")).one("main").words


def test_it_is_narrowed_as_the_relay_is(visitor, guichet, public_affairs):
    other = a_proposal("autre", public_affairs, on="2022-01-10", level="national")
    for proposal in (guichet, other):
        a_position(proposal, "france", on="2022-02-07")

    found = [heads(read(visitor.get(f"{GRID}?{query}"))) for query in ("theme=commons", "level=national", "group=european-public-affairs")]

    assert found == [["Titre de guichet"], ["Titre de autre"], ["Titre de guichet", "Titre de autre"]]
    assert "No state is recorded" in read(visitor.get(f"{GRID}?stage=in_force")).one("main").words


def test_many_proposals_are_told_a_few_at_a_time(visitor, guichet, public_affairs):
    for number in range(WIDTH + 1):
        a_position(a_proposal(f"p-{number}", public_affairs, rank=number + 1), "france", on="2022-02-07")

    first = read(visitor.get(GRID))
    second = read(visitor.get(f"{GRID}?start={WIDTH}"))

    assert (len(heads(first)), heads(second)) == (WIDTH, ["Titre de p-6"])
    assert [link["href"] for link in (first.one("a", rel="next"), second.one("a", rel="prev"))] == [f"{GRID}?start={WIDTH}", GRID]
    assert [len(heads(read(visitor.get(f"{GRID}?start={odd}")))) for odd in ("999", "x", "-1")] == [WIDTH] * 3


def test_the_relay_of_the_proposals_shown_stands_beside(visitor, guichet, public_affairs):
    a_source("decision")
    a_presidency("2022-fr", "2022-01-01", "2022-06-30", state="france")
    fondation, _ = (a_proposal(slug, public_affairs, on="2022-01-11") for slug in ("fondation", "silent"))
    for proposal, stance in ((guichet, "initiated"), (fondation, "opposes")):
        a_position(proposal, "france", stance, on="2021-12-07")

    relay = read(visitor.get(GRID)).one("table", id="relay")

    assert [row["id"] for row in relay.all("tr") if row["id"]] == ["line-guichet", "line-fondation"]
    assert "France: Opposes" in relay.words


def test_it_asks_as_often_for_three_rows_as_for_one(engine, visitor, guichet, public_affairs):
    the_people()

    def asked(slug):
        a_position(a_proposal(slug, public_affairs), "france", on="2022-02-07", cites="report")
        with counted(engine) as statements:
            visitor.get(GRID)
        return len(statements)

    first, *rest = (asked(slug) for slug in ("a", "b", "c"))

    assert rest == [first, first]
    assert first <= 14
