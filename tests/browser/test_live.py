"""Two people on one page at once: each is told what the other does, and nobody's page moves or takes the focus from them."""

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from models import Person, Proposal
from models.group import Role
from models.partial_date import PartialDate
from models.proposal import Stage
from relais import proposals, tasks, texts
from relais.proposals import MoveForm
from relais.settings import now
from relais.tasks import TaskForm
from tests.browser.browsing import OFFLINE, Browsing
from tests.browser.keys import nowhere
from tests.browser.running_site import Site
from tests.browser.scenery import FRENCH, a_proposal


@pytest.fixture
def slug(site: Site) -> str:
    return a_proposal(site)


@pytest.fixture(scope="session")
def colleague(site: Site) -> Person:
    return site.invite("Ottilie Kern", Role.EDITOR)


def reading(browsing: Browsing, person: Person | None, path: str) -> Page:
    """That page, once it is kept up to date."""
    page = browsing.open(person)
    with page.expect_response(lambda answer: "/live?" in answer.url):
        page.goto(path)
    return page


def post(page: Page, words: str, *, public: bool = False) -> None:
    page.get_by_label("Add a comment").fill(words)
    if public:
        page.get_by_label("Anyone may read this comment").check()
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("#thread")).to_contain_text(words)


def at(page: Page) -> tuple[float, str]:
    """How far the page is scrolled, and where the focus is."""
    found: list = page.evaluate("[scrollY, document.activeElement.outerHTML.slice(0, 60)]")
    return found[0], found[1]


def saved(site: Site, slug: str, by: Person, body: str) -> None:
    with site.writing() as session:
        proposal = session.exec(select(Proposal).where(col(Proposal.slug) == slug)).one()
        base = texts.of(session, proposal, "fr").number
        texts.save(session, proposal, "fr", FRENCH.model_copy(update={"body": body}), base=base, by=by, now=now())


def test_a_comment_of_somebody_else_waits_until_it_is_wanted(browsing: Browsing, editor: Person, colleague: Person, slug: str):
    emil, ottilie = (reading(browsing, person, f"/en/proposals/{slug}") for person in (editor, colleague))
    visitor = reading(browsing, None, f"/en/proposals/{slug}")
    ottilie.get_by_label("Add a comment").fill("I am writing")
    ottilie.mouse.wheel(0, 120)
    ottilie.wait_for_timeout(200)
    before = at(ottilie)

    post(emil, "Who calls the ministry?", public=True)
    expect(ottilie.get_by_role("button", name="1 new comment")).to_be_visible()
    expect(ottilie.locator("#live")).to_have_text("1 new comment")
    post(emil, "Between us.")
    expect(ottilie.get_by_role("button", name="2 new comments")).to_be_visible()
    expect(visitor.get_by_role("button", name="1 new comment")).to_be_visible()
    expect(emil.locator("#new-comments")).to_be_hidden()

    assert at(ottilie) == before
    expect(ottilie.locator("#thread .cm")).to_have_count(0)

    ottilie.get_by_role("button", name="2 new comments").focus()
    ottilie.keyboard.press("Enter")
    expect(ottilie.locator("#thread > .cm").first).to_be_focused()
    expect(ottilie.locator("#thread > .cm .md")).to_have_text(["Who calls the ministry?", "Between us."])
    expect(ottilie.locator("#new-comments")).to_be_hidden()
    expect(ottilie.get_by_label("Add a comment")).to_have_value("I am writing")


def test_a_page_that_was_away_is_told_what_it_missed_once(browsing: Browsing, editor: Person, colleague: Person, slug: str):
    emil, ottilie = (reading(browsing, person, f"/en/proposals/{slug}") for person in (editor, colleague))
    post(emil, "One")
    expect(ottilie.get_by_role("button", name="1 new comment")).to_be_visible()
    browsing.expects(OFFLINE, "htmx:sse:error")
    ottilie.context.set_offline(True)
    ottilie.evaluate("document.querySelector('[hx-sse\\\\:connect]')._htmx.sse.reader.cancel()")
    post(emil, "Two")
    post(emil, "Three")
    ottilie.wait_for_timeout(1500)
    expect(ottilie.get_by_role("button", name="1 new comment")).to_be_visible()
    ottilie.context.set_offline(False)

    expect(ottilie.get_by_role("button", name="3 new comments")).to_be_visible(timeout=15_000)


def test_a_revision_is_told_on_the_page_and_on_the_form_where_nothing_typed_is_touched(
    browsing: Browsing, site: Site, editor: Person, colleague: Person, slug: str
):
    reader = reading(browsing, editor, f"/en/proposals/{slug}")
    form = reading(browsing, editor, f"/en/proposals/{slug}/texts/fr/edit")
    body = form.locator("textarea[name=body]")
    body.focus()
    body.press("End")
    body.press_sequentially("My own words.")
    typed, before = body.input_value(), at(form)

    saved(site, slug, colleague, "Her words.")

    for page in (reader, form):
        expect(page.locator("#news-text .notice")).to_contain_text("Ottilie Kern saved revision 2 of the text in French.")
        expect(page.locator("#live")).to_have_text("Revision 2 was saved")
    assert (body.input_value(), at(form)) == (typed, before)
    with form.context.expect_page() as opened:
        form.get_by_role("link", name="See what changed").click()
    assert opened.value.url.endswith(f"/en/proposals/{slug}/compare/fr/1..2")
    reader.get_by_role("link", name="Load the page again").click()
    expect(reader.locator("#news-text .notice")).to_have_count(0)


def test_a_notice_goes_and_the_focus_returns_to_where_it_was(browsing: Browsing, site: Site, editor: Person, colleague: Person, slug: str):
    form = reading(browsing, editor, f"/en/proposals/{slug}/texts/fr/edit")
    form.locator("textarea[name=body]").focus()
    saved(site, slug, colleague, "Her words.")
    form.locator("#news-text").get_by_role("button", name="Close").click()

    expect(form.locator("textarea[name=body]")).to_be_focused()
    expect(form.locator(".news")).to_be_hidden()


def test_a_change_of_stage_is_told_to_visitors(browsing: Browsing, site: Site, slug: str):
    page = reading(browsing, None, f"/fr/proposals/{slug}")
    with site.writing() as session:
        proposal = session.exec(select(Proposal).where(col(Proposal.slug) == slug)).one()
        move = MoveForm(to=Stage.PUBLISHED, on=PartialDate.parse("2026-09-01"))
        proposals.move(session, proposal, move, version=proposal.version, by=None, now=now())

    expect(page.locator("#news-stage")).to_contain_text("Le stade est maintenant\xa0: Publiée.")
    assert nowhere(page)  # where it was before: what arrives by itself moves nothing


def test_who_is_at_work_is_told_and_when_they_are_done(browsing: Browsing, editor: Person, colleague: Person, slug: str):
    ottilie = reading(browsing, colleague, f"/en/proposals/{slug}")
    emil = reading(browsing, editor, f"/en/proposals/{slug}/texts/fr/edit")
    words = "Emil Novák is editing the text in French"
    expect(ottilie.locator("#presence")).to_have_text(words)
    expect(emil.locator("#presence")).to_have_text("")

    other = reading(browsing, colleague, f"/en/proposals/{slug}/texts/fr/edit")
    expect(other.locator("#presence")).to_have_text(words)
    expect(emil.locator("#presence")).to_have_text("Ottilie Kern is editing the text in French")

    emil.locator("textarea[name=body]").fill("Other words.")
    emil.get_by_role("button", name="Save as revision 2").click()
    expect(other.locator("#presence")).to_have_text("")
    expect(other.locator("#news-text")).to_contain_text("Emil Novák saved revision 2")
    expect(emil).to_have_url(f"/en/proposals/{slug}/revisions/fr/2")


def test_a_tick_shows_on_the_page_of_a_colleague(browsing: Browsing, site: Site, editor: Person, colleague: Person, slug: str):
    with site.writing() as session:
        proposal = session.exec(select(Proposal).where(col(Proposal.slug) == slug)).one()
        tasks.add(session, proposal, TaskForm(text="Call the ministry"), by=editor, now=now())
    emil, ottilie = (reading(browsing, person, f"/en/proposals/{slug}") for person in (editor, colleague))
    box = ottilie.get_by_role("checkbox", name="Call the ministry")
    box.focus()

    emil.get_by_role("checkbox", name="Call the ministry").check()

    expect(box).to_be_checked()
    expect(box).to_be_focused()


def test_without_script_nothing_is_missing(browsing: Browsing, editor: Person, slug: str):
    page = browsing.open(editor, script=False)
    page.goto(f"/en/proposals/{slug}")

    expect(page.locator(".news")).to_be_hidden()
