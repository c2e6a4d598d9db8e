"""What is typed survives: a refused form, a colleague's save, an ended session, a reload, going back, a broken line."""

import pytest
from playwright.sync_api import Page, expect

from models import Person
from tests.browser.browsing import Browsing
from tests.browser.running_site import Site
from tests.browser.scenery import a_proposal

TYPED = "Small communities do not know which ministry to call."


@pytest.fixture
def slug(site: Site) -> str:
    return a_proposal(site)


def comment_box(page: Page):
    return page.get_by_label("Add a comment")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.tagName"))


def test_a_refused_form_comes_back_as_it_was_typed(browsing: Browsing, editor: Person, slug: str):
    browsing.expects(422)
    page = browsing.open(editor)
    page.goto(f"/en/proposals/{slug}/entries/new")
    page.locator("[name=title_en]").fill(TYPED)
    page.locator("[name=on]").fill("soon")
    page.locator("main form[method=post] button.btn-1").first.click()

    expect(page.locator(".notice.err")).to_be_visible()
    expect(page.locator("[name=title_en]")).to_have_value(TYPED)
    expect(page.locator("[name=on]")).to_have_value("soon")
    assert focused(page) != "BODY"


def test_two_editors_save_one_text_and_both_are_kept(browsing: Browsing, site: Site, editor: Person, coordinator: Person, slug: str):
    browsing.expects(409)
    emil, claire = browsing.open(editor), browsing.open(coordinator)
    for page in (emil, claire):
        page.goto(f"/en/proposals/{slug}/texts/en/edit")
    emil.locator("[name=body]").fill("## Why\n\nNobody answers.\n\nWithin a month.\n\n- an address\n- a name")
    emil.get_by_role("button", name="Save as revision 2").click()
    expect(emil.locator("#text")).to_contain_text("Within a month.")

    claire.locator("[name=body]").fill("## Why\n\nNobody answers the phone.\n\n- an address\n- a name")
    claire.get_by_role("button", name="Save as revision 2").click()

    expect(claire.get_by_role("heading", level=1)).to_have_text("Someone saved while you were writing")
    expect(claire.locator("[name=body]")).to_have_value("## Why\n\nNobody answers the phone.\n\nWithin a month.\n\n- an address\n- a name")
    assert focused(claire) != "BODY"
    claire.get_by_role("button", name="Save merged text as revision 3").click()
    expect(claire.locator("#text")).to_contain_text("Nobody answers the phone.")
    expect(claire.locator("#text")).to_contain_text("Within a month.")


def test_a_session_that_ended_gives_the_text_back_after_signing_in(browsing: Browsing, site: Site, editor: Person, slug: str):
    browsing.expects(401)
    page = browsing.open()
    token = browsing.sign_in(page.context, editor)
    page.goto(f"/en/proposals/{slug}")
    comment_box(page).fill(TYPED)
    site.sign_out(token)
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to edit")

    browsing.sign_in(page.context, editor)
    page.goto(f"/en/proposals/{slug}")

    expect(comment_box(page)).to_have_value(TYPED)


def test_a_reload_gives_the_text_back(browsing: Browsing, editor: Person, slug: str):
    page = browsing.open(editor)
    page.goto(f"/en/proposals/{slug}")
    comment_box(page).fill(TYPED)
    page.reload()

    expect(comment_box(page)).to_have_value(TYPED)


def test_going_away_and_back_gives_the_text_back(browsing: Browsing, editor: Person, slug: str):
    page = browsing.open(editor)
    page.goto(f"/en/proposals/{slug}")
    comment_box(page).fill(TYPED)
    page.goto("/en/presidencies")
    page.go_back()

    expect(comment_box(page)).to_have_value(TYPED)


def test_a_broken_line_keeps_the_text_and_says_so(browsing: Browsing, editor: Person, slug: str):
    browsing.expects("net::ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    page = browsing.open(editor)
    page.goto(f"/en/proposals/{slug}")
    comment_box(page).fill(TYPED)
    page.context.set_offline(True)
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator(".toast")).to_be_visible()
    expect(comment_box(page)).to_have_value(TYPED)

    page.context.set_offline(False)
    page.locator(".toast button").first.click()

    expect(page.locator(".cm", has_text=TYPED)).to_be_visible()


def test_a_posted_comment_leaves_no_draft_behind(browsing: Browsing, editor: Person, slug: str):
    page = browsing.open(editor)
    page.goto(f"/en/proposals/{slug}")
    comment_box(page).fill(TYPED)
    page.wait_for_timeout(2200)
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator(".cm", has_text=TYPED)).to_be_visible()
    assert focused(page) != "BODY"
    page.reload()

    expect(comment_box(page)).to_have_value("")
