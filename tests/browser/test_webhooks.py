"""A coordinator has a program told of what happens: adds it, sends a test, sees the answer, stops it and removes it."""

import json

from playwright.sync_api import Page, expect
from standardwebhooks import Webhook as Verifier

from models.group import Role
from tests.browser.browsing import Browsing
from tests.browser.running_site import Site
from tests.browser.ways import EVERY_WAY
from tests.relais.receiver import receiving

HOME = "/en/groups/european-public-affairs"


@EVERY_WAY
def test_a_program_is_added_tested_stopped_and_removed(site: Site, browsing: Browsing, script: bool, size: tuple[int, int]):
    page = browsing.open(site.invite(f"Clara Weiss {site.number()}", Role.COORDINATOR), script=script, size=size)
    name = f"Archive {site.number()}"
    page.goto(HOME)
    page.get_by_role("link", name="Webhooks").click()
    page.get_by_role("link", name="Add a webhook").click()

    browsing.expects(422)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Address").fill("https://10.20.30.40/hook")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("This address leads to a machine that is not on the public Internet")
    expect(page.get_by_label("Name")).to_have_value(name)

    with receiving() as receiver:
        page.get_by_label("Address").fill(receiver.url)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        page.locator("summary").click()
        secret = page.locator("details code").inner_text()
        page.get_by_role("button", name="Send a test").click()
        _until_answered(page, script)

    ((path, headers, body),) = receiver.calls
    assert (path, json.loads(body)["data"]) == ("/hook?from=relais", {"name": name})
    assert Verifier(secret).verify(body, headers)["type"] == "webhook.test"

    page.get_by_role("button", name="Stop").click()
    expect(page.locator("p.lead")).to_contain_text("Stopped")
    page.get_by_role("button", name="Remove the webhook").click()
    expect(page).to_have_url(site.url + HOME + "/webhooks")
    expect(page.get_by_role("link", name=name)).to_have_count(0)


def _until_answered(page: Page, script: bool) -> None:
    """With script the log brings itself up to date; without, who waits loads the page again."""
    answered = page.locator("#log").get_by_text("answer 204")
    if script:
        return expect(answered).to_be_visible(timeout=15_000)
    for _ in range(60):
        if answered.count():
            return None
        page.wait_for_timeout(250)
        page.reload()
    return expect(answered).to_be_visible()
