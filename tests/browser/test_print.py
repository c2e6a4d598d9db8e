"""On paper: the relay lies down, a brief stands up, nothing is left out, and the page says where it is from."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import Browsing
from tests.browser.running_site import Site

LYING, STANDING = (842, 595), (595, 842)  # A4 in points
A_PAGE = re.compile(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]")
A_ROW = re.compile(rb"/S\s*/TR\b")


@pytest.fixture
def page(browsing: Browsing) -> Page:
    return browsing.open()


def printed(page: Page) -> bytes:
    return page.pdf(prefer_css_page_size=True, tagged=True)


def papers(pdf: bytes) -> set[tuple[int, int]]:
    return {(round(float(width)), round(float(height))) for width, height in A_PAGE.findall(pdf)}


def test_the_relay_lies_on_its_side_with_every_row(page: Page):
    page.goto("/en/?shown=all")
    rows = page.locator("#relay tr").count()
    pdf = printed(page)

    assert papers(pdf) == {LYING}
    assert (len(A_ROW.findall(pdf)), rows > 18) == (rows, True)


def test_a_brief_stands_with_every_row(page: Page):
    page.goto("/fr/presidencies/2022-cz")
    rows = page.locator("main tr").count()
    pdf = printed(page)

    assert papers(pdf) == {STANDING}
    assert len(A_ROW.findall(pdf)) == rows


@pytest.mark.parametrize("path", ["/en/", "/en/presidencies/2022-cz", "/en/proposals/guichet-unique"])
def test_paper_has_no_menus_and_says_where_it_is_from(page: Page, site: Site, path: str):
    page.goto(path)
    page.emulate_media(media="print", color_scheme="dark")

    for gone in ("banner", "contentinfo", "button", "combobox", "searchbox"):
        assert page.get_by_role(gone).all() == []  # type: ignore[arg-type]
    expect(page.locator(".only-print").last).to_have_text(f"Relais, {site.url}{path}, printed 23 Nov 2026")
    assert page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]") == [
        "rgb(0, 0, 0)",
        "rgb(255, 255, 255)",
    ]


def test_on_paper_a_source_shows_its_address(page: Page):
    page.goto("/en/presidencies/2022-cz")
    page.emulate_media(media="print")

    address = page.locator("#s1").get_by_text("https://")
    expect(address.first).to_be_visible()


def test_on_paper_the_sources_of_a_proposal_show_their_addresses(page: Page):
    page.goto("/en/proposals/guichet-unique")
    page.emulate_media(media="print")

    link = page.locator("#s1 a[href^=http]")
    assert link.evaluate("(link) => getComputedStyle(link, '::after').content") == f'" ({link.get_attribute("href")})"'
