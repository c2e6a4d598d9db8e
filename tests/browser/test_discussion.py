"""Talking about a text: on words one selects, to somebody one names, until it is settled; and what happens to what is unfair."""

import pytest
from playwright.sync_api import Page, expect

from models import Person
from models.group import Role
from tests.browser.browsing import Browsing
from tests.browser.running_site import Site
from tests.browser.scenery import a_proposal

SELECT = """words => {
  const walker = document.createTreeWalker(document.querySelector("[data-part=body]"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
  }
}"""


@pytest.fixture
def slug(site: Site, editor: Person) -> str:
    return a_proposal(site, editor)


@pytest.fixture(scope="module")
def commenter(site: Site) -> Person:
    return site.invite("Chiara Conti", Role.COMMENTER)


@pytest.fixture
def page(browsing: Browsing, commenter: Person, slug: str) -> Page:
    page = browsing.open(commenter)
    page.goto(f"/en/proposals/{slug}")
    return page


def posted(page: Page, words: str, *, public: bool = False) -> None:
    page.get_by_label("Add a comment").fill(words)
    page.get_by_label("Anyone may read this comment").set_checked(public)
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("#thread .md").last).to_have_text(words)


def test_words_one_selects_are_commented_and_marked(page: Page, slug: str):
    page.get_by_label("Add a comment").fill("Half a thought")
    page.evaluate(SELECT, "Nobody answers")
    offer = page.get_by_role("link", name="Comment on this")
    expect(offer).to_be_in_viewport()
    offer.click()

    field = page.get_by_label("Add a comment")
    expect(page.get_by_label("On these words", exact=True)).to_have_value("Nobody answers")
    expect(field).to_be_focused()
    expect(field).to_have_value("Half a thought")
    field.press_sequentially(" is whole.")
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("#thread blockquote.on-words p")).to_have_text("Nobody answers")
    page.reload()
    expect(page.locator("#text mark")).to_have_text("Nobody answers")
    page.get_by_role("link", name="1 comment on these words").click()
    assert page.url.endswith(page.locator("#thread > li").first.get_attribute("id") or "-")


def test_without_script_the_words_are_copied_and_kept_when_they_are_not_there(browsing: Browsing, commenter: Person, slug: str):
    browsing.expects(422)
    page = browsing.open(commenter, script=False)
    page.goto(f"/en/proposals/{slug}")
    page.locator("summary", has_text="On these words (optional)").click()
    page.get_by_label("On these words", exact=True).fill("Nobody listens")
    page.get_by_label("Add a comment").fill("Who?")
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_label("On these words", exact=True)).to_have_value("Nobody listens")
    expect(page.locator(".field .errmsg")).to_have_text("These words are not in the text as it stands")
    page.get_by_label("On these words", exact=True).fill("Nobody answers")
    page.get_by_role("button", name="Post comment").click()

    expect(page.locator("#text mark")).to_have_text("Nobody answers")
    expect(page.locator("#thread .md")).to_have_text("Who?")


def test_somebody_is_named_by_the_keyboard_alone(page: Page, editor: Person, coordinator: Person):
    field = page.get_by_label("Add a comment")
    field.focus()
    page.keyboard.type("Ask @")
    expect(page.locator("#people [aria-selected=true]")).to_have_count(1)
    page.keyboard.type("emil n")
    expect(page.locator("#people").get_by_role("option")).to_have_text(["Emil Novák Editor"])
    assert field.get_attribute("aria-activedescendant") == page.locator("#people").get_by_role("option").get_attribute("id")
    expect(page.locator("#live")).to_contain_text("1 person")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Ask @Emil Novák ")
    expect(page.locator("#people")).to_have_count(0)
    page.keyboard.type("or @C")
    expect(page.locator("#people").get_by_role("option").first).to_have_text("Chiara Conti Commenter")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#people [aria-selected=true]")).to_have_text("Claire Martin Coordinator")
    page.keyboard.press("Escape")
    expect(page.locator("#people")).to_have_count(0)
    expect(field).to_be_focused()
    page.keyboard.press("Control+Enter")

    expect(page.locator("#thread .mention")).to_have_text(["@Emil Novák"])


def test_without_script_somebody_is_chosen_from_a_list(browsing: Browsing, commenter: Person, editor: Person, slug: str):
    page = browsing.open(commenter, script=False)
    page.goto(f"/en/proposals/{slug}")
    page.get_by_label("Mention").select_option("Emil Novák")
    page.get_by_label("Add a comment").fill("see this")
    page.get_by_role("button", name="Post comment").click()

    expect(page.locator("#thread .md")).to_have_text("@Emil Novák see this")


def test_a_thread_is_resolved_reopened_and_unfolded_by_its_address(page: Page):
    posted(page, "Is it settled?")
    comment = page.locator("#thread > li").first
    address = (comment.get_attribute("id") or "").removeprefix("c")
    comment.get_by_role("button", name="Resolve").focus()
    page.keyboard.press("Enter")
    summary = comment.locator("summary").first
    expect(summary).to_be_focused()
    expect(page.locator("#live")).to_have_text("Thread resolved")
    expect(comment.locator(".md")).to_be_hidden()
    page.goto(f"/en/comments/{address}")
    expect(comment.locator(".md")).to_be_visible()
    page.goto(page.url.split("?")[0])
    expect(comment.locator(".md")).to_be_hidden()
    page.goto(f"{page.url}#c{address}")
    expect(comment.locator(".md")).to_be_visible()
    comment.get_by_role("button", name="Reopen").click()

    expect(comment.locator("details.fold")).to_have_count(0)
    expect(page.locator("#live")).to_have_text("Thread reopened")
    assert page.evaluate("document.activeElement.id") == f"said-{address}"


def test_what_is_reported_is_hidden_from_all_but_the_coordinators(
    browsing: Browsing, page: Page, site: Site, coordinator: Person, slug: str
):
    posted(page, "They are all crooks.", public=True)
    stranger = browsing.open(site.invite("Sofia Pires", group="social-tech-skills"))
    visitor = browsing.open()
    keeper = browsing.open(coordinator)
    stranger.goto(f"/en/proposals/{slug}")
    stranger.get_by_role("link", name="Report…").click()
    stranger.get_by_label("What is wrong with this comment?").fill("It insults people.")
    stranger.get_by_role("button", name="Report the comment").click()
    expect(stranger.get_by_role("status").filter(has_text="Reported.")).to_be_focused()
    keeper.goto("/en/groups/european-public-affairs/reports")
    keeper.get_by_role("listitem").filter(has_text="It insults people.").get_by_role("link").first.click()
    expect(keeper.locator(".said .notice")).to_contain_text("It insults people. — Sofia Pires")
    keeper.get_by_role("link", name="Hide…").click()
    keeper.get_by_label("Why should others not read it?").fill("It insults people.")
    keeper.get_by_role("button", name="Hide the comment").click()
    expect(keeper.locator(".hidden-cm .md")).to_have_text("They are all crooks.")

    for reader in (visitor, stranger, page):
        reader.goto(f"/en/proposals/{slug}")
        expect(reader.locator("#thread .said")).to_contain_text("Hidden by the coordinators: It insults people.")
        expect(reader.locator("#thread .md")).to_have_count(0)
    keeper.get_by_role("button", name="Show it again").click()
    expect(keeper.locator("#live")).to_have_text("Comment shown again")
    visitor.reload()
    expect(visitor.locator("#thread .md")).to_have_text("They are all crooks.")


def test_a_comment_becomes_an_event_and_a_task(browsing: Browsing, editor: Person, slug: str):
    page = browsing.open(editor)
    page.goto(f"/en/proposals/{slug}")
    posted(page, "We met the cabinet on Monday.")
    page.get_by_role("link", name="Add to the timeline").click()
    expect(page.get_by_label("What happened", exact=True)).to_have_value("We met the cabinet on Monday.")
    page.get_by_role("button", name="Add an event").click()
    event = page.locator("#timeline li").filter(has_text="We met the cabinet on Monday.")
    event.get_by_role("link", name="from a comment").click()
    page.get_by_role("link", name="Make it a task").click()
    page.get_by_role("main").get_by_role("button").first.click()

    page.locator("#thread").get_by_role("link", name="Made a task").click()
    expect(page.locator(":target")).to_contain_text("We met the cabinet on Monday.")
    page.locator("#thread").get_by_role("link", name="On the timeline").click()
    expect(page.locator(":target")).to_contain_text("We met the cabinet on Monday.")
