"""After a part of the page was replaced, whoever listens or types is still somewhere: on what they asked for, or where they were."""

import re

import pytest
from playwright.sync_api import Page, expect

from models import Person
from tests.browser.browsing import Browsing
from tests.browser.keys import nowhere
from tests.browser.running_site import Site
from tests.browser.scenery import a_lead, a_proposal


@pytest.fixture
def slug(site: Site) -> str:
    return a_proposal(site)


@pytest.fixture
def page(browsing: Browsing, editor: Person, slug: str) -> Page:
    page = browsing.open(editor)
    page.goto(f"/en/proposals/{slug}")
    return page


def press(page: Page, role: str, name: str) -> None:
    """Press it as the keyboard does, and wait until the answer is in the page."""
    page.get_by_role(role, name=name).first.focus()  # type: ignore[arg-type]
    with page.expect_response(lambda answer: answer.request.headers.get("hx-request") == "true"):
        page.keyboard.press("Enter")
    expect(page.locator("[aria-busy]")).to_have_count(0)


def test_a_preview_leaves_the_focus_where_it_was_pressed(page: Page):
    page.get_by_label("Add a comment").fill("One **entry**.")
    press(page, "button", "Preview")

    expect(page.locator(".preview strong")).to_have_text("entry")
    expect(page.get_by_role("button", name="Preview")).to_be_focused()


def test_an_empty_comment_leads_to_what_is_wrong(browsing: Browsing, page: Page):
    browsing.expects(422)
    press(page, "button", "Post comment")

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Add a comment")).to_have_accessible_description(re.compile("Fill this in$"))


def test_a_comment_is_posted_answered_changed_and_removed_without_losing_the_place(page: Page):
    page.get_by_label("Add a comment").fill("First.")
    press(page, "button", "Post comment")
    expect(page.locator("#live")).to_have_text("Comment posted")
    assert not nowhere(page)

    press(page, "link", "Reply")
    expect(page.get_by_label("Your reply")).to_be_focused()
    page.keyboard.type("Second.")
    press(page, "button", "Post reply")
    expect(page.locator("#thread .thread .said")).to_be_focused()
    expect(page.get_by_label("Your reply")).to_have_count(0)

    press(page, "link", "Edit or remove")
    expect(page.get_by_label("Your comment")).to_be_focused()
    page.keyboard.type("Again: ")
    press(page, "button", "Save comment")
    expect(page.locator("#thread > .cm > .said")).to_be_focused()
    expect(page.locator("#live")).to_have_text("Comment changed")

    press(page, "link", "Edit or remove")
    press(page, "button", "Remove comment")
    expect(page.locator("#thread > .cm > .said")).to_be_focused()
    expect(page.locator("#live")).to_have_text("Comment removed")


def test_a_lead_says_what_became_of_it(site: Site, slug: str, page: Page):
    a_lead(site, slug, "A decision to check")
    page.reload()
    press(page, "button", "Confirm this lead")

    verdict = page.locator("#timeline [data-announce]")
    expect(verdict).to_be_focused()
    expect(verdict).to_contain_text("Lead confirmed")
    expect(page.locator("#live")).to_have_text("Lead confirmed")


def test_a_refusal_is_told_and_the_focus_stays(browsing: Browsing, site: Site, slug: str, page: Page):
    browsing.expects(409)
    a_lead(site, slug, "A decision settled meanwhile")
    page.reload()
    other = page.context.new_page()
    other.goto(f"/en/proposals/{slug}")
    press(other, "button", "Reject it")
    press(page, "button", "Confirm this lead")

    expect(page.locator("#refusal")).to_contain_text("Somebody settled this lead already")
    assert not nowhere(page)


def test_a_text_preview_leaves_the_focus_and_the_words(page: Page, slug: str):
    page.goto(f"/en/proposals/{slug}/texts/en/edit")
    page.get_by_label("Text", exact=True).fill("One **entry**.")
    press(page, "button", "Preview")

    expect(page.locator("#preview strong").last).to_have_text("entry")
    expect(page.get_by_label("Text", exact=True)).to_have_value("One **entry**.")
    expect(page.get_by_role("button", name="Preview")).to_be_focused()


def test_the_list_narrows_and_the_focus_stays(page: Page):
    page.goto("/en/proposals")
    page.get_by_label("Stage", exact=True).select_option("backed")
    press(page, "button", "Show")

    expect(page.locator("#live")).to_have_text(page.locator("#found-n").inner_text())
    expect(page.get_by_role("button", name="Show", exact=True)).to_be_focused()
