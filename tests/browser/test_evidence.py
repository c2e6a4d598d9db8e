"""Evidence in the browser, with script and without, on a desk and on a phone: a claim contested, settled and opened again; a source looked
up; what came of a proposal said and confirmed."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from models import Person
from models.position import Stance
from relais.positions import PositionForm, record
from relais.settings import now
from relais.sources import CitationForm, SourceForm
from relais.sources import add as add_source
from tests.browser.browsing import Browsing
from tests.browser.running_site import Site
from tests.browser.scenery import a_lead, a_proposal, found
from tests.browser.ways import EVERY_WAY
from tests.days import TODAY


@pytest.fixture
def slug(site: Site) -> str:
    return a_proposal(site)


@pytest.fixture
def page(browsing: Browsing, editor: Person, script: bool, size: tuple[int, int]) -> Page:
    return browsing.open(editor, script=script, size=size)


def two_sources(site: Site, slug: str) -> str:
    """Slovenia supports the proposal, says one of two new sources; gives the title of the other."""
    number = site.number()
    how: dict[str, Any] = {"by": None, "now": now()}
    with site.writing() as session:
        for_it, against = (
            add_source(session, SourceForm(title=f"{name} {number}", language="en", url=f"https://example.org/{number}/{name}"), **how)
            for name in ("Minutes", "Denial")
        )
        form = PositionForm(actor="slovenia", stance=Stance.SUPPORTS, citations=[CitationForm(source=for_it.slug)])
        record(session, found(session, slug), form, **how)
    return against.title


@EVERY_WAY
def test_a_claim_is_contested_settled_and_opened_again(site: Site, browsing: Browsing, page: Page, slug: str):
    against = two_sources(site, slug)
    page.goto(f"/en/proposals/{slug}")
    slovenia = page.locator("#backers tr", has_text="Slovenia")
    slovenia.get_by_role("link", name="Add a source").click()
    page.get_by_label("A source already in the record").fill(against)
    page.get_by_label("What it says, in your own words", exact=True).fill("It never said so.")
    page.get_by_label("Contradicts it").check()
    page.get_by_role("button", name="Add this source").click()

    slovenia.get_by_role("link", name="contested").click()
    expect(page.locator("section", has=page.locator("#h-contra")).locator(".act")).to_have_text("1 source")
    expect(page.get_by_text("It never said so.")).to_be_visible()
    page.get_by_label("Which side holds, and why", exact=True).fill("The minutes are signed.")
    page.get_by_role("button", name="Settle it").click()

    held = page.locator("#settlements li")
    expect(held).to_have_count(1)
    expect(held.first).to_contain_text("The minutes are signed.")
    expect(page.get_by_text("It never said so.")).to_be_visible()
    reader = browsing.open(script=False)
    reader.goto(f"/en/proposals/{slug}")
    row = reader.locator("#backers tr", has_text="Slovenia")
    expect(row.get_by_role("link", name="contested, settled")).to_be_visible()
    expect(row.locator(".ref")).to_have_count(2)

    page.get_by_label("Why it is open again", exact=True).fill("The signature is disputed.")
    page.get_by_role("button", name="Open it again").click()
    expect(held).to_have_count(2)
    expect(held.first).to_contain_text("Open again")
    reader.reload()
    expect(row.get_by_role("link", name="contested", exact=True)).to_be_visible()


@EVERY_WAY
def test_words_of_a_title_that_fit_several_sources_are_asked_about(site: Site, browsing: Browsing, page: Page, slug: str):
    browsing.expects(422)
    two_sources(site, slug)
    with site.writing() as session:
        for part in ("morning", "evening"):
            add_source(session, SourceForm(title=f"Sitting on {slug}, {part}", language="en"), by=None, now=now())
    against = f"Sitting on {slug}, evening"
    page.goto(f"/en/proposals/{slug}")
    page.locator("#backers tr", has_text="Slovenia").get_by_role("link", name="Add a source").click()
    page.get_by_label("A source already in the record").fill(f"{slug} sitting")
    page.get_by_role("button", name="Add this source").click()

    expect(page.locator("#f-cite_source-e")).to_have_text("Choose one of these sources, or type more of its title")
    page.get_by_label(against, exact=True).check()
    page.get_by_role("button", name="Add this source").click()

    expect(page.locator("#sources")).to_contain_text(against)


@EVERY_WAY
def test_a_source_is_looked_up_again(site: Site, browsing: Browsing, page: Page, slug: str):
    title = two_sources(site, slug)
    page.goto("/en/sources/checks")
    page.get_by_role("link", name=title).click()
    page.get_by_text("Say that you looked").click()
    expect(page.get_by_label("When you looked")).to_have_value(TODAY.isoformat())
    page.get_by_label("It is not there any more").check()
    page.get_by_label("Note").last.fill("The page was taken down.")
    page.get_by_role("button", name="Record this check").click()

    expect(page.locator("#checks li")).to_contain_text("not reachable")
    expect(page.locator("#checks li")).to_contain_text("The page was taken down.")
    page.goto("/en/sources/checks")
    expect(page.locator("section", has=page.locator("#h-gone"))).to_contain_text(title)
    reader = browsing.open(script=False)
    reader.goto(f"/en/sources?q={title}")
    expect(reader.locator("#results li")).to_contain_text("not reachable")


@EVERY_WAY
def test_what_came_of_a_proposal_is_said_and_confirmed(site: Site, browsing: Browsing, page: Page, slug: str):
    a_lead(site, slug, f"The act of {slug}")
    page.goto(f"/en/proposals/{slug}")
    page.get_by_role("link", name="Say what came of it").click()
    choice = page.get_by_label("What answers it")
    choice.select_option(choice.locator("option", has_text=f"The act of {slug}").get_attribute("value"))
    page.get_by_label("Answered in part").check()
    page.get_by_label("What it answers, and what it leaves open", exact=True).fill("Half of the regions have a relay.")
    page.get_by_role("button", name="Save the answer").click()

    answers = page.locator("#answers")
    expect(answers).to_contain_text("Answered in part, to check: The act of")
    reader = browsing.open(script=False)
    reader.goto("/en/?shown=all")
    expect(reader.locator(f"#line-{slug} .st")).to_contain_text("Answered in part, to check")
    answers.get_by_role("link", name="Check it").click()
    page.locator("#timeline li", has_text=f"The act of {slug}").get_by_role("button", name="Confirm this lead").click()
    expect(page.get_by_role("button", name="Confirm this lead")).to_have_count(0)

    reader.goto(f"/en/proposals/{slug}")
    expect(reader.locator("#answers")).to_contain_text("Answered in part: The act of")
    expect(reader.locator("#answers")).to_contain_text("Half of the regions have a relay.")
    reader.goto("/en/?shown=all")
    expect(reader.locator(f"#line-{slug} .st .mark")).to_have_text("Answered in part")
