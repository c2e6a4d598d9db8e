"""Who backs a proposal, over time: the coalition, one actor's history, and what changed between two days."""

import pytest

from tests.public_record import (
    a_position,
    a_presidency,
    a_proposal,
    a_source,
    an_actor,
    counted,
    the_people,
    the_states,
)
from tests.web.reading import read, rows

PAGE = "/en/proposals/guichet/positions"


@pytest.fixture
def guichet(public_affairs):
    a_source("decision")
    a_source("report")
    the_states()
    an_actor("state", kind="community", code="XX")
    for slug, first, last, state in (
        ("2022-fr", "2022-01-01", "2022-06-30", "france"),
        ("2022-cz", "2022-07-01", "2022-12-31", "czechia"),
        ("2023-se", "2023-01-01", "2023-06-30", "sweden"),
    ):
        a_presidency(slug, first, last, state=state)
    return a_proposal("guichet", public_affairs, on="2022-01-10")


def camps(page, family):
    part = page.one("section", labelled=f"h-{family}")
    return dict(zip([term.words for term in part.all("dt")], [told.words for told in part.all("dd")], strict=True))


def test_the_coalition_tells_states_institutions_organisations_and_those_counted_together(visitor, guichet):
    an_actor("commission", kind="institution")
    an_actor("mednum")
    an_actor("nineteen", kind="community", size=19)
    a_position(guichet, "france", "initiated", on="2022-02-07", cites="report")
    a_position(guichet, "spain", "supports_with_reservations", on="2022-03-01")
    a_position(guichet, "malta", "opposes", on="2022-03-02")
    a_position(guichet, "italy", "took_part", on="2022-03-03")
    a_position(guichet, "commission", "neutral", on="2022-03-04")
    a_position(guichet, "nineteen", "supports", on="2022-06-21")

    page = read(visitor.get(PAGE))

    states = camps(page, "states")
    assert list(states) == ["In favour 1", "In favour, with conditions 1", "Opposed 1", "No side taken 1", "Nothing recorded 23"]
    assert states["In favour 1"] == "France initiated 7 Feb 2022 [1]"
    assert states["Opposed 1"] == "Malta opposes 2 Mar 2022 no source yet"
    assert states["Nothing recorded 23"].startswith("Belgium, Bulgaria, Czechia, Denmark, Germany")
    assert camps(page, "institutions") == {"No side taken 1": "commission en neutral 4 Mar 2022 no source yet"}
    assert page.one("section", labelled="h-organisations").one("p").words == "None is recorded."
    assert list(camps(page, "together")) == ["In favour 1"]


def test_the_council_is_reckoned_with_its_sources(visitor, guichet):
    the_people()
    a_source("council-qualified-majority", title="The rule")
    a_position(guichet, "france", "supports", on="2022-02-07")
    a_position(guichet, "spain", "supports_with_reservations", on="2022-03-01")
    for state in ("germany", "italy", "poland", "malta"):
        a_position(guichet, state, "opposes", on="2022-03-02")

    page = read(visitor.get(PAGE))

    council = page.one("section", id="council")
    assert rows(council) == [
        ["In favour", "1 of 27 states", "15.2%", "14 more states, 224 million more people for a qualified majority"],
        [
            "In favour, those with conditions too",
            "2 of 27 states",
            "26.0%",
            "13 more states, 175 million more people for a qualified majority",
        ],
        ["Opposed", "4 of 27 states", "39.9%", "A blocking minority is there"],
    ]
    assert "0 states took no side, nothing is recorded of 21 states. Who does not vote in favour counts against." in council.words
    assert "People by the figures of 2024. [1]" in council.words
    assert [item.one("a").words for item in page.one("section", id="sources").all("li")] == ["Figures of 2024", "The rule"]


def test_people_are_left_out_with_a_word_where_no_figures_are_at_hand(visitor, guichet):
    the_people(2024)
    a_position(guichet, "france", "supports", on="2022-02-07")

    council = read(visitor.get(f"{PAGE}?as_of=2022-07-01")).one("section", id="council")

    assert rows(council) == [
        ["In favour", "1 of 27 states", "14 more states for a qualified majority"],
        ["Opposed", "0 of 27 states", "4 more states at least for a blocking minority"],
    ]
    assert "How many people live there is left out: the record has no sourced figures for that year." in council.words


def test_nothing_is_reckoned_while_the_united_kingdom_was_a_member_nor_for_a_national_proposal(visitor, guichet, public_affairs):
    a_proposal("national", public_affairs, level="national")
    a_position(guichet, "france", "supports", on="2019-02-07")

    before = read(visitor.get(f"{PAGE}?as_of=2019-03-01"))
    national = read(visitor.get("/en/proposals/national/positions"))

    assert "who the members of the Council were on that day is not on record" in before.one("section", id="council").words
    assert national.all("section", id="council") == []


def test_the_proposal_says_what_the_council_would_count(visitor, guichet):
    the_people()
    before = read(visitor.get("/en/proposals/guichet")).all("h3", id="council")
    a_position(guichet, "france", "supports", on="2022-02-07")

    part = read(visitor.get("/en/proposals/guichet")).one("section", id="backers")

    assert before == []
    assert part.one("h3", id="council").words == "In the Council"
    assert "14 more states, 224 million more people for a qualified majority" in part.words
    assert "/en/proposals/guichet/positions" in [link["href"] for link in part.all("a")]


def test_presidency_by_presidency_it_says_what_stood_and_what_the_presiding_state_said(visitor, guichet):
    an_actor("mednum")
    a_position(guichet, "france", "initiated", on="2022-02-07")
    a_position(guichet, "czechia", "absent", on="2022-06-21")
    a_position(guichet, "mednum", "supports", on="2023-02-01")

    told = rows(read(visitor.get(PAGE)).one("section", labelled="h-under"))

    assert told == [
        ["Sweden 2023 H1", "Not recorded", "In favour 1, No side taken 1", "In favour 1"],
        ["Czechia 2022 H2", "Absent", "In favour 1, No side taken 1 no change", "none"],
        ["France 2022 H1", "Initiated", "In favour 1, No side taken 1", "none"],
    ]


def test_group_only_positions_are_for_the_group(visitor, as_stranger, as_observer, guichet):
    a_position(guichet, "france", "opposes", on="2022-02-07", note_en="canary", public=False)
    addresses = (PAGE, f"{PAGE}/france", f"{PAGE}/changes?from=2022-01-01", "/en/positions")

    seen = [["m-oppose" in reader.get(address).text for address in addresses] for reader in (visitor, as_stranger, as_observer)]

    assert seen == [[False] * 4, [False] * 4, [True] * 4]


def test_it_asks_as_often_for_three_positions_as_for_one(engine, visitor, guichet):
    the_people()
    addresses = (PAGE, f"{PAGE}/france", f"{PAGE}/changes?from=2022-01-01", "/en/proposals/guichet")

    def asked(*said):
        for state, stance in said:
            a_position(guichet, state, stance, on="2022-03-01", cites="report")
        found = []
        for address in addresses:
            with counted(engine) as statements:
                visitor.get(address)
            found.append(len(statements))
        return found

    one = asked(("france", "supports"))
    three = asked(("france", "opposes"), ("spain", "neutral"))

    assert three == one
    assert max(one[:3]) <= 14
