"""A part of a text edited where it stands: nothing else moves, and nothing typed is lost."""

import pytest
from playwright.sync_api import Locator, Page, expect

from models import Person
from tests.browser.browsing import Browsing
from tests.browser.running_site import Site
from tests.browser.scenery import a_proposal

BY_SCRIPT_OR_NOT = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
BODY = "## Why\n\nNobody answers.\n\n- an address\n- a name\n\n## How\n\nBy a relay."
NOTE = "A draft kept on this device was put back."


@pytest.fixture
def slug(site: Site, browsing: Browsing, coordinator: Person) -> str:
    slug = a_proposal(site)
    page = browsing.open(coordinator)
    page.goto(f"/en/proposals/{slug}/texts/en/edit")
    page.get_by_label("Text", exact=True).fill(BODY)
    page.get_by_role("button", name="Save as revision 2").click()
    expect(page.locator("#text")).to_contain_text("By a relay.")
    return slug


def way(page: Page, words: str) -> Locator:
    return page.get_by_role("link", name=f"Edit “{words}”", exact=True)


def box(page: Page) -> Locator:
    return page.locator("textarea[name=words]")


@BY_SCRIPT_OR_NOT
def test_a_part_is_edited_and_saved(browsing: Browsing, editor: Person, slug: str, script: bool):
    page = browsing.open(editor, script=script)
    page.goto(f"/en/proposals/{slug}")
    way(page, "How").click()
    expect(box(page)).to_have_value("## How\n\nBy a relay.")
    if script:
        expect(box(page)).to_be_focused()
        expect(page).to_have_url(f"{browsing.site.url}/en/proposals/{slug}")
        expect(page.locator("#text")).to_contain_text("Nobody answers.")
    box(page).fill("## How\n\nBy *two* relays.")
    page.get_by_role("button", name="Preview").last.click() if not script else page.locator(".part").get_by_role(
        "button", name="Preview"
    ).click()
    expect(page.locator(".preview em")).to_have_text("two")
    page.get_by_role("button", name="Save as revision 3").click()

    expect(page.locator("#s-how + p")).to_have_text("By two relays.")
    expect(page.get_by_role("link", name="Revision 3")).to_be_visible()
    expect(box(page)).to_have_count(0)
    if script:
        expect(way(page, "How")).to_be_focused()
        expect(page.locator("#live")).to_have_text("Saved as revision 3.")
        assert page.evaluate("Object.keys(localStorage)") == []


def test_escape_leaves_and_keeps_a_draft_that_a_reload_and_another_session_find(browsing: Browsing, site: Site, editor: Person, slug: str):
    page = browsing.open()
    token = browsing.sign_in(page.context, editor)
    page.goto(f"/en/proposals/{slug}")
    way(page, "Why").click()
    box(page).fill("## Why\n\nBecause.")
    box(page).press("Escape")

    expect(box(page)).to_have_count(0)
    expect(page.locator("#text")).to_contain_text("Nobody answers.")
    expect(way(page, "Why")).to_be_focused()
    page.reload()
    site.sign_out(token)
    browsing.sign_in(page.context, editor)
    page.reload()
    way(page, "Why").click()
    expect(box(page)).to_have_value("## Why\n\nBecause.")
    expect(page.locator(".part").get_by_text(NOTE)).to_be_visible()

    page.get_by_role("button", name="Drop the draft").click()
    way(page, "Why").click()
    expect(box(page)).to_have_value("## Why\n\nNobody answers.\n\n- an address\n- a name")


@BY_SCRIPT_OR_NOT
def test_changes_of_different_parts_are_merged_and_the_page_says_so(
    browsing: Browsing, editor: Person, coordinator: Person, slug: str, script: bool
):
    emil, claire = browsing.open(editor, script=script), browsing.open(coordinator, script=script)
    for page, words in ((emil, "Why"), (claire, "How")):
        page.goto(f"/en/proposals/{slug}")
        way(page, words).click()
    box(emil).fill("## Why\n\nNobody answers the phone.")
    emil.get_by_role("button", name="Save as revision 3").click()
    expect(emil.locator("#text")).to_contain_text("the phone")
    box(claire).fill("## How\n\nBy two relays.")
    claire.get_by_role("button", name="Save as revision 3").click()

    notice = claire.locator(".notice.ok")
    expect(notice).to_contain_text("Saved as revision 4, merged.")
    expect(notice).to_be_in_viewport()
    if script:
        expect(notice).to_be_focused()
    expect(claire.locator("#text")).to_contain_text("the phone")
    expect(claire.locator("#text")).to_contain_text("By two relays.")
    notice.get_by_role("link", name="See what you changed").click()
    expect(claire.locator("ins")).to_have_count(1)


def test_a_draft_on_an_older_revision_comes_back_with_it_and_is_merged(browsing: Browsing, editor: Person, coordinator: Person, slug: str):
    emil, claire = browsing.open(editor), browsing.open(coordinator)
    claire.goto(f"/en/proposals/{slug}")
    way(claire, "How").click()
    box(claire).fill("## How\n\nBy two relays.")
    box(claire).press("Escape")
    expect(box(claire)).to_have_count(0)
    emil.goto(f"/en/proposals/{slug}")
    way(emil, "Why").click()
    box(emil).fill("## Why\n\nNobody answers the phone.")
    emil.get_by_role("button", name="Save as revision 3").click()
    expect(emil.locator("#text")).to_contain_text("the phone")

    claire.reload()
    way(claire, "How").click()
    expect(box(claire)).to_have_value("## How\n\nBy two relays.")
    claire.locator(".part").get_by_role("button", name="Save").click()

    expect(claire.locator(".notice.ok")).to_contain_text("merged")
    expect(claire.locator("#text")).to_contain_text("the phone")
    expect(claire.locator("#text")).to_contain_text("By two relays.")
    assert claire.evaluate("Object.keys(localStorage)") == []


def test_a_conflict_of_one_part_keeps_everything_until_it_is_solved(browsing: Browsing, editor: Person, coordinator: Person, slug: str):
    browsing.expects(409)
    emil, claire = browsing.open(editor), browsing.open(coordinator)
    for page in (emil, claire):
        page.goto(f"/en/proposals/{slug}")
        way(page, "How").click()
    box(emil).fill("## How\n\nBy a relay in each region.")
    emil.get_by_role("button", name="Save as revision 3").click()
    expect(emil.locator("#text")).to_contain_text("in each region")
    box(claire).fill("## How\n\nThrough town halls.")
    told = claire.locator("#news-text").get_by_text("saved revision 3")
    expect(told).to_be_visible()
    claire.get_by_role("button", name="Save as revision 3").click()

    expect(claire.get_by_role("heading", level=1)).to_have_text("Someone saved while you were writing")
    expect(claire.get_by_role("alert")).to_be_focused()
    expect(told).to_have_count(0)  # the page says it itself
    claire.get_by_role("link", name="Keep revision 3, drop mine").click()
    expect(claire.locator("#text")).to_contain_text("in each region")
    way(claire, "How").click()
    expect(box(claire)).to_have_value("## How\n\nThrough town halls.")
    claire.locator(".part").get_by_role("button", name="Save").click()
    expect(claire.get_by_label("Text", exact=True)).to_have_value(
        BODY.replace("By a relay.", "By a relay in each region.\n\nThrough town halls.")
    )
    claire.get_by_role("button", name="Save merged text as revision 4").click()
    expect(claire.locator("#text")).to_contain_text("Through town halls.")
    assert claire.evaluate("Object.keys(localStorage)") == []
