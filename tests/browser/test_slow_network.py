"""A slow line that loses one request in ten, on its way there or back: a comment arrives once, or waits in its field until it does."""

from collections.abc import Iterator
from itertools import cycle

import pytest
from playwright.sync_api import Page, Route, expect
from sqlmodel import col, select

from models import Comment, Person
from tests.browser.browsing import Browsing
from tests.browser.keys import nowhere
from tests.browser.running_site import Site
from tests.browser.scenery import a_proposal

LATENCY = 400  # milliseconds
LOST = "net::ERR_CONNECTION_RESET"
TOAST = "This did not get through. What you typed is safe."
COMMENTS = 20


@pytest.fixture
def slug(site: Site) -> str:
    return a_proposal(site)


@pytest.fixture
def page(browsing: Browsing, editor: Person, slug: str) -> Page:
    """A page on the slow line."""
    browsing.expects(LOST, "htmx:error")
    page = browsing.open(editor)
    page.context.set_default_timeout(20_000)
    page.goto(f"/en/proposals/{slug}")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    limits = {"offline": False, "latency": LATENCY, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    line.send("Network.emulateNetworkConditions", limits)
    return page


def losing(page: Page, fates: Iterator[str]) -> list[str]:
    """Let each comment on its way meet its fate: `kept`, `lost` before it is heard, or `unheard`, its answer lost. Gives what happened."""
    happened: list[str] = []

    def meet(route: Route) -> None:
        fate = next(fates) if route.request.method == "POST" else "kept"
        happened.append(fate)
        if fate == "unheard":
            route.fetch()
        if fate == "kept":
            route.continue_()
        else:
            route.abort("connectionreset")

    page.route("**/comments", meet)
    return happened


def said(site: Site, words: str) -> list[str]:
    with site.reading() as session:
        return list(session.exec(select(Comment.body).where(col(Comment.body).startswith(words)).order_by(col(Comment.id))).all())


@pytest.mark.parametrize(("fate", "there"), [("lost", 0), ("unheard", 1)])
def test_what_did_not_get_through_stays_in_its_field_and_arrives_once_when_tried_again(
    site: Site, page: Page, slug: str, fate: str, there: int
):
    losing(page, iter([fate, "kept"]))
    words = f"Whoever answers, {fate}, on {slug}"
    box = page.get_by_label("Add a comment")
    box.fill(words)
    page.get_by_role("button", name="Post comment").click()

    toast = page.get_by_role("alert").filter(has_text=TOAST)
    expect(toast).to_be_visible()
    expect(box).to_have_value(words)
    assert (len(said(site, words)), nowhere(page)) == (there, False)

    toast.get_by_role("button", name="Try again").click()
    expect(page.locator("#thread .md")).to_have_text([words])
    expect(box).to_have_value("")
    expect(toast).to_have_count(0)
    assert said(site, words) == [words]


def test_a_page_that_is_closed_before_the_answer_comes_gives_the_words_back(site: Site, page: Page, slug: str):
    losing(page, iter(["unheard"]))
    words = f"Closed too early, on {slug}"
    page.get_by_label("Add a comment").fill(words)
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_role("alert").filter(has_text=TOAST)).to_be_visible()
    page.unroute("**/comments")
    page.reload()

    expect(page.get_by_label("Add a comment")).to_have_value(words)
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_label("Add a comment")).to_have_value("")
    assert said(site, words) == [words]


def test_of_many_comments_over_a_line_that_loses_one_in_ten_each_arrives_once(site: Site, page: Page, slug: str):
    """In turns on the way there and on the way back; who writes presses "Try again"."""
    happened = losing(page, cycle(["kept"] * 9 + ["lost"] + ["kept"] * 9 + ["unheard"]))
    box, button = page.get_by_label("Add a comment"), page.get_by_role("button", name="Post comment")
    again = page.get_by_role("button", name="Try again")
    wanted = [f"Number {number:02}, on {slug}" for number in range(COMMENTS)]
    for number, words in enumerate(wanted, 1):
        box.fill(words)
        button.click()
        there = page.locator(f"#thread > .cm:nth-child({number})")
        expect(again.or_(there)).to_be_visible()
        if again.is_visible():  # never twice in a row on this line
            assert box.input_value() == words
            again.click()
            expect(again).to_have_count(0)
        expect(there).to_be_visible()

    expect(page.locator("#thread .md")).to_have_text(wanted)
    assert said(site, "Number") == wanted
    assert (happened.count("lost"), happened.count("unheard")) == (1, 1)
    assert box.input_value() == ""
