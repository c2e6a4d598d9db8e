"""A member is named by another, sees it on the page they are on, opens it, and chooses what comes by letter."""

import re

import pytest
from playwright.sync_api import Page, expect

from models.group import Role
from relais import comments
from relais.comments import CommentForm
from relais.settings import now
from tests.browser.browsing import Browsing
from tests.browser.running_site import Site
from tests.browser.scenery import a_proposal, found
from tests.browser.ways import EVERY_WAY

SOON = 10_000  # milliseconds within which the worker has read the ledger


@EVERY_WAY
def test_who_is_named_is_told_and_goes_there(site: Site, browsing: Browsing, script: bool, size: tuple[int, int]):
    slug = a_proposal(site)
    name = f"Nora Weiss {site.number()}"
    nora, emil = site.invite(name, Role.EDITOR), site.invite(f"Emil Berg {site.number()}", Role.COMMENTER)
    with site.writing() as session:
        comments.post(session, found(session, slug), CommentForm(body=f"@{name}, look"), by=emil, now=now())
    page = browsing.open(nora, script=script, size=size)
    _until_told(page)

    page.get_by_role("button", name=re.compile("One relay per region")).first.click()
    expect(page).to_have_url(re.compile(rf"/en/proposals/{slug}#c\d+$"))
    page.goto("/en/notices")
    expect(page.locator("p.lead")).to_have_text("You have read everything.")

    page.get_by_role("link", name="Which come by letter").click()
    page.get_by_label("Every day").check()
    page.get_by_label("Answers in threads I wrote in").uncheck()
    page.get_by_role("button", name="Save").click()
    page.goto("/en/notices/letters")
    expect(page.get_by_label("Every day")).to_be_checked()
    expect(page.get_by_label("Answers in threads I wrote in")).not_to_be_checked()


def _until_told(page: Page) -> None:
    """The notices, once the worker has read of it."""
    for _ in range(SOON // 250):
        page.goto("/en/notices")
        if page.get_by_role("button", name="Open it").count():
            return
        page.wait_for_timeout(250)
    pytest.fail("the worker told nothing")
