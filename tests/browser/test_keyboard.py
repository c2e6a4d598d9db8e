"""Every key of the list does what the list says, rests while one types, and can be turned off."""

import re

import pytest
from playwright.sync_api import Page, expect

from models import Person
from tests.browser.browsing import Browsing
from tests.browser.keys import nowhere
from tests.browser.running_site import Site
from tests.browser.scenery import a_worked_on_proposal

ROWS = "[...document.querySelectorAll('[data-row]')].filter((row) => row.checkVisibility())"


@pytest.fixture(scope="module")
def worked_on(site: Site, editor: Person) -> str:
    return a_worked_on_proposal(site, editor)


@pytest.fixture
def page(browsing: Browsing, editor: Person, worked_on: str) -> Page:
    page = browsing.open(editor)
    page.goto(f"/en/proposals/{worked_on}")
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (["g", "r"], "/en/$"),
        (["g", "p"], "/en/presidencies$"),
        (["e"], "/texts/en/edit$"),
        (["l"], "/fr/proposals/"),
        (["?"], "/en/keyboard$"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_key_leads_to_its_place(page: Page, keys: list[str], place: str):
    press(page, *keys)

    expect(page).to_have_url(re.compile(place))


@pytest.mark.parametrize(("key", "place"), [("/", "#q"), ("c", "#comment-body"), ("t", ".ho[data-key=t]")])
def test_a_key_moves_the_focus_to_its_place(page: Page, key: str, place: str):
    press(page, key)

    expect(page.locator(place)).to_be_focused()
    expect(page.locator(place)).to_be_in_viewport()


def test_c_leads_a_visitor_to_sign_in_and_back(browsing: Browsing, worked_on: str):
    visitor = browsing.open()
    visitor.goto(f"/en/proposals/{worked_on}")
    press(visitor, "c")

    expect(visitor).to_have_url(re.compile(rf"/en/sign-in\?next=.*{worked_on}.*discussion$"))


def test_j_and_k_walk_all_rows_events_and_comments_and_stop_at_the_ends(page: Page):
    rows = page.evaluate(f"{ROWS}.length")
    which = f"{ROWS}.indexOf(document.activeElement.closest('[data-row]'))"
    walked = []
    for key in ["j"] * (rows + 1) + ["k"] * 2:
        press(page, key)
        walked.append(page.evaluate(which))

    assert walked == [*range(rows), rows - 1, rows - 2, rows - 3]
    for kind in ("#backers", "#timeline", "#thread"):
        assert page.locator(f"{kind} [data-row]").count() > 1


def test_o_opens_the_row_one_is_on(page: Page):
    page.goto("/en/proposals")
    press(page, "j", "j")
    wanted = page.evaluate("document.activeElement.href")
    press(page, "o")

    expect(page).to_have_url(wanted)


@pytest.mark.parametrize("key", ["Control+Enter", "Meta+Enter"])
def test_a_form_is_saved_from_within_a_field(page: Page, key: str):
    words = f"Sent by {key}"
    press(page, "c")
    page.keyboard.type(words)
    press(page, key)

    expect(page.locator("#thread")).to_contain_text(words)
    expect(page.locator(":focus")).to_have_count(1)  # it comes back a moment after the words
    assert not nowhere(page)


def test_escape_leaves_the_form_of_a_text_and_keeps_the_draft(page: Page, worked_on: str):
    page.goto(f"/en/proposals/{worked_on}/texts/en/edit")
    page.get_by_label("What changed, in a few words").fill("A draft")
    press(page, "Escape")
    expect(page).to_have_url(re.compile(rf"/en/proposals/{worked_on}$"))

    page.goto(f"/en/proposals/{worked_on}/texts/en/edit")
    expect(page.get_by_label("What changed, in a few words")).to_have_value("A draft")


def test_escape_leaves_a_part_edited_in_place_and_keeps_the_draft(page: Page):
    page.locator("#edit-summary").focus()
    press(page, "Enter")
    box = page.locator("#part-summary textarea")
    expect(box).to_be_focused()
    page.keyboard.type("In place. ")
    press(page, "Escape")
    expect(box).to_have_count(0)
    expect(page.locator("#edit-summary")).to_be_focused()

    press(page, "Enter")
    expect(box).to_have_value(re.compile(r"In place\. "))


def test_single_keys_rest_while_one_types(page: Page):
    here = page.url
    press(page, "c")
    page.keyboard.type("gp/?jkl")

    expect(page.locator("#comment-body")).to_have_value("gp/?jkl")
    expect(page).to_have_url(here)


def test_single_keys_are_turned_off_on_this_device_and_the_others_still_work(page: Page, worked_on: str):
    page.goto("/en/keyboard")
    page.get_by_label("Turn single keys off on this device").check()
    page.goto(f"/en/proposals/{worked_on}")
    here = page.url
    press(page, "j", "c", "t", "/", "g", "r", "g", "p", "e", "l", "?")
    assert nowhere(page)
    expect(page).to_have_url(here)

    page.get_by_label("Add a comment").fill("Sent with keys off")
    press(page, "Control+Enter")
    expect(page.locator("#thread")).to_contain_text("Sent with keys off")


def test_the_list_names_every_key_there_is(page: Page, worked_on: str):
    keys = set(page.eval_on_selector_all("[data-key]", "all => all.map((one) => one.dataset.key)")) | {"j", "k", "o", "Ctrl Enter", "Esc"}
    page.goto("/en/keyboard")

    listed = page.eval_on_selector_all(
        ".keys dt", "all => all.map((dt) => [...dt.querySelectorAll('kbd')].map((k) => k.textContent).join(' '))"
    )
    assert sorted(listed) == sorted(keys)
