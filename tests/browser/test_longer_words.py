"""Languages differ in length: with every word of the interface 40 % longer, pages still fit."""

import re
import sys
from collections.abc import Iterator
from math import ceil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from playwright.sync_api import Page, expect

from models.group import Role
from relais.i18n import LOCALE
from tests.browser.browsers import Browsers
from tests.browser.browsing import browsing_at
from tests.browser.running_site import Site, running
from tests.browser.width import too_wide

WORD = re.compile(r"%+\(\w+\)s|[^\W\d_]{3,}")  # what is filled in stays as it is
WITH_CATALOGUES_IN = """
import sys
from pathlib import Path
from relais import i18n
i18n.LOCALE = Path(sys.argv.pop(1))
from relais.__main__ import main
main()
"""


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A Relais whose French is 40 % longer."""
    locale = tmp_path_factory.mktemp("locale")
    _lengthen(LOCALE / "fr.po", locale / "fr.po")
    (locale / "en.po").write_bytes((LOCALE / "en.po").read_bytes())
    with running(tmp_path_factory.mktemp("wordy"), (sys.executable, "-c", WITH_CATALOGUES_IN, str(locale))) as site:
        yield site


@pytest.fixture
def page(browsers: Browsers, wordy: Site) -> Iterator[Page]:
    with browsing_at(browsers.running(), wordy) as there:
        yield there.open(wordy.invite("Claire Martin", Role.COORDINATOR, "fr"), language="fr")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/proposals",
        "/proposals/guichet-unique",
        "/presidencies/2022-cz",
        "/presidencies/2026-ie",
        "/sources",
        "/groups/european-public-affairs",
        "/proposals/new",
        "/account",
        "/stages",
    ],
)
def test_a_page_fits_with_longer_words(page: Page, path: str):
    page.goto(f"/fr{path}")

    expect(page.locator(".skip")).to_have_text("Allerer au contenuenu")
    assert too_wide(page) == {}


def _lengthen(catalogue: Path, into: Path) -> None:
    with catalogue.open("rb") as file:
        messages = read_po(file, locale="fr")
    for message in messages:
        if message.id:
            told = message.string
            message.string = _longer(told) if isinstance(told, str) else tuple(map(_longer, told))
    with into.open("wb") as file:
        write_po(file, messages)


def _longer(words: str) -> str:
    return WORD.sub(lambda word: word[0] if word[0].startswith("%") else word[0] + word[0][-ceil(len(word[0]) * 0.4) :], words)
