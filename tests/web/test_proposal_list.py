"""The list of proposals."""

import pytest

from tests.public_record import (
    a_presidency,
    a_proposal,
    a_source,
    a_theme,
    an_actor,
    an_entry,
)
from tests.web.filling import HOSTILE
from tests.web.reading import read

LIST = "/en/proposals"
NEW = "/en/proposals/new"


@pytest.fixture
def guichet(public_affairs):
    a_source("article", url="https://example.org/a", publisher="SOGA", retrieved_on="2026-11-20")
    return a_proposal("guichet", public_affairs, cites="article")


def titles(answer):
    return [row.one("h3").words for row in read(answer).all("article", class_="hit")]


def test_the_list_tells_stage_group_themes_and_what_was_recorded_lately(visitor, public_affairs):
    a_theme("funding")
    guichet = a_proposal("guichet", public_affairs, themes=["funding"])
    an_actor("state", code="FR")
    a_source("decision")
    a_presidency("2022-fr", "2022-01-01", "2022-06-30")
    a_presidency("2022-xx", "2022-07-01", "2022-12-31")
    an_entry("hearing", guichet, on="2022-06-22", title_en="Hearing")

    row = read(visitor.get(LIST)).one("article", class_="hit")

    assert "data-row" in row.attributes
    assert row.words == (
        "Titre de guichet Published since 2022 H1 Nothing recorded for 1 presidency "
        "Last recorded: 22 Jun 2022, Hearing no source yet European public affairs · funding in English"
    )


def test_the_list_says_how_many_and_goes_from_page_to_page(visitor, public_affairs):
    for number in range(27):
        a_proposal(f"p{number:02}", public_affairs, rank=number)

    first, second = visitor.get(f"{LIST}?level=eu"), visitor.get(f"{LIST}?level=eu&page=2")

    assert [read(page).one("h2", id="found-n").words for page in (first, second)] == ["27 proposals"] * 2
    assert [len(titles(page)) for page in (first, second)] == [25, 2]
    links = [(link.words, link["href"]) for link in read(first).one("ol", class_="pages").all("a")]
    assert links == [("2", f"{LIST}?level=eu&page=2"), ("Next", f"{LIST}?level=eu&page=2")]


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9999999999999999", "1e3", "１"])
def test_a_page_that_is_no_number_or_too_far_is_the_nearest(visitor, guichet, page):
    answer = visitor.get(f"{LIST}?page={page}")

    assert (answer.status_code, titles(answer)) == (200, ["Titre de guichet"])


@pytest.mark.parametrize("query", ["stage=nonsense", "level=x", "theme=&group=&stage=&level="])
def test_a_filter_that_names_nothing_narrows_nothing(visitor, guichet, query):
    assert titles(visitor.get(f"{LIST}?{query}")) == ["Titre de guichet"]


def test_nothing_found_says_so_and_offers_one_way_on(visitor, guichet):
    page = read(visitor.get(f"{LIST}?q=fondatoin")).one("section", id="found")

    assert page.one("h3").words == "No proposal holds “fondatoin”"
    assert [link["href"] for link in page.all("a")] == [LIST]


@pytest.mark.parametrize("words", [*HOSTILE.values(), "%", "_", "x" * 5000])
def test_whatever_is_looked_for_is_shown_as_words(visitor, guichet, words):
    answer = visitor.get(LIST, params={"q": words})

    handlers = [element["onfocus"] for element in read(answer).all() if element["onfocus"]]
    assert (answer.status_code, "<script>" in answer.text, handlers) == (200, False, [])


def test_only_editors_are_offered_to_add_one(visitor, as_observer, as_commenter, as_editor):
    assert [f'href="{NEW}"' in client.get(LIST).text for client in (visitor, as_observer, as_commenter, as_editor)] == [
        False,
        False,
        False,
        True,
    ]


def test_another_groups_private_proposal_is_not_listed(visitor, as_stranger, as_observer, public_affairs):
    a_proposal("guichet", public_affairs, public=False)

    assert [titles(client.get(LIST)) for client in (visitor, as_stranger, as_observer)] == [
        [], [], ["Titre de guichet In preparation: only the group sees it"],
    ]  # fmt: skip
