"""Somebody reads without a mouse and without an account: a journalist who wants one proposal and its sources."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import DESK, PHONE, Browsing
from tests.browser.keys import nowhere, tab, tab_to

TITLE = "A European one-stop shop for digital commons"


@pytest.fixture
def page(browsing: Browsing) -> Page:
    page = browsing.open()
    page.goto("/en/?shown=all")
    return page


@pytest.mark.parametrize("path", ["/en/", "/en/proposals/guichet-unique"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_stop_on_the_way_is_seen(browsing: Browsing, path: str, size: tuple[int, int]):
    page = browsing.open(size=size)
    page.goto(path)

    stops = tab(page, 25)

    assert [stop for stop in stops if not stop.ringed] == []
    assert len({stop.place for stop in stops}) == 25


def test_the_first_stop_skips_to_the_content(page: Page):
    first = tab(page)[0]
    page.keyboard.press("Enter")

    assert "Skip to content" in first.what
    expect(page.locator("#main")).to_be_focused()
    tab(page)
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_source_is_three_steps_from_the_relay(page: Page):
    tab_to(page, page.locator("#relay").get_by_role("link", name=TITLE))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)

    tab_to(page, page.get_by_role("link", name="Source 1", exact=True).first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#s1$"))
    expect(page.locator("#s1")).to_be_in_viewport()

    citation = page.locator("#s1").get_by_role("link").first
    cited = citation.inner_text()
    tab(page)
    expect(citation).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(cited)
    expect(page.get_by_role("link", name=TITLE).first).to_be_visible()


def test_another_language_is_the_same_page(page: Page):
    page.goto("/en/proposals/guichet-unique?as_of=2022-07-01")

    tab_to(page, page.get_by_role("group", name="Language").get_by_role("link", name="FR"))
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/fr/proposals/guichet-unique\?as_of=2022-07-01$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("guichet")
    expect(page.get_by_role("group", name="Langue").get_by_role("link", name="EN")).to_be_visible()


def test_the_relay_is_read_as_of_another_day_and_back(page: Page):
    tab_to(page, page.locator(".relay-filters summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("As of"))
    page.keyboard.type("07072022")  # the same in whatever order the browser asks for day and month
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("as_of=2022-07-07"))
    notice = page.get_by_role("complementary", name="As of")
    expect(notice).to_contain_text("As of 7 July 2022")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Czechia")

    tab_to(page, notice.get_by_role("link", name="Back to today"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Ireland holds the presidency.")


def test_single_keys_lead_about_and_can_be_turned_off(page: Page):
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.href") == first
    page.keyboard.press("o")
    expect(page).to_have_url(first)
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile("/en/presidencies$"))
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page).to_have_url(re.compile("/en/keyboard$"))

    off = page.locator("[data-keys-off]")
    tab_to(page, off)
    page.keyboard.press("Space")
    page.keyboard.press("l")

    expect(off).to_be_checked()
    expect(page).to_have_url(re.compile("/en/keyboard$"))


def test_words_are_found_in_the_list_and_the_count_is_told(page: Page):
    page.goto("/en/proposals")
    words = page.get_by_label("Words", exact=True)
    tab_to(page, words)
    page.keyboard.type("guichet")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("q=guichet"))
    expect(page.locator("#found-n")).to_have_text(re.compile(r"^\d proposals?$"))
    expect(page.locator("#live")).to_have_text(page.locator("#found-n").inner_text())
    assert not nowhere(page)


def test_a_visitor_is_given_no_cookie_and_nothing_is_stored(page: Page):
    page.goto("/en/proposals/guichet-unique")
    page.goto("/fr/")

    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_a_reader_sees_no_way_to_edit(page: Page):
    page.goto("/en/proposals/guichet-unique")

    assert page.locator("a[href$='/edit'], a[href$='/new'], form[method=post]").count() == 0


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_reading_needs_no_script(browsing: Browsing, size: tuple[int, int]):
    page = browsing.open(script=False, size=size)
    page.goto("/en/?shown=all")
    page.locator("#relay").get_by_role("link", name=TITLE).click()
    expect(page.locator("#timeline")).to_contain_text("Handover to Czechia")

    page.goto("/en/proposals")
    if (folded := page.locator(".facets > summary")).is_visible():
        folded.click()
    page.get_by_label("Words", exact=True).fill("guichet")
    page.get_by_role("button", name="Show", exact=True).click()

    expect(page.locator("#found").get_by_role("link", name=TITLE)).to_be_visible()
