"""Next steps in the browser: added, ticked with script and without, undone, taken back when the line is down, and listed as one's work."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from models import Person, Proposal, Task
from models.group import Role
from relais import tasks
from relais.settings import now
from relais.tasks import TaskForm
from tests.browser.browsing import OFFLINE, Browsing
from tests.browser.keys import nowhere
from tests.browser.running_site import GROUP, Site
from tests.browser.scenery import a_proposal
from tests.browser.ways import EVERY_WAY
from tests.browser.width import too_wide
from tests.days import TODAY


@pytest.fixture
def slug(site: Site) -> str:
    return a_proposal(site)


@pytest.fixture
def someone(site: Site) -> Person:
    """A commenter nothing is on yet."""
    return site.invite("Chiara Conti", Role.COMMENTER)


def a_task(site: Site, slug: str, by: Person, text: str, days: int | None = None, assignee: Person | None = None) -> int:
    due = TODAY + timedelta(days=days) if days is not None else None
    with site.writing() as session:
        proposal = session.exec(select(Proposal).where(col(Proposal.slug) == slug)).one()
        form = TaskForm(text=text, due_on=due, assignee=assignee.id if assignee else None)
        return tasks.add(session, proposal, form, by=by, now=now()).id


def finisher(site: Site, task: int) -> int | None:
    with site.reading() as session:
        return session.get_one(Task, task).finisher_id


def add(page: Page, text: str, due: str = "") -> None:
    page.locator("#new-step > summary").click()
    page.get_by_label("What is to be done").fill(text)
    page.get_by_label("Who", exact=True).select_option(index=1)
    if due:
        page.get_by_label("By when").fill(due)
    page.get_by_role("button", name="Add a step").click()


@EVERY_WAY
def test_a_step_is_added_under_next_steps(browsing: Browsing, slug: str, someone: Person, script: bool, size: tuple[int, int]):
    page = browsing.open(someone, script=script, size=size)
    page.goto(f"/en/proposals/{slug}")

    add(page, "Brief the Lithuanian representation", "2026-12-08")

    line = page.locator("#tasks li")
    expect(line).to_contain_text("Brief the Lithuanian representation")
    expect(line.locator(".meta")).to_contain_text("Chiara Conti")
    expect(line.locator(".meta")).to_contain_text("8 Dec 2026")
    if script:
        expect(page.locator("#live")).to_have_text("Step added")
        expect(page.get_by_label("What is to be done")).to_have_value("")
        assert not nowhere(page)
    assert too_wide(page) == {}


@EVERY_WAY
def test_a_step_is_ticked_and_the_tick_undone(
    browsing: Browsing, site: Site, slug: str, someone: Person, script: bool, size: tuple[int, int]
):
    task = a_task(site, slug, someone, "Write to them", -3)
    page = browsing.open(someone, script=script, size=size)
    page.goto(f"/en/proposals/{slug}")
    line, box = page.locator(f"#task-{task}"), page.get_by_role("checkbox", name="Write to them")
    expect(line).to_contain_text("overdue by 3 days")

    def press(word: str) -> None:
        if script:
            expect(line.get_by_role("button", name=word)).to_be_hidden()
            box.click()
        else:
            line.get_by_role("button", name=word).click()

    press("Done")
    expect(line.locator(".meta")).to_contain_text("by Chiara Conti")
    expect(box).to_be_checked()
    assert finisher(site, task) == someone.id
    if script:
        expect(page.locator("#live")).to_have_text("Done: Write to them")
        expect(box).to_be_focused()
    elif not line.is_visible():
        page.locator("#steps > details > summary").click()

    press("Reopen")
    expect(line.locator(".meta")).to_contain_text("overdue by 3 days")
    expect(box).not_to_be_checked()
    assert finisher(site, task) is None


def test_a_double_press_ticks_once(browsing: Browsing, site: Site, slug: str, someone: Person):
    task = a_task(site, slug, someone, "Write to them")
    page = browsing.open(someone)
    page.goto(f"/en/proposals/{slug}")

    page.get_by_role("checkbox", name="Write to them").dblclick(force=True)

    expect(page.locator(f"#task-{task} .meta")).to_contain_text("by Chiara Conti")
    page.wait_for_timeout(300)
    assert finisher(site, task) == someone.id


def test_who_ticks_second_is_told(browsing: Browsing, site: Site, slug: str, someone: Person, editor: Person):
    task = a_task(site, slug, someone, "Write to them")
    first, second = browsing.open(someone), browsing.open(editor)
    second.route("**/live.js", lambda route: route.fulfill(body="", content_type="text/javascript"))  # nothing arrives by itself
    for page in (first, second):
        page.goto(f"/en/proposals/{slug}")
    first.get_by_role("checkbox", name="Write to them").click()
    expect(first.locator("#live")).to_have_text("Done: Write to them")

    second.get_by_role("checkbox", name="Write to them").click()

    expect(second.locator("#live")).to_have_text("Somebody had done it already: Write to them")
    expect(second.locator(f"#task-{task} .meta")).to_contain_text("by Chiara Conti")
    assert finisher(site, task) == someone.id


def test_a_tick_that_does_not_get_through_is_taken_back_and_tried_again(browsing: Browsing, site: Site, slug: str, someone: Person):
    browsing.expects(OFFLINE, "Failed to fetch")
    task = a_task(site, slug, someone, "Write to them")
    page = browsing.open(someone)
    page.goto(f"/en/proposals/{slug}")
    box = page.get_by_role("checkbox", name="Write to them")
    page.context.set_offline(True)
    box.click()
    expect(page.get_by_role("alert")).to_contain_text("You are offline.")
    expect(box).not_to_be_checked()

    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()

    expect(page.locator(f"#task-{task} .meta")).to_contain_text("by Chiara Conti")
    expect(box).to_be_checked()


@EVERY_WAY
def test_my_work_is_one_press_away_with_its_number(
    browsing: Browsing, site: Site, slug: str, someone: Person, editor: Person, script: bool, size: tuple[int, int]
):
    free = a_task(site, slug, editor, "Nobody’s yet", 3)
    a_task(site, slug, editor, "Late", -2, someone)
    page = browsing.open(someone, script=script, size=size)
    page.goto(f"/en/proposals/{slug}")
    page.locator(f"#task-{free}").get_by_role("button", name="Take it on").click()
    expect(page.locator(f"#task-{free} .meta")).to_contain_text("Chiara Conti")

    page.goto("/en/stages")
    page.get_by_role("link", name="My work 2 open steps").click()

    expect(page.get_by_role("heading", level=2)).to_have_text(["Overdue 1", "In the next seven days 1"])
    expect(page.locator("main .lead")).to_have_text("2 open steps, 1 overdue.")
    assert too_wide(page) == {}


@EVERY_WAY
def test_a_step_is_added_in_the_groups_fortnight(browsing: Browsing, slug: str, someone: Person, script: bool, size: tuple[int, int]):
    page = browsing.open(someone, script=script, size=size)
    page.goto(f"/en/groups/{GROUP}")
    words = f"Meet them about {slug}"
    page.locator("#new-step > summary").click()
    page.get_by_label("Proposal", exact=True).select_option(slug)
    page.get_by_label("What is to be done").fill(words)
    page.get_by_label("By when").fill("2026-11-30")
    page.get_by_role("button", name="Add a step").click()

    line = page.locator("#fortnight li", has_text=words)
    expect(line.locator(".meta")).to_contain_text("due in 7 days")
    if script:
        expect(page.locator("#live")).to_have_text(f"Step added: {words}")
        assert not nowhere(page)
    assert too_wide(page) == {}
