"""Who backs a proposal, in the browser: from the proposal to what changed, and a position that is confirmed and then withdrawn."""

import re

from playwright.sync_api import expect

from models import Person
from tests.browser.browsing import Browsing
from tests.browser.running_site import Site
from tests.browser.scenery import a_worked_on_proposal
from tests.browser.ways import WAYS


@WAYS
def test_a_reader_goes_from_a_proposal_to_who_said_what_and_to_the_source(browsing: Browsing, script: bool, size: tuple[int, int]):
    page = browsing.open(script=script, size=size)
    page.goto("/en/proposals/guichet-unique")
    expect(page.locator("#backers")).to_contain_text("14 more states, 224 million more people for a qualified majority")
    page.get_by_role("link", name="Coalition and changes over time").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who backs it")

    page.get_by_label("As of").fill("2022-03-01")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("[aria-labelledby=h-states]")).to_contain_text("France initiated")
    expect(page.locator("[aria-labelledby=h-states]")).not_to_contain_text("Czechia absent")
    expect(page.locator("#council")).to_contain_text("How many people live there is left out")

    page.get_by_role("link", name="Back to today").click()
    page.get_by_role("link", name="What changed").click()
    page.get_by_role("navigation", name="By presidency").get_by_role("link", name="FR 2022 H1").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("After 31 December 2021, up to 30 June 2022")
    expect(page.locator("main")).to_contain_text("changed before: took part")

    page.get_by_role("rowheader", name="Czechia").last.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Czechia")
    page.get_by_role("link", name=re.compile(r"^Source \d+$")).first.click()
    expect(page).to_have_url(re.compile(r"#s\d+$"))


@WAYS
def test_an_editor_confirms_a_position_and_then_withdraws_it(
    site: Site, browsing: Browsing, editor: Person, script: bool, size: tuple[int, int]
):
    slug = a_worked_on_proposal(site, editor)
    page = browsing.open(editor, script=script, size=size)
    history = f"/en/proposals/{slug}/positions/france"

    for press, day in (("Record that it still holds", "2026-10-01"), ("Record that it was withdrawn", "2026-11-01")):
        page.goto(history)
        page.get_by_role("link", name=press).click()
        expect(page.get_by_label("Who")).to_have_value("france")
        page.get_by_label("Since when").fill(day)
        page.get_by_role("button", name="Record a position").click()
        expect(page).to_have_url(re.compile(rf"/en/proposals/{slug}#p\d+$"))

    page.goto(history)
    told = page.locator("tbody tr")
    expect(told).to_have_count(3)
    expect(told.nth(0)).to_contain_text("withdrawn before: initiated")
    expect(told.nth(1)).to_contain_text("confirmed")
    page.goto(f"/en/proposals/{slug}/positions/changes?from=2026-09-30&to=2026-11-30")
    expect(page.locator("tbody tr")).to_have_count(2)


@WAYS
def test_the_grid_is_narrowed_and_leads_to_what_a_state_said(browsing: Browsing, script: bool, size: tuple[int, int]):
    page = browsing.open(script=script, size=size)
    page.goto("/en/positions")
    expect(page.locator(".grid tbody tr")).to_have_count(27)

    page.get_by_text("Narrow the picture, or see it as of another day").click()
    page.get_by_label("Level").select_option("eu")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile("level=eu"))
    expect(page.locator(".grid tbody tr").nth(1)).to_contain_text("unknown")

    page.locator(".grid tbody tr").filter(has_text="France").get_by_role("link", name="Initiated").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("France")
