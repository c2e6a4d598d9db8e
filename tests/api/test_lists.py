"""Presidencies, actors and sources; and what all lists have in common: pages and cursors."""

import pytest

from tests.exported import exported
from tests.public_record import a_presidency, a_proposal, a_source, an_actor

LISTS = ("proposals", "presidencies", "actors", "sources")


@pytest.fixture
def record(engine, public_affairs):
    """Seven of each."""
    an_actor("state", code="XX")
    a_source("decision", published="2016-07", retrieved_on="2026-11-01")
    for year in range(2020, 2027):
        a_presidency(f"{year}-xx", f"{year}-01-01", f"{year}-06-30", known_on=f"{year - 6}-01-01")
        a_proposal(f"p-{year}", public_affairs)
    for number in range(1, 7):
        an_actor(f"a-{number}")
        a_source(f"s-{number}")


def walked(api, address, between=lambda: None):
    """Every item of a list, page by page, by the address each page gives; `between` happens after the first."""
    items, pages = [], 0
    while address:
        answer = api.get(address)
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        address, pages = answer.json()["next"], pages + 1
        assert answer.headers.get("Link") == (f'<{address}>; rel="next"' if address else None)
        if pages == 1:
            between()
    return items, pages


@pytest.mark.parametrize("noun", LISTS)
def test_a_list_is_that_of_the_export(api, record, noun):
    assert api.get(noun).json() == {"items": exported()[noun], "next": None}


@pytest.mark.parametrize("noun", LISTS)
def test_its_pages_put_together_are_the_list(api, record, noun):
    whole = exported()[noun]

    for limit, pages in ((1, 7), (3, 3), (6, 2), (7, 1), (100, 1)):
        assert walked(api, f"{noun}?limit={limit}") == (whole, pages)


@pytest.mark.parametrize("noun", ["presidencies", "actors", "sources"])
def test_one_of_a_list_is_as_the_list_has_it(api, record, noun):
    for item in exported()[noun]:
        assert api.get(f"{noun}/{item['slug']}").json() == item


def test_a_walk_meets_each_once_while_others_are_added(api, record, public_affairs):
    before = [row["slug"] for row in exported()["proposals"]]

    items, _ = walked(api, "proposals?limit=3", between=lambda: a_proposal("a-first-by-name", public_affairs))

    assert [item["slug"] for item in items] == [*before, "a-first-by-name"]


def test_what_is_hidden_takes_no_place_on_a_page(api, record, public_affairs):
    for number in range(3):
        a_proposal(f"hidden-{number}", public_affairs, public=False)
    last = a_proposal("last", public_affairs)

    for query in ("", "&as_of=2026-01-01"):
        items, pages = walked(api, f"proposals?limit=4{query}")

        assert (len(items), items[-1]["slug"], pages) == (8, last.slug, 2)


def test_a_walk_keeps_its_filters_and_its_day(api, record, public_affairs, social_tech):
    for slug in ("x", "y", "z"):
        a_proposal(slug, social_tech, "2021-01-01")
    a_proposal("later", social_tech, "2025-01-01")

    items, pages = walked(api, "proposals?group=social-tech-skills&as_of=2022-01-01&limit=1")

    assert ([item["slug"] for item in items], pages) == (["x", "y", "z"], 3)


def test_a_presidency_not_decided_by_the_day_says_so(api, record):
    known = [row["known"] for row in api.get("presidencies?as_of=2016-01-01").json()["items"]]

    assert known == [True, True, True, False, False, False, False]
    assert api.get("presidencies/2026-xx?as_of=2016-01-01").json()["known"] is False


@pytest.mark.parametrize("noun", LISTS)
def test_a_cursor_that_is_none_is_refused(api, record, noun):
    for cursor in ("", "x", ".", "cC0yMDIw", "cC0yMDIw.AAAAAAAA", "!!!.AAAAAAAA", "w6k.é", "%00.%00", "A" * 240, "cC0yMDIw\u00a0"):
        answer = api.get(noun, params={"cursor": cursor})

        assert (answer.status_code, [error["parameter"] for error in answer.json()["errors"]]) == (422, ["cursor"])


def test_a_cursor_of_another_list_or_another_filter_is_refused(api, record):
    cursor = api.get("actors?limit=1").json()["next"].split("cursor=")[1]
    of_filtered = api.get("proposals?level=eu&limit=1").json()["next"].split("cursor=")[1]

    assert api.get(f"sources?cursor={cursor}").status_code == 422
    assert api.get(f"proposals?cursor={of_filtered}").status_code == 422
    assert api.get(f"proposals?level=eu&cursor={of_filtered}&limit=5").status_code == 200


def test_the_next_address_is_built_from_the_settings_and_not_from_the_request(api, record):
    answer = api.get("actors?limit=1", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})

    assert answer.json()["next"].startswith("http://testserver/api/v1/actors?limit=1&cursor=")
