"""Somebody looks for words: as they type, without script, by keyboard and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import DESK, PHONE, Browsing
from tests.browser.keys import nowhere, tab_to


def count(page: Page):
    return page.locator("#results-n")


def test_results_follow_what_is_typed_and_the_address_with_them(browsing: Browsing):
    page = browsing.open()
    page.goto("/en/search")
    before = page.evaluate("history.length")

    page.locator("#sq").press_sequentially("digital comm", delay=30)

    expect(count(page)).to_contain_text("results")
    expect(page).to_have_url(re.compile(r"/en/search\?q=digital\+comm$"))
    expect(page.locator("#live")).to_contain_text("results")
    expect(page.locator("#sq")).to_be_focused()
    assert page.locator("#sq").input_value() == "digital comm"
    assert page.evaluate("history.length") == before
    assert page.locator("article.hit mark").count() > 5


def test_enter_and_the_button_ask_the_same(browsing: Browsing):
    page = browsing.open()
    page.goto("/en/search?q=commons")
    first = count(page).inner_text()

    page.locator("#sq").fill("zzzz")
    page.locator("#sq").press("Enter")
    expect(page.get_by_role("heading", name="Nothing says “zzzz”")).to_be_visible()
    page.locator("#sq").fill("commons")
    page.get_by_role("button", name="Search").click()

    expect(count(page)).to_have_text(first)
    assert not nowhere(page)


def test_a_filter_stays_while_other_words_are_typed(browsing: Browsing):
    page = browsing.open()
    page.goto("/en/search?q=commons")

    page.get_by_role("navigation", name="Narrow the results").get_by_role("link", name=re.compile("^Sources")).click()
    expect(page).to_have_url(re.compile("kind=source"))
    page.locator("#sq").fill("digital")

    expect(page).to_have_url(re.compile(r"q=digital.*kind=source|kind=source.*q=digital"))
    expect(page.locator("article.hit p.muted", has_text=re.compile("^Source"))).to_have_count(page.locator("article.hit").count())


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_without_script_the_form_and_the_filters_work(browsing: Browsing, size: tuple[int, int]):
    page = browsing.open(size=size, script=False)
    page.goto("/fr/search")

    page.locator("#sq").fill("communs numériques")
    page.locator("#searched").get_by_role("button", name="Chercher").click()
    expect(count(page)).to_contain_text("résultats")
    if size is PHONE:
        page.get_by_text("Affiner les résultats").click()
    page.get_by_role("link", name=re.compile("^Propositions \\d")).click()

    expect(page.locator(".chips")).to_contain_text("Propositions")
    page.locator("article.hit a").first.click()
    expect(page).to_have_url(re.compile("/fr/proposals/"))


def test_the_stroke_leads_to_the_box_of_every_page_and_enter_to_what_is_found(browsing: Browsing):
    page = browsing.open()
    page.goto("/en/presidencies")

    page.keyboard.press("/")
    page.keyboard.type("one-stop shop")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/en/search\?q=one-stop\+shop"))
    page.keyboard.press("j")
    expect(page.locator("article.hit a").first).to_be_focused()


def test_a_phone_finds_search_in_the_menu(browsing: Browsing):
    page = browsing.open(size=PHONE)
    page.goto("/en/")

    link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Search")
    tab_to(page, link)
    page.keyboard.press("Enter")

    expect(page.locator("#sq")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
