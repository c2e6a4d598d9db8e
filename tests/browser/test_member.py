"""A member's day in the browser, with script and without, on a desk and on a phone: sign in by letter, and do every act once.

What was done is then on the proposal's page, on the relay, and in the export that anybody may have.
"""

import json
import re
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from models import Person
from models.group import Role
from tests.browser.browsing import Browsing
from tests.browser.letters import letter_to
from tests.browser.running_site import Site
from tests.browser.scenery import a_lead, a_proposal, a_source
from tests.browser.ways import EVERY_WAY


@pytest.fixture
def slug(site: Site) -> str:
    return a_proposal(site)


@pytest.fixture
def page(browsing: Browsing, editor: Person, script: bool, size: tuple[int, int]) -> Page:
    return browsing.open(editor, script=script, size=size)


@EVERY_WAY
def test_a_member_signs_in_by_a_letter_and_comes_back_where_they_were(
    site: Site, browsing: Browsing, slug: str, script: bool, size: tuple[int, int]
):
    someone = site.invite("Sven Lund", Role.EDITOR)
    page = browsing.open(script=script, size=size)
    page.goto(f"/en/proposals/{slug}/moves/new")
    page.get_by_label("Email address").fill(someone.email)
    page.get_by_role("button", name="Email me a sign-in link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mail")

    page.get_by_role("link", name="Open the mailbox of this machine").click()
    letter_to(page, someone.email, "sign in").click()
    page.locator("main a[href*='/sign-in/']").click()
    page.get_by_role("button", name="Open my session").click()

    expect(page).to_have_url(f"{site.url}/en/proposals/{slug}/moves/new")
    expect(page.get_by_role("heading", level=1)).to_have_text("Move to another stage")
    assert [cookie["httpOnly"] for cookie in page.context.cookies()] == [True]


@EVERY_WAY
def test_a_member_previews_a_comment_and_posts_it(site: Site, page: Page, slug: str):
    page.goto(f"/en/proposals/{slug}")
    page.get_by_label("Add a comment").fill("One entry, **not** twenty-seven.")
    page.get_by_label("Anyone may read this comment").check()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview strong")).to_have_text("not")
    assert exported(site, slug)["comments"] == []
    page.get_by_role("button", name="Post comment").click()

    expect(page.locator("#thread .cm")).to_contain_text("One entry, not twenty-seven.")
    expect(page.get_by_label("Add a comment")).to_have_value("")
    expect(told_on_the_relay(page, slug)).to_contain_text("Comment on")
    assert [comment["body"] for comment in exported(site, slug)["comments"]] == ["One entry, **not** twenty-seven."]


@EVERY_WAY
def test_a_member_records_a_position_with_a_new_source(site: Site, page: Page, slug: str):
    number = site.number()
    title = f"Letter of the ministry {number}"
    page.goto(f"/en/proposals/{slug}/positions/new")
    page.get_by_label("Who", exact=True).select_option("lithuania")
    page.get_by_label("Supports", exact=True).check()
    page.get_by_label("Since when").fill("2026-10-05")
    page.get_by_text("Add a source that is not in the list").click()
    page.get_by_label("Title of the document or page").fill(title)
    page.get_by_label("Web address").fill(f"https://example.org/letters/{number}")
    page.get_by_role("button", name="Record a position").click()

    row = page.locator("#backers tr", has_text="Lithuania")
    expect(row).to_contain_text("Supports")
    row.locator(".ref").click()
    expect(page.locator(f"#sources {_target(page)}")).to_contain_text(title)
    expect(told_on_the_relay(page, slug)).to_contain_text("Position recorded")
    [position] = exported(site, slug)["positions"]
    assert (position["actor"], position["stance"], [cited["source"] for cited in position["citations"]]) == (
        "lithuania",
        "supports",
        [title.lower().replace(" ", "-")],
    )


@EVERY_WAY
def test_a_member_adds_an_event(site: Site, page: Page, slug: str):
    with site.reading() as session:
        source = a_source(session)
    page.goto(f"/en/proposals/{slug}/entries/new")
    page.get_by_label("What happened", exact=True).fill("Letter to the Irish presidency")
    page.get_by_label("Kind", exact=True).select_option("advocacy/letter")
    page.get_by_label("When", exact=True).fill("2026-11-02")
    page.get_by_label("A source already in the record").fill(source)
    page.get_by_role("button", name="Add an event").click()

    event = page.locator("#timeline li", has_text="Letter to the Irish presidency")
    expect(event.locator(".ref")).to_have_accessible_name("Source 1")
    expect(told_on_the_relay(page, slug)).to_contain_text("Event added")
    expect(page.locator(f"#line-{slug} td.now")).to_contain_text("Letter to the Irish presidency")
    [entry] = exported_entries(site, slug)
    assert (entry["title"]["en"], entry["when"]["date"], entry["citations"][0]["source"]) == (
        "Letter to the Irish presidency",
        "2026-11-02",
        source,
    )


@EVERY_WAY
def test_a_member_confirms_a_lead(site: Site, page: Page, slug: str):
    a_lead(site, slug, "A decision to check")
    page.goto("/en/?shown=all")
    expect(page.locator(f"#line-{slug} td.now")).to_contain_text("Lead to check (5 Oct 2026): A decision to check")
    page.goto(f"/en/proposals/{slug}")
    page.get_by_role("button", name="Confirm this lead").click()

    expect(page.get_by_role("button", name="Confirm this lead")).to_have_count(0)
    expect(told_on_the_relay(page, slug)).to_contain_text("Lead confirmed")
    expect(page.locator(f"#line-{slug} td.now")).to_contain_text("A decision to check")
    expect(page.locator(f"#line-{slug} td.now")).not_to_contain_text("Lead to check")
    assert [about["lead"] for entry in exported_entries(site, slug) for about in entry["proposals"]] == [False]


@EVERY_WAY
def test_a_member_moves_a_stage(site: Site, page: Page, slug: str):
    page.goto(f"/en/proposals/{slug}/moves/new")
    page.get_by_label("2. Published").check()
    page.get_by_label("When", exact=True).fill("2026-10-01")
    page.get_by_role("button", name="Move to this stage").click()

    expect(page.locator(".ladder [aria-current=step]")).to_have_text("Published")
    expect(page.locator("#timeline li", has_text="Published.")).to_contain_text("no source yet")
    expect(told_on_the_relay(page, slug)).to_contain_text("Stage moved")
    expect(page.locator(f"#line-{slug} td.now")).to_contain_text("Moved to stage 2 of 6, Published")
    assert [move["to"] for move in exported(site, slug)["moves"]] == ["drafted", "published"]


@EVERY_WAY
def test_a_member_edits_a_text(site: Site, page: Page, slug: str):
    title, body = f"One relay for each of {site.number()} regions", "One entry for all.\n\nWith an answer in a month."
    page.goto(f"/en/proposals/{slug}")
    page.locator("#text").get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Title").fill(title)
    page.locator("textarea[name=body]").fill(body)
    page.get_by_role("button", name="Save as revision 2").click()

    expect(page.locator("#text")).to_contain_text("With an answer in a month.")
    expect(told_on_the_relay(page, slug)).to_contain_text(title)
    expect(page.locator(f"#line-{slug} th")).to_contain_text(title)
    text = exported(site, slug)["texts"]["en"]
    assert (text["title"], text["body"]) == (title, body)


def told_on_the_relay(page: Page, slug: str) -> Any:
    """The latest change on the relay, which must be one of that proposal."""
    page.goto("/en/?shown=all")
    latest = page.locator(".log li").first
    expect(latest.get_by_role("link")).to_have_attribute("href", re.compile(rf"/en/proposals/{slug}(?![\w-])"))
    return latest


def exported(site: Site, slug: str) -> dict[str, Any]:
    [proposal] = [proposal for proposal in _export(site)["proposals"] if proposal["slug"] == slug]
    return proposal  # type: ignore[no-any-return]


def exported_entries(site: Site, slug: str) -> list[dict[str, Any]]:
    return [entry for entry in _export(site)["entries"] if slug in {about["slug"] for about in entry["proposals"]}]


def _export(site: Site) -> dict[str, Any]:
    with urllib.request.urlopen(f"{site.url}/export.json", timeout=10) as answer:
        return json.load(answer)  # type: ignore[no-any-return]


def _target(page: Page) -> str:
    return "#" + page.url.split("#")[1]
