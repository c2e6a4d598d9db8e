"""Every kind of page in both languages, at three widths, light and dark: accessible, whole, and in its reader's words."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page, Request
from sqlmodel import col, select

from models import Citation, Comment, Entry, EntryProposal, Membership, Move, Person, Position, Proposal, Suggestion, Task, Text
from models.entry import EntryKind
from relais.i18n import LOCALE
from tests.browser.axe import violations
from tests.browser.brought_files import two_imports
from tests.browser.browsers import Browsers
from tests.browser.browsing import DESK, NARROW, PHONE, Browsing, browsing_at
from tests.browser.every_page import KINDS
from tests.browser.followers import a_follower
from tests.browser.kept_reports import two_saved_reports, two_snapshots
from tests.browser.kinds import Kind
from tests.browser.organisations import requests
from tests.browser.running_site import Site
from tests.browser.scenery import a_packet, a_source, a_webhook, a_worked_on_proposal, an_invitation, in_preparation
from tests.browser.width import too_wide

Look = tuple[tuple[int, int], Literal["light", "dark"]]
ALL_LOOKS: tuple[Look, ...] = ((DESK, "light"), (DESK, "dark"), (PHONE, "dark"), (PHONE, "light"))
SOME_LOOKS: tuple[Look, ...] = ((NARROW, "light"), (DESK, "dark"))  # the same page in the other language
FILLED = re.compile(r"%\(\w+\)s")
A_WORD = 8  # letters
# Words a reader sees or hears, outside what is marked as being in another language.
WORDS = """() => {
  const heard = [];
  const { lang } = document.documentElement;
  const mine = (element) => element.closest("[lang]")?.lang === lang && !element.closest("script, style, [translate=no]");
  const told = ["aria-label", "placeholder", "title", "alt", "data-announce"];
  for (const element of document.querySelectorAll("body, body *")) {
    if (!mine(element)) continue;
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) heard.push(node.data);
    for (const name of told) if (element.hasAttribute(name)) heard.push(element.getAttribute(name));
  }
  return [document.title.split(" — ")[0], ...heard].map((words) => words.replaceAll(/[ \\n\\t]+/g, " ").trim()).filter(Boolean);
}"""


@pytest.fixture(scope="module")
def worked_on(site: Site, editor: Person) -> dict[str, object]:
    """What the addresses of the pages name: a proposal that shows every state, and one row of each noun on it."""
    slug = a_worked_on_proposal(site, editor)
    with site.reading() as session:
        proposal = session.exec(select(Proposal.id).where(col(Proposal.slug) == slug)).one()
        its = {noun: select(noun.id).where(noun.proposal_id == proposal).limit(1) for noun in (Position, Move, Comment, Task)}  # type: ignore[attr-defined]
        its[Suggestion] = select(Suggestion.id).join(Text).where(col(Text.proposal_id) == proposal).limit(1)
        entry = select(Entry.key).join(EntryProposal).where(col(EntryProposal.proposal_id) == proposal).limit(1)
        found = {noun.__name__.lower(): session.exec(row).one() for noun, row in its.items()}
        seat = session.exec(select(Membership.id).where(Membership.person_id == editor.id)).one()
        disputed = select(Citation.position_id).join(Position, col(Position.id) == col(Citation.position_id))
        found["contested"] = session.exec(disputed.where(col(Position.proposal_id) == proposal, col(Citation.supports).is_(False))).one()
        letter = select(Entry.key).join(EntryProposal).where(EntryProposal.proposal_id == proposal, Entry.kind == EntryKind.LETTER)
        found |= {"worked_on": slug, "entry": session.exec(entry).one(), "letter": session.exec(letter).one()}
        found |= {"source": a_source(session), "seat": seat}
    found["packet"] = a_packet(site, editor)
    found |= a_webhook(site, editor) | two_imports(site, editor)
    found["snapshot"], found["withdrawn"] = two_snapshots(site, editor)
    found["saved"], found["removed"] = two_saved_reports(site, editor)
    found |= requests(site, slug, editor)
    return found | {"invitation": an_invitation(site, editor), "quiet": in_preparation(site, editor)} | a_follower(site)


@pytest.fixture(scope="module")
def shared(browsers: Browsers, site: Site) -> Iterator[Browsing]:
    with browsing_at(browsers.running(), site) as there:
        yield there


@pytest.fixture(scope="module")
def visitor(shared: Browsing) -> Page:
    return shared.open()


@pytest.fixture(scope="module")
def member(shared: Browsing, editor: Person) -> Page:
    return shared.open(editor)


@pytest.fixture(scope="module")
def keeper(shared: Browsing, coordinator: Person) -> Page:
    return shared.open(coordinator)


@pytest.fixture
def page(shared: Browsing, kind: Kind) -> Iterator[Page]:
    """The browser of a visitor, an editor or a coordinator, kept from scene to scene. What goes wrong in it fails the scene."""
    shared.expected = {str(kind.status)} if kind.status >= 400 else set()
    shared.wrong.clear()
    yield shared.contexts[2 if kind.coordinator else 1 if kind.member else 0].pages[0]
    wrong = list(shared.wrong)
    shared.wrong.clear()
    assert wrong == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_page_is_sound(visitor: Page, member: Page, keeper: Page, page: Page, kind: Kind, language: str, worked_on: dict[str, object]):
    _show(page, kind, f"/{language}{kind.path.format(**worked_on)}")

    assert page.evaluate("document.documentElement.lang") == language
    assert page.locator("h1").count() == 1
    assert _wrong_words(page, language) == []
    assert too_wide(page) == {}
    assert _not_accessible(page, ALL_LOOKS if language == "en" else SOME_LOOKS) == {}


def _show(page: Page, kind: Kind, address: str) -> None:
    """Go there at desk width, do what the kind of page wants, and see the status it must have."""
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.emulate_media(color_scheme="light")
    with page.expect_event("response", lambda response: response.request.is_navigation_request()) as answer:
        page.goto(address)
    if kind.act:
        with page.expect_event("response", lambda response: _sent(response.request)) as answer:
            kind.act(page)
    page.wait_for_load_state()
    assert answer.value.status == kind.status


def _sent(request: Request) -> bool:
    """A form that was sent: a page at work on a text posts by itself that somebody is."""
    return request.method == "POST" and not request.url.endswith("/presence")


def _not_accessible(page: Page, looks: tuple[Look, ...]) -> dict[str, list[str]]:
    found = {}
    for (width, height), scheme in looks:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        if breaches := violations(page):
            found[f"{width} {scheme}"] = breaches
    return found


def _wrong_words(page: Page, language: str) -> list[str]:
    """English messages on a French page."""
    if language == "en":
        return []
    return sorted({words for words in page.evaluate(WORDS) if _english().fullmatch(words)})


@lru_cache
def _english() -> re.Pattern[str]:
    """Any message of the catalogue that reads otherwise in French, whatever is filled in."""
    with (LOCALE / "fr.po").open("rb") as file:
        messages = [(message.id, message.string) for message in read_po(file, locale="fr") if message.id]
    pairs = {
        (english, french)
        for ids, strings in messages
        for english, french in ([(ids, strings)] if isinstance(ids, str) else zip(ids, strings, strict=False))
    }
    french = {words for _, words in pairs}
    differing = {words for words, said in pairs if words != said and words not in french and _telling(words)}
    return re.compile("|".join(".+".join(map(re.escape, FILLED.split(words))) for words in sorted(differing)))


def _telling(words: str) -> bool:
    """Whether a message can be known again: one that is nearly all filled in could be anything."""
    return words == FILLED.sub("", words) or max(map(len, FILLED.split(words))) >= A_WORD
