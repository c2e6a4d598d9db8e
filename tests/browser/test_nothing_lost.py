"""What is typed survives: a refused form, a colleague's save, an ended session, a reload, going back, a broken line."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from models import Person
from tests.browser.browsing import OFFLINE, Browsing
from tests.browser.keys import nowhere
from tests.browser.letters import letter_to
from tests.browser.running_site import Site
from tests.browser.scenery import a_proposal

TYPED = "Small communities do not know which ministry to call."
BY_SCRIPT_OR_NOT = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
KEPT_EVERY = 2000  # milliseconds
NOTE = "A draft kept on this device was put back."


@pytest.fixture
def slug(site: Site) -> str:
    return a_proposal(site)


def comment_box(page: Page) -> Locator:
    return page.get_by_label("Add a comment")


# --- refused ----------------------------------------------------------------------------------------------------------


@BY_SCRIPT_OR_NOT
def test_a_refused_form_comes_back_as_it_was_typed(browsing: Browsing, editor: Person, slug: str, script: bool):
    browsing.expects(422)
    page = browsing.open(editor, script=script)
    page.goto(f"/en/proposals/{slug}/entries/new")
    page.get_by_label("What happened", exact=True).fill(TYPED)
    page.get_by_label("Kind", exact=True).select_option("advocacy/letter")
    page.get_by_label("Planned").check()
    page.get_by_label("When", exact=True).fill("soon")
    page.get_by_label("What it says, in your own words", exact=True).fill(TYPED)
    page.get_by_role("button", name="Add an event").click()

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("When: Write a date such as")
    if script:
        expect(summary).to_be_focused()
    expect(page.get_by_label("What happened", exact=True)).to_have_value(TYPED)
    expect(page.get_by_label("Kind", exact=True)).to_have_value("advocacy/letter")
    expect(page.get_by_label("Planned")).to_be_checked()
    expect(page.get_by_label("When", exact=True)).to_have_value("soon")
    expect(page.get_by_label("When", exact=True)).to_have_accessible_description(re.compile("Write a date such as"))
    expect(page.get_by_label("What it says, in your own words", exact=True)).to_have_value(TYPED)

    summary.get_by_role("link").first.click()
    expect(page.get_by_label("When", exact=True)).to_be_focused()


# --- in between -------------------------------------------------------------------------------------------------------


@BY_SCRIPT_OR_NOT
def test_two_editors_save_one_text_and_both_are_kept(browsing: Browsing, editor: Person, coordinator: Person, slug: str, script: bool):
    browsing.expects(409)
    emil, claire = browsing.open(editor, script=script), browsing.open(coordinator, script=script)
    for page in (emil, claire):
        page.goto(f"/en/proposals/{slug}/texts/en/edit")
    emil.get_by_label("Text", exact=True).fill("## Why\n\nHardly anybody answers.\n\n- an address\n- a name")
    emil.get_by_role("button", name="Save as revision 2").click()
    expect(emil.locator("#text")).to_contain_text("Hardly anybody")

    claire.get_by_label("Text", exact=True).fill("## Why\n\nNobody answers the phone.\n\n- an address\n- a name")
    claire.get_by_role("button", name="Save as revision 2").click()

    expect(claire.get_by_role("heading", level=1)).to_have_text("Someone saved while you were writing")
    merged = "## Why\n\nHardly anybody answers the phone.\n\n- an address\n- a name"
    expect(claire.get_by_label("Text", exact=True)).to_have_value(merged)
    if script:
        expect(claire.get_by_role("alert")).to_be_focused()
    claire.get_by_role("button", name="Save merged text as revision 3").click()
    expect(claire.locator("#text")).to_contain_text("Hardly anybody answers the phone.")


@BY_SCRIPT_OR_NOT
def test_a_comment_edited_in_two_windows_gives_both_wordings(browsing: Browsing, editor: Person, slug: str, script: bool):
    browsing.expects(409)
    page = browsing.open(editor, script=script)
    page.goto(f"/en/proposals/{slug}")
    comment_box(page).fill("First.")
    page.get_by_role("button", name="Post comment").click()
    page.get_by_role("link", name="Edit or remove").click()
    here = page.get_by_label("Your comment")
    expect(here).to_have_value("First.")
    there = page.context.new_page()
    there.goto(f"/en/proposals/{slug}")
    there.get_by_role("link", name="Edit or remove").click()
    there.get_by_label("Your comment").fill("Changed over there.")
    there.get_by_role("button", name="Save comment").click()
    expect(there.locator("#thread .md")).to_have_text("Changed over there.")

    here.fill(TYPED)
    page.get_by_role("button", name="Save comment").click()

    expect(page.get_by_role("alert")).to_contain_text("Changed over there.")
    expect(page.get_by_label("Your comment")).to_have_value(TYPED)
    page.get_by_role("button", name="Save comment").click()
    expect(page.locator("#thread .md")).to_have_text(TYPED)


# --- signed out -------------------------------------------------------------------------------------------------------


def test_a_session_that_ended_gives_the_text_back_after_signing_in(browsing: Browsing, site: Site, editor: Person, slug: str):
    browsing.expects(401)
    page = browsing.open()
    token = browsing.sign_in(page.context, editor)
    page.goto(f"/en/proposals/{slug}")
    comment_box(page).fill(TYPED)
    site.sign_out(token)
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to edit")

    page.get_by_label("Email address").fill(editor.email)
    page.get_by_role("button", name="Email me a sign-in link").click()
    page.get_by_role("link", name="Open the mailbox of this machine").click()
    letter_to(page, editor.email, "sign in").click()
    page.locator("main a[href*='/sign-in/']").click()
    page.get_by_role("button", name="Open my session").click()

    expect(page).to_have_url(f"{site.url}/en/proposals/{slug}")
    expect(comment_box(page)).to_have_value(TYPED)
    expect(page.get_by_text(NOTE).first).to_be_visible()


# --- going away -------------------------------------------------------------------------------------------------------


def test_a_reload_gives_the_text_back(browsing: Browsing, editor: Person, slug: str):
    page = browsing.open(editor)
    page.goto(f"/en/proposals/{slug}")
    comment_box(page).fill(TYPED)
    page.reload()

    expect(comment_box(page)).to_have_value(TYPED)
    expect(page.locator("#live")).to_have_text(NOTE)


@pytest.mark.parametrize(
    ("form", "labels"),
    [
        ("texts/en/edit", ["Title", "Summary", "Text", "What changed, in a few words"]),
        ("entries/new", ["What happened", "Note", "Where in it", "What it says, in your own words", "Title of the document or page"]),
        ("positions/new", ["Since when", "Note", "Quotation"]),
        ("moves/new", ["Why", "Label in the picture"]),
    ],
)
def test_a_reload_gives_back_what_was_written_in_every_field(browsing: Browsing, editor: Person, slug: str, form: str, labels: list[str]):
    page = browsing.open(editor)
    page.goto(f"/en/proposals/{slug}/{form}")
    folded = page.locator("main details:not([open]) > summary:visible")
    while folded.count():
        folded.first.click()
    for label in labels:
        page.get_by_label(label, exact=True).fill(f"{label[:9]} …")
    page.reload()

    for label in labels:
        expect(page.get_by_label(label, exact=True)).to_have_value(f"{label[:9]} …")
        expect(page.get_by_label(label, exact=True)).to_be_visible()
    expect(page.locator("main").get_by_text(NOTE).first).to_be_visible()


def test_going_away_and_back_gives_the_text_back(browsing: Browsing, editor: Person, slug: str):
    page = browsing.open(editor)
    page.goto(f"/en/proposals/{slug}")
    comment_box(page).fill(TYPED)
    page.get_by_role("link", name="Presidencies").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Presidencies of the Council")
    page.go_back()

    expect(comment_box(page)).to_have_value(TYPED)


def test_what_was_taken_leaves_no_draft_behind(browsing: Browsing, editor: Person, slug: str):
    page = browsing.open(editor)
    page.goto(f"/en/proposals/{slug}")
    comment_box(page).fill(TYPED)
    page.wait_for_timeout(KEPT_EVERY + 100)
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("#thread .cm")).to_contain_text(TYPED)
    page.goto(f"/en/proposals/{slug}/entries/new")
    page.get_by_label("What happened", exact=True).fill(TYPED)
    page.get_by_label("Kind", exact=True).select_option("advocacy/letter")
    page.wait_for_timeout(KEPT_EVERY + 100)
    page.get_by_role("button", name="Add an event").click()
    expect(page.locator("#timeline")).to_contain_text(TYPED)

    assert page.evaluate("Object.keys(localStorage)") == []
    expect(comment_box(page)).to_have_value("")
    page.goto(f"/en/proposals/{slug}/entries/new")
    expect(page.get_by_label("What happened", exact=True)).to_have_value("")


# --- offline ----------------------------------------------------------------------------------------------------------


def test_a_broken_line_keeps_the_text_says_so_and_tries_again(browsing: Browsing, editor: Person, slug: str):
    browsing.expects(OFFLINE, "Failed to fetch")
    page = browsing.open(editor)
    page.goto(f"/en/proposals/{slug}")
    comment_box(page).fill(TYPED)
    page.context.set_offline(True)
    expect(page.locator("[data-offline]")).to_be_visible()
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_role("alert")).to_contain_text("You are offline.")
    expect(comment_box(page)).to_have_value(TYPED)
    assert not nowhere(page)

    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()

    expect(page.locator("#thread .cm")).to_have_count(1)
    expect(page.locator("#thread .cm")).to_contain_text(TYPED)
    expect(page.locator("[data-offline]")).to_be_hidden()
