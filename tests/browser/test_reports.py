"""A report writer chooses proposals and parts in the browser, with script and without, and takes the file of just that."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import Browsing
from tests.browser.running_site import Site
from tests.browser.scenery import a_proposal
from tests.browser.ways import EVERY_WAY


@pytest.fixture
def page(browsing: Browsing, script: bool, size: tuple[int, int]) -> Page:
    return browsing.open(script=script, size=size)


@EVERY_WAY
def test_what_is_chosen_is_shown_and_is_what_the_file_holds(site: Site, page: Page, script: bool):
    slug = a_proposal(site)
    page.goto("/en/reports")
    page.locator(f"input[value='{slug}']").check()
    if not script:
        page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="1 proposal on the relay")).to_be_visible()
    page.get_by_label("Changes of stage").uncheck()
    if not script:
        page.get_by_role("button", name="Show").click()
    expect(page.locator("#report a[href*='part=positions']").first).to_be_visible()
    expect(page.locator("#report a[href*='part=stages']")).to_have_count(0)

    with page.expect_download() as download:
        page.get_by_role("link", name="NDJSON").click()
    first, *records = Path(download.value.path()).read_text().splitlines()
    assert json.loads(first)["selection"]["proposals"] == [slug]
    assert "stages" not in json.loads(first)["selection"]["parts"]
    assert [json.loads(line)["slug"] for line in records if json.loads(line)["type"] == "proposal"] == [slug]
