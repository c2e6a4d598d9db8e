"""How much of the record has a source, and what has none."""

import pytest

from relais.access import VISITOR
from relais.db import reading
from relais.presidencies import calendar
from relais.proposals import dossier
from tests.days import TODAY
from tests.public_record import a_corrected_position, a_position, a_proposal, a_source, an_actor, an_entry, counted
from tests.web.reading import read, rows


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_source("article")
    an_actor("france", name_en="France")
    return a_proposal("guichet", public_affairs, cites="article")


def told(client, query=""):
    page = read(client.get(f"/en/sources/coverage{query}"))
    return page, [line.all("p")[0].words for line in page.one("section", id="missing").all("li")]


def test_each_claim_counts_once_and_what_has_no_source_is_listed(visitor, public_affairs, guichet):
    other = a_proposal("fondation", public_affairs)
    a_position(guichet, "france", cites="article")
    an_entry("shared", guichet, other, on="2026-05-01")

    page, lacking = told(visitor)

    assert page.one("p", class_="lead").words == "2 of 4 claims about proposals rest on a source: 50%."
    assert lacking == ["Stage reached: published, 21 Jun 2022", "Vote shared, 1 May 2026"]
    assert rows(page.one("section", id="proposals")) == [
        ["Titre de guichet", "1 of 1", "1 of 1", "0 of 1", "2 of 3 · 66%"],
        ["Titre de fondation", "0 of 1", "–", "0 of 1", "0 of 2 · 0%"],
    ]


def test_one_proposal_alone(visitor, public_affairs, guichet):
    a_proposal("fondation", public_affairs)
    an_entry("e", guichet, on="2026-05-01")

    assert [told(visitor, f"?proposal={slug}")[1] for slug in ("guichet", "fondation")] == [
        ["Vote e, 1 May 2026"], ["Stage reached: published, 21 Jun 2022"],
    ]  # fmt: skip


def test_what_was_corrected_or_rejected_does_not_count(visitor, as_editor, guichet, editor):
    old = a_position(guichet, "france")
    a_corrected_position(guichet, old, editor, actor="france", stance="opposes", citations=[{"source": "article"}])
    an_entry("e", leads=(guichet,))
    as_editor.post("/en/proposals/guichet/entries/e/checks", data={"verdict": "reject"})

    assert told(visitor)[0].one("p", class_="lead").words == "2 of 2 claims about proposals rest on a source: 100%."


def test_editors_of_the_group_are_led_to_cite(visitor, as_editor, as_stranger, as_commenter, guichet):
    row = a_position(guichet, "france")

    led = [
        f"/en/positions/{row.id}/citations/new" in client.get("/en/sources/coverage").text
        for client in (visitor, as_commenter, as_stranger)
    ]

    assert (led, f"/en/positions/{row.id}/citations/new" in as_editor.get("/en/sources/coverage").text) == ([False] * 3, True)


def test_what_a_reader_may_not_see_is_not_counted(visitor, as_observer, public_affairs, guichet):
    a_position(guichet, "france", public=False)
    a_proposal("kept", public_affairs, public=False)

    totals = [told(client)[0].one("p", class_="lead").words.split()[2] for client in (visitor, as_observer)]

    assert totals == ["1", "3"]


def test_the_page_of_a_proposal_says_the_same(visitor, guichet):
    a_position(guichet, "france", on="2022-07-01")
    an_entry("e", guichet, on="2026-05-01")

    words = read(visitor.get("/en/proposals/guichet")).one("section", id="sources").one("header").words
    with reading() as session:
        found = dossier.of(session, calendar(session), guichet, VISITOR, "en", day=TODAY, as_of=False)

    assert (words, (found.coverage.sourced, found.coverage.total)) == ("Sources Claims with a source: 1 of 3", (1, 3))


def test_the_number_of_queries_is_that_of_one_proposal(visitor, engine, public_affairs):
    def asked():
        with counted(engine) as said:
            visitor.get(f"/en/sources/coverage?number={len(said)}&proposal=x")
        return len(said)

    one = asked()
    for slug in ("a", "b"):
        an_entry(slug, a_proposal(slug, public_affairs))

    assert asked() == one


@pytest.mark.parametrize("query", ["?number=9999", "?number=x", "?proposal=nowhere"])
def test_what_is_not_there_shows_what_is(visitor, query):
    assert visitor.get(f"/en/sources/coverage{query}").status_code == 200


def test_what_sources_dispute_is_listed_the_open_first_and_leads_to_both_sides(visitor, as_editor, guichet):
    a_source("denial")
    ids = []
    for actor in ("italy", "malta"):
        an_actor(actor, name_en=actor.title())
        ids.append(a_position(guichet, actor, cites="article").id)
        as_editor.post(f"/en/positions/{ids[-1]}/citations/new", data={"cite_source": "denial", "cite_supports": "false"})
    as_editor.post(f"/en/positions/{ids[0]}/settlements", data={"seen": 0, "reason_en": "The first is signed."})

    listed = read(visitor.get("/en/sources/coverage")).one("section", id="disputed").all("li")

    assert [line.all("p")[0].words for line in listed] == [
        "Malta, supports, undated contested",
        "Italy, supports, undated contested, settled",
    ]
    assert [line.one("a")["href"] for line in listed] == [f"/en/positions/{key}/evidence" for key in reversed(ids)]
