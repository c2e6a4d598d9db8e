"""A member's day in the browser, with script and without, on a desk and on a phone: sign in by letter, and do every act once."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from models import Person
from models.group import Role
from tests.browser.browsing import DESK, PHONE, Browsing
from tests.browser.running_site import Site
from tests.browser.scenery import a_lead, a_proposal, a_source

WAYS = pytest.mark.parametrize(
    ("script", "size"),
    [(True, DESK), (True, PHONE), (False, DESK), (False, PHONE)],
    ids=["script", "script-phone", "plain", "plain-phone"],
)


@pytest.fixture
def slug(site: Site) -> str:
    return a_proposal(site)


@pytest.fixture
def page(browsing: Browsing, editor: Person, script: bool, size: tuple[int, int]) -> Page:
    return browsing.open(editor, script=script, size=size)


def exported(site: Site, slug: str) -> dict:
    with urllib.request.urlopen(f"{site.url}/proposals/{slug}.json", timeout=10) as answer:
        return json.load(answer)["proposal"]


def source(site: Site) -> str:
    with site.reading() as session:
        return a_source(session)


@WAYS
def test_a_member_signs_in_by_a_letter_and_comes_back_where_they_were(site: Site, browsing: Browsing, slug: str, script: bool, size):
    someone = site.invite("Sven Lund", Role.COMMENTER)
    page = browsing.open(script=script, size=size)

    page.goto(f"/en/proposals/{slug}/moves/new")
    page.get_by_label("Email address").fill(someone.email)
    page.get_by_role("button", name="Email me a sign-in link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mail")
    for _ in range(100):
        found = [letter for letter in site.letters() if someone.email in letter]
        if found:
            break
        page.wait_for_timeout(100)
    link = re.search(r"http://[^\s\"<>]+/sign-in/[\w-]+", found[0].replace("=\n", "").replace("=3D", "="))
    page.goto(link[0])
    browsing.expects(403)  # a commenter comes back to a form for editors
    page.get_by_role("button", name="Open my session").click()

    expect(page).to_have_url(f"{site.url}/en/proposals/{slug}/moves/new")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your role does not reach this far")
    page.goto(f"/en/proposals/{slug}")
    expect(page.get_by_label("Add a comment")).to_be_visible()


@WAYS
def test_a_member_previews_a_comment_and_posts_it(site: Site, page: Page, slug: str):
    page.goto(f"/en/proposals/{slug}")
    page.get_by_label("Add a comment").fill("One entry, **not** twenty-seven.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("strong", has_text="not").first).to_be_visible()
    page.get_by_role("button", name="Post comment").click()

    expect(page.locator(".cm", has_text="One entry, not twenty-seven.")).to_be_visible()
    if page.locator("#comment-form textarea").count():
        expect(page.locator("#comment-form textarea")).to_have_value("")


@WAYS
def test_a_member_records_a_position_with_a_new_source(site: Site, page: Page, slug: str):
    page.goto(f"/en/proposals/{slug}/positions/new")
    page.locator("[name=actor]").select_option("lithuania")
    _choose(page, "stance", "supports")
    page.locator("[name=on]").fill("2026-10-05")
    _open_all(page)
    page.locator("[name=cite_source_title]").fill("Letter of the ministry")
    page.locator("[name=cite_source_url]").fill("https://example.org/letter")
    page.locator("main form[method=post] button.btn-1").first.click()

    expect(page.locator("#backers")).to_contain_text("Lithuania")
    [position] = exported(site, slug)["positions"]
    assert (position["actor"], position["stance"], len(position["citations"])) == ("lithuania", "supports", 1)


@WAYS
def test_a_member_adds_an_event(site: Site, page: Page, slug: str):
    page.goto(f"/en/proposals/{slug}/entries/new")
    _choose(page, "kind", "advocacy/letter")
    page.locator("[name=on]").fill("2026-11-02")
    page.locator("[name=title_en]").fill("Letter to the Irish presidency")
    _open_all(page)
    page.locator("[name=cite_source]").select_option(source(site))
    page.locator("main form[method=post] button.btn-1").first.click()

    expect(page.locator("#timeline")).to_contain_text("Letter to the Irish presidency")
    page.goto("/en/")
    expect(page.locator(f"#line-{slug} td.now")).to_contain_text("Letter to the Irish presidency")


@WAYS
def test_a_member_confirms_a_lead(site: Site, page: Page, slug: str):
    title = f"A decision {site.number()}"
    a_lead(site, slug, title)
    page.goto(f"/en/proposals/{slug}")
    page.get_by_role("button", name="Confirm this lead").click()

    expect(page.get_by_role("button", name="Confirm this lead")).to_have_count(0)
    assert [entry["lead"] for entry in exported(site, slug)["entries"]] == [False]


@WAYS
def test_a_member_moves_a_stage(site: Site, page: Page, slug: str):
    page.goto(f"/en/proposals/{slug}/moves/new")
    _choose(page, "to", "published")
    page.locator("[name=on]").fill("2026-10-01")
    _open_all(page)
    page.locator("[name=cite_source]").select_option(source(site))
    page.locator("main form[method=post] button.btn-1").first.click()

    expect(page.locator(".ladder [aria-current=step]")).to_contain_text("Published")
    page.goto("/en/")
    expect(page.locator(f"#line-{slug} td.now")).to_contain_text("Moved to stage 2 of 6, Published")
    assert exported(site, slug)["moves"][-1]["to"] == "published"


@WAYS
def test_a_member_edits_a_text(site: Site, page: Page, slug: str):
    page.goto(f"/en/proposals/{slug}/texts/en/edit")
    page.locator("[name=body]").fill("One entry for all.\n\nWith an answer in a month.")
    page.locator("[name=note]").fill("The delay")
    page.get_by_role("button", name="Save as revision 2").click()

    expect(page.locator("#text")).to_contain_text("With an answer in a month.")


def _choose(page: Page, name: str, value: str) -> None:
    """A choice of a form, be it a list or round buttons."""
    field = page.locator(f"select[name={name}]")
    if field.count():
        field.select_option(value)
    else:
        page.locator(f"[name={name}][value={value}]").check()


def _open_all(page: Page) -> None:
    """Open what a form keeps folded, as a person would."""
    folded = page.locator("main form[method=post] details:not([open]) > summary")
    while folded.count():
        folded.first.click()
