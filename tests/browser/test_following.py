"""Somebody outside follows a proposal in the browser, with script and without, on a desk and on a phone, and leaves again."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import Browsing
from tests.browser.letters import letter_to
from tests.browser.running_site import Site
from tests.browser.scenery import a_proposal
from tests.browser.ways import EVERY_WAY


@pytest.fixture
def page(browsing: Browsing, script: bool, size: tuple[int, int]) -> Page:
    return browsing.open(script=script, size=size)


@EVERY_WAY
def test_a_stakeholder_follows_changes_and_leaves(site: Site, page: Page):
    slug, email = a_proposal(site), f"ines{site.number()}@ministry.example.org"
    page.goto(f"/en/proposals/{slug}")
    page.get_by_role("link", name="By letter").click()
    expect(page.locator(f"input[value='proposal/{slug}']")).to_be_checked()
    page.get_by_label("Every day").check()
    page.get_by_label("Email address").fill(email)
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mail")

    page.get_by_role("link", name="Open the mailbox of this machine").click()
    letter_to(page, email).click()
    page.locator("main a[href*='/follow/confirm/']").click()
    page.get_by_role("button", name="Yes, send me these letters").click()
    expect(page.get_by_role("status").filter(has_text="You follow.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="One relay per region")
    expect(row).to_contain_text("Every day")

    row.get_by_role("link", name="Change").click()
    page.get_by_label("Every week").check()
    page.get_by_label("Day of weekly letters").select_option("Thursday")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row").filter(has_text="One relay per region")).to_contain_text("Every week, on Thursday")

    page.get_by_role("button", name="Stop everything and erase my address").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Letters stopped")


def test_the_form_is_filled_and_sent_by_keyboard_alone(site: Site, browsing: Browsing):
    page = browsing.open()
    slug = a_proposal(site)
    page.goto(f"/en/proposals/{slug}")
    page.keyboard.press("f")
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow what you care about")

    field = page.get_by_label("Email address")
    for _ in range(400):  # every proposal other scenes made may be followed too
        if field.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type(f"noor{site.number()}@ministry.example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mail")
