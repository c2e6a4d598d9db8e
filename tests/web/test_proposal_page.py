"""The page of one proposal."""

import pytest

from tests.public_record import (
    a_comment,
    a_position,
    a_presidency,
    a_proposal,
    a_source,
    an_actor,
    an_entry,
    counted,
    moved,
)
from tests.web.reading import read

LIST = "/en/proposals"
PAGE = "/en/proposals/guichet"


@pytest.fixture
def guichet(public_affairs):
    a_source("article", url="https://example.org/a", publisher="SOGA", retrieved_on="2026-11-20")
    return a_proposal("guichet", public_affairs, cites="article")


def section(answer, name):
    return read(answer).one("section", id=name)


def test_the_page_in_the_other_language_shows_the_original_and_says_so(visitor, guichet):
    page = read(visitor.get(PAGE))

    assert (page.one("h1").words, page.one("h1")["lang"]) == ("Titre de guichet", "fr")
    assert page.one("section", id="text").one("div", class_="doc")["lang"] == "fr"
    assert page.one("div", class_="notice").words == "There is no text in English yet. This is the original, in French."
    assert "lang" not in read(visitor.get(PAGE.replace("/en/", "/fr/"))).one("h1").attributes


def test_the_ladder_marks_the_stage_by_more_than_colour(visitor, guichet):
    moved(guichet, "backed", on="2022-07-01")

    page = read(visitor.get(PAGE))

    ladder = page.one("ol", class_="ladder")
    assert ladder["aria-label"] == "Stage 3 of 6: Backed"
    assert [step.words for step in ladder.all("li")] == [
        "Drafted, passed",
        "Published, passed",
        "Backed",
        "Taken up",
        "Adopted",
        "In force",
    ]
    assert [step.words for step in ladder.all("li") if step["aria-current"] == "step"] == ["Backed"]
    assert "Backed since 1 Jul 2022. no source yet" in page.one("main").words


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2022-06-21", "Published since 21 Jun 2022."),
        ("2022-06", "Published since June 2022."),
        ("by 2022-03-15", "Published by 15 Mar 2022 at the latest."),
        ("", "Published, since when is not recorded."),
    ],
)
def test_since_when_is_as_precise_as_known(visitor, public_affairs, on, words):
    a_proposal("guichet", public_affairs, on=on)

    assert words in read(visitor.get(PAGE)).one("main").words


def test_a_merged_proposal_says_so_and_links_on(visitor, guichet, public_affairs):
    a_proposal("autre", public_affairs)
    moved(guichet, "merged", on="2024-01-01", reason_en="One ask", into="autre")

    notice = next(one for one in read(visitor.get(PAGE)).all("div", class_="notice") if "goes on" in one.words)

    assert (notice.words, notice.one("a")["href"]) == ("This proposal goes on as part of another: Titre de autre", "/en/proposals/autre")


def test_a_position_shows_its_evidence_and_what_disputes_it(visitor, guichet):
    an_actor("france", name_en="France")
    an_actor("states", name_en="States behind the report", size=19)
    a_source("report")
    a_position(guichet, "france", on="2022-02", note_en="Took the lead")
    a_position(guichet, "states", on="2022-06", citations=[{"source": "article"}, {"source": "report", "supports": False}])

    backers = section(visitor.get(PAGE), "backers")

    rows = [row.words for row in backers.one("tbody").all("tr")]
    assert rows == [
        "France Supports Took the lead February 2022 no source yet",
        "States behind the report counted as 19, not named by the source Supports June 2022 [1] contested against: [2]",
    ]
    assert [part.words for part in backers.one("dl").all("dd")] == [
        "19 19 counted together, not named, 1 named, perhaps among them", "0 none recorded", "0 none recorded", "0 none recorded",
    ]  # fmt: skip


def test_the_timeline_is_told_by_presidency(visitor, guichet):
    an_actor("state", code="IE", name_en="Ireland")
    a_source("decision")
    for slug, starts, ends in (
        ("2022-ie", "2022-01-01", "2022-06-30"), ("2026-xx", "2022-07-01", "2026-06-30"), ("2026-ie", "2026-07-01", "2026-12-31"),
    ):  # fmt: skip
        a_presidency(slug, starts, ends)
    an_entry("done", guichet, on="2022-06-25", title_en="Hearing")
    an_entry("plan", guichet, on="2026-12-08", state="planned", title_en="Ask for a position")
    an_entry("lead", on="2026-08-01", leads=(guichet,), title_en="A decision that may answer it")
    an_entry("undated", guichet, title_en="A letter")

    chapters, loose = section(visitor.get(PAGE), "timeline").all("ol", class_="tl")

    assert [(item["class"], item.words) for item in chapters.all("li")] == [
        ("ho", "2022 H1 Presidency of Ireland"),
        ("fact", "21 Jun 2022 Published. [1]"),
        ("fact", "25 Jun 2022 Vote. Hearing no source yet"),
        ("ho", "1 Jul 2022 Handover to Ireland"),
        ("gap", "2022 H2 1 presidency with nothing recorded."),
        ("ho", "1 Jul 2026 Handover to Ireland — now position not recorded"),
        ("lead", "1 Aug 2026 Lead to check. A decision that may answer it no source yet"),
        ("plan", "8 Dec 2026 Planned. Ask for a position no source yet"),
    ]
    assert [item.words for item in loose.all("li")] == ["undated Vote. A letter no source yet"]


def test_a_source_is_shown_once_with_where_to_find_it(visitor, guichet):
    (source,) = section(visitor.get(PAGE), "sources").all("li")

    assert source["id"] == "s1"
    assert source.words.startswith("[1] Title of article, SOGA. Open the document")
    assert "read on 20 Nov 2026" in source.words
    assert [link["href"] for link in source.all("a")] == ["/en/sources/article", "https://example.org/a"]


def test_editors_find_every_way_to_record_and_others_none(visitor, as_observer, as_editor, guichet):
    an_entry("lead", on="2026-08-01", leads=(guichet,))
    ways = [f"{PAGE}/{way}" for way in ("moves/new", "positions/new", "entries/new", "texts/fr/edit", "facts", "entries/lead/checks")]

    found = [[way for way in ways if way in client.get(PAGE).text] for client in (visitor, as_observer, as_editor)]

    assert found == [[], [], ways]


def test_a_group_only_comment_is_read_by_its_group(visitor, as_stranger, as_observer, commenter, guichet):
    a_comment(guichet, commenter, "Between us")
    a_comment(guichet, commenter, "For all", public=True)

    pages = [section(client.get(PAGE), "discussion").words for client in (visitor, as_stranger, as_observer)]

    assert [("Between us" in page, "For all" in page) for page in pages] == [(False, True), (False, True), (True, True)]


def test_the_page_as_of_a_day_shows_only_what_was_surely_so(visitor, guichet):
    moved(guichet, "backed", on="2023-01-01")

    july, march = (read(visitor.get(f"{PAGE}?as_of={day}")) for day in ("2022-07-01", "2022-03-01"))

    assert july.one("ol", class_="ladder")["aria-label"] == "Stage 2 of 6: Published"
    assert march.one("ol", class_="ladder")["aria-label"] == "No stage yet"
    assert "By that day this proposal was not recorded." in march.one("main").words


@pytest.mark.parametrize("path", [f"{PAGE}?as_of=yesterday", f"{LIST}?as_of=2022-13-01"])
def test_a_day_that_is_none_is_refused(visitor, guichet, path):
    assert visitor.get(path).status_code == 422


@pytest.mark.parametrize("slug", ["none-such", "GUICHET", "guichet%00", "%F0%9F%98%80", "x" * 3000])
def test_a_proposal_that_is_not_there_is_a_404(visitor, guichet, slug):
    assert visitor.get(f"{LIST}/{slug}").status_code == 404


def test_another_groups_private_proposal_is_not_there(visitor, as_stranger, as_observer, public_affairs):
    a_proposal("guichet", public_affairs, public=False)

    assert [client.get(PAGE).status_code for client in (visitor, as_stranger, as_observer)] == [404, 404, 200]


def test_the_page_costs_the_same_queries_for_one_row_of_everything_and_for_three(visitor, commenter, engine, guichet):
    def fill(number):
        an_actor(f"actor-{number}")
        a_position(guichet, f"actor-{number}", cites="article")
        an_entry(f"entry-{number}", guichet, on=f"2022-0{number}-01")
        a_comment(guichet, commenter, f"Yes {number}", public=True)

    fill(1)
    with counted(engine) as once:
        visitor.get(PAGE)
    fill(2)
    fill(3)
    with counted(engine) as thrice:
        visitor.get(PAGE)

    assert len(once) == len(thrice) <= 15
