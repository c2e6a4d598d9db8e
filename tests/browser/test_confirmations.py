"""An organisation confirms or corrects its position behind the link of a letter; a coordinator approves what it said."""

import re

import pytest
from playwright.sync_api import expect

from models import Person
from tests.browser.browsing import PHONE, Browsing
from tests.browser.letters import letter_to
from tests.browser.organisations import asked, token
from tests.browser.running_site import Site
from tests.browser.scenery import a_worked_on_proposal
from tests.browser.ways import EVERY_WAY, WAYS


@pytest.fixture(scope="module")
def slug(site: Site, editor: Person) -> str:
    return a_worked_on_proposal(site, editor)


@WAYS
def test_an_editor_asks_an_organisation_answers_and_a_coordinator_approves(
    site: Site, browsing: Browsing, editor: Person, coordinator: Person, script: bool, size: tuple[int, int]
):
    slug = a_worked_on_proposal(site, editor)
    email = f"iris{site.number()}@france.example.org"
    page = browsing.open(editor, script=script, size=size)
    page.goto(f"/en/proposals/{slug}/positions/france")
    page.get_by_role("link", name="Ask them to confirm it").click()
    page.get_by_label("Address of their contact").fill(email)
    page.get_by_label("English").check()
    page.get_by_role("button", name="Send the letter").click()
    expect(page).to_have_url(re.compile(r"/en/confirmations/\d+$"))

    theirs = browsing.open(script=script, size=size)
    theirs.goto("/dev/mailbox")
    letter_to(theirs, email).click()
    theirs.locator("main a[href*='/confirm/']").first.click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Is this the position of France?")
    theirs.get_by_label("It is right", exact=True).check()
    theirs.get_by_label("Your name").fill("Iris Vogel")
    theirs.get_by_label("Your role").fill("Policy officer")
    theirs.get_by_role("button", name="Send my answer").click()
    expect(theirs.get_by_role("heading", name="Your answer waits for the group")).to_be_visible()

    keeper = browsing.open(coordinator, script=script, size=size)
    keeper.goto("/en/queue")
    waiting = keeper.locator("section", has=keeper.locator(f"a[href='/en/proposals/{slug}']"))
    waiting.get_by_role("link", name="Decide on an organisation’s answer").last.click()
    expect(keeper.get_by_text("Iris Vogel, Policy officer")).to_be_visible()
    keeper.get_by_role("button", name="Approve the answer").click()
    keeper.get_by_role("link", name="See it in the record").click()
    expect(keeper.get_by_role("link", name=re.compile("^Answer of France"))).to_be_visible()

    browsing.expects(410)
    theirs.reload()
    expect(theirs.get_by_text("has decided on your answer")).to_be_visible()


@EVERY_WAY
def test_what_is_missing_is_told_what_was_typed_is_kept_and_the_answer_may_be_changed(
    site: Site, browsing: Browsing, editor: Person, slug: str, script: bool, size: tuple[int, int]
):
    actor = {True: ("germany", "spain"), False: ("slovenia", "malta")}[script][size is PHONE]
    link = f"/en/confirm/{token(site, asked(site, slug, actor, editor))}"
    page = browsing.open(script=script, size=size)
    page.goto(link)
    browsing.expects(422)
    page.get_by_label("It is not right").check()
    page.get_by_label("Note").fill("Only with a budget.")
    page.get_by_label("Your name").fill("Iris Vogel")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("heading", name="1 thing to fix")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("Only with a budget.")

    page.get_by_label("Your role").fill("Policy officer")
    page.get_by_role("button", name="Send my answer").click()
    page.get_by_label("Your position").select_option("opposes")
    page.get_by_label("Since when").fill("soon")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_label("Since when")).to_have_value("soon")
    page.get_by_label("Since when").fill("2024-03")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("heading", name="Your answer waits for the group")).to_be_visible()

    page.get_by_label("We withdraw our position").check()
    page.get_by_label("Your name").fill("Jan Smit")
    page.get_by_label("Your role").fill("Secretary")
    page.get_by_role("button", name="Change my answer").click()
    page.goto(link)
    expect(page.get_by_label("We withdraw our position")).to_be_checked()
    expect(page.get_by_label("Since when")).to_have_value("2024-03")
