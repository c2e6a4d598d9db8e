"""Sources: found by their words, and read with every use."""

import pytest

from tests.public_record import a_position, a_presidency, a_proposal, a_source, an_actor, an_entry, counted
from tests.web.reading import read


def titles(answer):
    return [link.words for link in read(answer).one(id="results").one("ul", class_="log").all("a")]


def test_the_list_tells_publisher_language_date_and_uses(visitor, public_affairs):
    a_source("report", publisher="Conseil", published="2022-06-21")
    a_proposal("guichet", public_affairs, cites="report")

    results = read(visitor.get("/en/sources")).one(id="results")

    assert results.words == "1 source Title of report Conseil · French · 21 Jun 2022 · cited 1 time"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=numerique", ["Communs numériques"]),
        ("q=ÉTAT", ["L’état des lieux"]),
        ("q=example.org", ["Communs numériques"]),
        ("q=conseil", ["L’état des lieux"]),
        ("q=communs+numeriques", ["Communs numériques"]),
        ("in_language=en", ["Digital commons"]),
        ("publisher=Conseil", ["L’état des lieux"]),
        ("", ["Communs numériques", "Digital commons", "L’état des lieux"]),
        ("number=9999", ["Communs numériques", "Digital commons", "L’état des lieux"]),
        ("number=%C2%B2", ["Communs numériques", "Digital commons", "L’état des lieux"]),
    ],
)
def test_words_are_found_whatever_their_case_and_accents(visitor, engine, query, found):
    a_source("a", title="Communs numériques", url="https://example.org/a")
    a_source("b", title="L’état des lieux", publisher="Conseil")
    a_source("c", title="Digital commons", language="en")

    assert titles(visitor.get(f"/en/sources?{query}")) == found


@pytest.mark.parametrize("query", ["q=nothing+like+it", "q=%25", "q=_", "in_language=zz"])
def test_what_is_not_found_says_so_and_how_to_go_on(visitor, engine, query):
    a_source("a")

    results = read(visitor.get(f"/en/sources?{query}")).one(id="results")

    assert results.words == "0 sources No source answers this Try fewer words, or another language. Show every source"


def test_fifty_are_on_a_page(visitor, engine):
    for number in range(51):
        a_source(f"s-{number:02}")

    pages = [titles(visitor.get(f"/en/sources?number={number}")) for number in (1, 2)]

    assert [len(page) for page in pages] == [50, 1]
    assert pages[1] == ["Title of s-50"]


def test_every_use_is_told_with_its_claim_and_the_way_to_it(visitor, public_affairs):
    a_source("report")
    an_actor("mednum")
    proposal = a_proposal("guichet", public_affairs, cites="report")
    position = a_position(
        proposal,
        "mednum",
        citations=[{"source": "report", "supports": False, "locator": "p. 3", "summary_en": "Says no.", "quote": "Non."}],
    )
    entry = an_entry("vote", proposal, on="2022-10-01", citations=[{"source": "report"}])

    uses = read(visitor.get("/en/sources/report")).one("section", id="uses").all("li")

    assert [use.words for use in uses] == [
        "supports Stage reached: published, 21 Jun 2022 Titre de guichet",
        "contradicts Position: mednum en, supports, undated Titre de guichet « Non. » Says no. (p. 3)",
        "supports Event: Vote vote, 1 Oct 2022 Titre de guichet",
    ]
    assert [use.one("a")["href"] for use in uses] == [
        "/en/proposals/guichet#m1",
        f"/en/proposals/guichet#p{position.id}",
        f"/en/proposals/guichet#e{entry.id}",
    ]


def test_a_legal_basis_names_its_presidencies(visitor, engine):
    a_source("decision")
    an_actor("state", kind="member_state", code="FR")
    a_presidency("2022-fr", "2022-01-01", "2022-06-30")

    section = read(visitor.get("/en/sources/decision")).one("section", id="uses")

    assert section.words == "What it is cited for 0 uses It is the legal basis of these presidencies: state en 2022 H1"


def test_a_source_without_use_says_so(visitor, engine):
    a_source("report")

    assert read(visitor.get("/en/sources/report")).one("div", class_="empty").words == "Nothing in the record rests on this source yet."


def test_uses_a_reader_may_not_see_do_not_exist_for_them(visitor, as_stranger, as_observer, public_affairs):
    a_source("report")
    an_actor("mednum")
    quiet = a_proposal("quiet", public_affairs, public=False, cites="report")
    an_entry("talk", quiet, on="2022-10-01", citations=[{"source": "report"}])
    a_position(a_proposal("open", public_affairs), "mednum", cites="report", public=False)
    readers = (visitor, as_stranger, as_observer)

    uses = [len(read(reader.get("/en/sources/report")).one("section", id="uses").all("li")) for reader in readers]
    listed = [read(reader.get("/en/sources")).one(id="results").words.rpartition("·")[2] for reader in readers]

    assert uses == [0, 0, 3]
    assert listed == [" cited 0 times", " cited 0 times", " cited 3 times"]


def test_as_of_a_day_only_claims_that_were_so(visitor, public_affairs):
    a_source("report")
    proposal = a_proposal("guichet", public_affairs, on="2022-01-01", cites="report")
    an_entry("vote", proposal, on="2022-10-01", citations=[{"source": "report"}])

    uses = read(visitor.get("/en/sources/report?as_of=2022-05-01")).one("section", id="uses").all("li")

    assert [use.words for use in uses] == ["supports Stage reached: published, 1 Jan 2022 Titre de guichet"]


def test_an_unknown_source_is_not_here(visitor, engine):
    assert visitor.get("/en/sources/none").status_code == 404


def test_it_asks_as_often_for_three_as_for_one(engine, visitor, public_affairs):
    a_source("report")

    def asked(slug):
        an_entry(slug, a_proposal(slug, public_affairs, cites="report"), on="2022-10-01", citations=[{"source": "report"}])
        a_source(slug)
        with counted(engine) as statements:
            visitor.get("/en/sources/report")
            visitor.get("/en/sources")
        return len(statements)

    first, *rest = (asked(slug) for slug in ("a", "b", "c"))

    assert rest == [first, first]
    assert first <= 16
