"""A presidency's worth of advocacy in the browser, with script and without, on a desk and on a phone: an ask planned, a letter sent,
its answer recorded, the ask closed and carried on."""

import pytest
from playwright.sync_api import Page, expect

from models import Person
from tests.browser.browsing import Browsing
from tests.browser.running_site import Site
from tests.browser.scenery import a_proposal
from tests.browser.test_member import exported
from tests.browser.ways import EVERY_WAY


@pytest.fixture
def page(browsing: Browsing, editor: Person, script: bool, size: tuple[int, int]) -> Page:
    return browsing.open(editor, script=script, size=size)


@EVERY_WAY
def test_an_editor_carries_an_ask_through_a_presidency(site: Site, page: Page):
    slug = a_proposal(site)
    page.goto(f"/en/proposals/{slug}")
    page.locator("#legs").get_by_role("link", name="Plan an ask").click()
    page.get_by_label("Presidency", exact=True).select_option("2026-ie")
    page.get_by_label("What is asked", exact=True).fill("One person per region, by December.")
    page.get_by_label("Lead", exact=True).select_option(label="Emil Novák (you)")
    page.get_by_label("Anybody may see this ask").check()
    page.get_by_role("button", name="Plan the ask").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask to Ireland, 2026 H2")

    page.get_by_role("link", name="Record a contact").first.click()
    page.get_by_label("What it was", exact=True).fill("Letter to the representation")
    page.get_by_label("When", exact=True).fill("2026-09-01")
    page.get_by_label("Next step", exact=True).fill("Call the attaché")
    page.get_by_role("button", name="Record the contact").click()
    letter = page.locator("#contacts li", has_text="Letter to the representation")
    expect(letter).to_contain_text("Unanswered since 1 Oct 2026")
    expect(page.locator("#tasks")).to_contain_text("Call the attaché")

    letter.get_by_role("link", name="Record the answer").click()
    expect(page.get_by_label("What it was", exact=True)).to_have_value("Answer: Letter to the representation")
    page.get_by_label("When", exact=True).fill("2026-11-02")
    page.get_by_label("What came of it", exact=True).fill("They will put it on an agenda.")
    page.get_by_role("button", name="Record the answer").click()
    expect(letter.first).to_contain_text("Answered 2 Nov 2026")
    expect(page.locator("#contacts")).not_to_contain_text("Unanswered")

    page.get_by_role("link", name="Close the ask").click()
    page.get_by_label("Outcome", exact=True).fill("Put on the agenda of December.")
    page.get_by_label("Carry it over to").select_option("2027-lt")
    page.get_by_role("button", name="Close the ask").click()
    expect(page.locator("#outcome")).to_contain_text("Put on the agenda of December.")
    expect(page.locator("dl")).to_contain_text("Carried on to")

    page.get_by_role("link", name="Lithuania 2027 H1").first.click()
    expect(page.locator("dl")).to_contain_text("Carried from Ireland 2026 H2.")
    asked = [(leg["presidency"], leg["outcome"]["en"], leg["carried_from"]) for leg in exported(site, slug)["legs"]]
    assert asked == [("2026-ie", "Put on the agenda of December.", None), ("2027-lt", "", "2026-ie")]


@EVERY_WAY
def test_an_open_ask_is_carried_to_the_next_presidency_in_one_press(site: Site, page: Page):
    slug = a_proposal(site)
    page.goto(f"/en/proposals/{slug}/legs/new?presidency=2022-cz")
    page.get_by_label("What is asked", exact=True).fill("One person per region.")
    page.get_by_role("button", name="Plan the ask").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask to Czechia, 2022 H2")
    page.goto("/en/presidencies/2026-ie#asks")

    offered = page.locator("#asks form", has_text="One person per region.").last
    offered.get_by_role("button").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ask to Ireland, 2026 H2")
    expect(page.locator("dl")).to_contain_text("Carried from Czechia 2022 H2.")


@EVERY_WAY
def test_a_refused_ask_gives_back_what_was_typed(browsing: Browsing, site: Site, page: Page):
    browsing.expects(422)
    slug = a_proposal(site)
    page.goto(f"/en/proposals/{slug}/legs/new?presidency=2026-ie")
    page.get_by_label("Hand-over note", exact=True).fill("Ms Byrne reads French.")
    page.get_by_role("button", name="Plan the ask").click()

    expect(page.locator("#f-errors")).to_contain_text("Say what is asked, in French or in English")
    expect(page.get_by_label("Hand-over note", exact=True)).to_have_value("Ms Byrne reads French.")
