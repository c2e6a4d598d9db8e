"""Working groups in the browser: somebody is invited by letter and says yes; roles change; with script and without."""

import re

from playwright.sync_api import Page, expect

from models import Person
from models.group import Role
from tests.browser.browsing import Browsing
from tests.browser.letters import letter_to
from tests.browser.running_site import GROUP, Site
from tests.browser.scenery import a_lead, a_proposal, in_preparation
from tests.browser.ways import WAYS

PATH = f"/en/groups/{GROUP}"


def invited(page: Page, email: str, role: str = "editor") -> None:
    page.goto(PATH)
    page.get_by_text("Invite by email").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Role", exact=True).select_option(role)
    page.get_by_label("Language of the letter").select_option("en")
    page.get_by_role("button", name="Send the invitation").click()


@WAYS
def test_somebody_is_invited_by_letter_and_joins(site: Site, browsing: Browsing, coordinator: Person, script: bool, size: tuple[int, int]):
    email = f"ana{site.number()}@relais.test"
    theirs, mine = browsing.open(coordinator, script=script, size=size), browsing.open(script=script, size=size)
    invited(theirs, email)
    expect(theirs.locator("#members")).to_contain_text(email)

    mine.goto("/dev/mailbox")
    letter_to(mine, email).click()
    mine.locator("main a[href*='/invitations/']").click()
    expect(mine.get_by_role("heading", level=1)).to_have_text("Join the working group European Public Affairs")
    expect(mine.locator("main")).to_contain_text("Claire Martin invites you.")
    mine.get_by_role("button", name="Join the group").click()

    expect(mine).to_have_url(f"{site.url}{PATH}")
    expect(mine.locator("#members li", has_text="(you)")).to_contain_text("editor")
    theirs.goto(PATH)
    expect(theirs.locator("#members")).not_to_contain_text(email)
    expect(theirs.locator("#members")).to_contain_text("a…@relais.test editor")


@WAYS
def test_an_invitation_is_withdrawn_and_its_link_leads_nowhere(
    site: Site, browsing: Browsing, coordinator: Person, script: bool, size: tuple[int, int]
):
    email = f"eva{site.number()}@relais.test"
    theirs, mine = browsing.open(coordinator, script=script, size=size), browsing.open(script=script, size=size)
    invited(theirs, email)
    mine.goto("/dev/mailbox")
    letter_to(mine, email).click()
    theirs.get_by_role("button", name=re.compile(f"Withdraw.*{email}")).click()
    expect(theirs.locator("#members")).not_to_contain_text(email)

    browsing.expects(410)
    mine.locator("main a[href*='/invitations/']").click()

    expect(mine.get_by_role("heading", level=1)).to_have_text("This is gone")


@WAYS
def test_a_role_changes_and_holds_at_the_next_page(
    site: Site, browsing: Browsing, coordinator: Person, script: bool, size: tuple[int, int]
):
    number = site.number()
    member = site.invite(f"Olga{number} Lind", Role.OBSERVER)
    page, mine = browsing.open(coordinator, script=script, size=size), browsing.open(member, script=script, size=size)
    browsing.expects(403)
    mine.goto("/en/proposals/new")
    expect(mine.get_by_role("heading", level=1)).to_have_text("Your role does not reach this far")

    page.goto(PATH)
    page.get_by_role("link", name=f"Olga{number} Lind").click()
    page.get_by_label("Editor", exact=True).check()
    page.get_by_role("button", name="Change the role").click()

    expect(page.locator("#members li", has_text=f"Olga{number} Lind")).to_contain_text("editor")
    mine.goto("/en/proposals/new")
    expect(mine.get_by_role("heading", level=1)).to_have_text("Add a proposal")


@WAYS
def test_who_is_removed_finds_the_door_closed(site: Site, browsing: Browsing, coordinator: Person, script: bool, size: tuple[int, int]):
    number = site.number()
    member = site.invite(f"Rosa{number} Vila", Role.EDITOR)
    page, mine = browsing.open(coordinator, script=script, size=size), browsing.open(member, script=script, size=size)
    mine.goto(PATH)
    expect(mine.locator("#members")).to_contain_text("(you)")

    page.goto(PATH)
    page.get_by_role("link", name=f"Rosa{number} Vila").click()
    page.get_by_role("button", name="Remove from the group").click()

    expect(page.locator("#members")).not_to_contain_text(f"Rosa{number} Vila")
    mine.reload()
    expect(mine.locator("#members")).not_to_contain_text("(you)")


@WAYS
def test_what_is_new_since_the_last_visit_is_read_and_marked_as_seen(
    site: Site, browsing: Browsing, editor: Person, script: bool, size: tuple[int, int]
):
    slug = a_proposal(site, editor)
    reader = site.invite("Nina Holt", Role.OBSERVER)
    page = browsing.open(reader, script=script, size=size)
    page.goto("/en/activity")
    page.get_by_role("button", name="Mark all as seen").click()
    expect(page.locator("#h-seen")).to_have_count(0)
    a_lead(site, slug, "A decision nobody has read yet")

    page.goto("/en/")
    expect(page.locator("#h-seen")).to_have_text("1 act is new since your last visit")
    page.get_by_role("link", name="See what is new").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("New since your last visit")
    expect(page.locator("main .log li")).to_have_count(1)
    expect(page.locator("main .log li")).to_contain_text("new Event added on One relay per region")
    page.get_by_role("button", name="Mark all as seen").click()

    expect(page).to_have_url(f"{site.url}/en/activity")
    page.goto("/en/")
    expect(page.locator("#h-seen")).to_have_count(0)


@WAYS
def test_a_proposal_in_preparation_is_made_public(site: Site, browsing: Browsing, editor: Person, script: bool, size: tuple[int, int]):
    slug = in_preparation(site, editor)
    page, anybody = browsing.open(editor, script=script, size=size), browsing.open(script=script, size=size)
    browsing.expects(404)
    anybody.goto(f"/en/proposals/{slug}")
    expect(anybody.get_by_role("heading", level=1)).to_have_text("This page is not here")

    page.goto(f"/en/proposals/{slug}")
    expect(page.locator("article header").first).to_contain_text("In preparation")
    page.get_by_role("link", name="Make it public").click()
    expect(page.locator("main")).to_contain_text("There is no way back")
    page.get_by_role("button", name="Make it public").click()

    expect(page).to_have_url(f"{site.url}/en/proposals/{slug}")
    expect(page.locator("article header").first).not_to_contain_text("In preparation")
    anybody.reload()
    expect(anybody.get_by_role("heading", level=1)).to_have_text("One relay per region")
