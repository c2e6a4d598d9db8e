"""A journalist reads by keyboard, follows a source, changes language, prints, and looks at another day. No account, no cookie."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import DESK, PHONE, Browsing

FOCUS = """() => { const at = document.activeElement; const shape = getComputedStyle(at);
  return { tag: at.tagName, seen: at.checkVisibility(), ring: parseFloat(shape.outlineWidth) > 0 && shape.outlineStyle !== "none" }; }"""


@pytest.fixture
def page(browsing: Browsing) -> Page:
    return browsing.open()


def test_every_stop_of_the_keyboard_is_seen(page: Page):
    page.goto("/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"

    for _ in range(25):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        assert stop["tag"] != "BODY"
        assert stop["seen"]
        assert stop["ring"], stop


def test_the_way_from_the_relay_to_the_source_of_a_position(page: Page):
    page.goto("/en/")
    page.get_by_role("link", name="A European one-stop shop for digital commons").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("one-stop")
    page.locator("#backers").get_by_role("link", name=re.compile(r"^\[?\d+\]?$|source", re.IGNORECASE)).first.click()

    expect(page).to_have_url(re.compile(r"#s\d+$"))


def test_the_other_language_shows_the_same_page(page: Page):
    page.goto("/en/proposals/guichet-unique?as_of=2022-07-01")
    page.get_by_role("link", name="FR", exact=True).click()

    expect(page).to_have_url(re.compile(r"/fr/proposals/guichet-unique\?as_of=2022-07-01$"))
    expect(page.locator(".asof")).to_contain_text("1er juillet 2022")


def test_as_of_a_day_steps_back_through_time(page: Page):
    page.goto("/en/")
    page.get_by_text("Narrow the picture").click()
    page.get_by_label("As of").fill("2022-07-01")
    page.get_by_role("button", name="Show", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Czechia held the presidency.")


def test_a_visitor_is_given_no_cookie_and_nothing_is_stored(page: Page):
    page.goto("/en/proposals/guichet-unique")
    page.goto("/en/")

    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_reader_sees_no_way_to_edit(page: Page):
    page.goto("/en/proposals/guichet-unique")

    assert page.locator("a[href$='/edit'], a[href$='/new'], form[method=post]").count() == 0


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_reading_needs_no_script(browsing: Browsing, size):
    page = browsing.open(script=False, size=size)
    page.goto("/en/")
    page.get_by_role("link", name="A European one-stop shop for digital commons").click()
    expect(page.locator("#timeline")).to_contain_text("Handover to Czechia")
    page.goto("/en/proposals?q=guichet")

    expect(page.get_by_role("link", name="A European one-stop shop for digital commons")).to_be_visible()


def test_the_relay_prints_in_landscape_and_a_brief_in_portrait(page: Page):
    sizes = {}
    for path in ("/en/", "/en/presidencies/2022-cz"):
        page.goto(path)
        box = re.search(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
        sizes[path] = (round(float(box[1])), round(float(box[2])))

    assert sizes == {"/en/": (842, 595), "/en/presidencies/2022-cz": (595, 842)}


def test_a_first_visit_is_light(browsing: Browsing):
    page = browsing.open()
    weights: dict[str, int] = {}
    page.on("response", lambda answer: weights.__setitem__(answer.url, len(answer.body())))
    page.goto("/en/proposals/guichet-unique")
    page.wait_for_load_state("networkidle")

    html = next(weight for url, weight in weights.items() if url.endswith("/guichet-unique"))
    assert html < 60_000
    assert sum(weights.values()) < 300_000  # as sent, before any compression by a proxy
