"""How much a first visit costs: counted as sent, with nothing kept from before."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from zlib import compressobj

import pytest
from playwright.sync_api import Request, Response

from tests.browser.browsing import Browsing

KILO = 1024
FETCHED = """performance.getEntriesByType("resource").filter((part) => part.transferSize > 0).map((part) => part.name)"""


@dataclass(frozen=True)
class Part:
    path: str
    raw: int
    packed: int  # as a proxy in front would send it


@pytest.fixture
def parts(browsing: Browsing) -> list[Part]:
    """All that is sent for a first look at a proposal."""
    page = browsing.open()
    finished: list[Request] = []

    def finish(request: Request) -> None:
        finished.append(request)

    page.on("requestfinished", finish)
    page.goto("/en/proposals/guichet-unique", wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    return [_weighed(answer) for request in tuple(finished) if (answer := request.response())]


def test_a_first_visit_is_under_200_kilobytes(parts: list[Part]):
    assert sum(part.packed for part in parts) < 200 * KILO, sorted((part.packed, part.path) for part in parts)


def test_the_page_itself_is_under_60_kilobytes(parts: list[Part]):
    [page] = [part for part in parts if "/proposals/" in part.path]

    assert page.raw < 60 * KILO


def test_two_fonts_are_enough_and_none_is_asked_for_twice(parts: list[Part]):
    fonts = [part.path for part in parts if part.path.endswith(".woff2")]

    assert len(fonts) == len(set(fonts))
    assert len(fonts) <= 3  # sans, serif, and an italic where a text has one


def test_what_was_fetched_once_is_kept(browsing: Browsing):
    page = browsing.open()
    page.goto("/en/proposals/guichet-unique", wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate(FETCHED) != []
    page.goto("/en/presidencies", wait_until="load")

    assert page.evaluate(FETCHED) == []


def _weighed(answer: Response) -> Part:
    body = answer.body()
    return Part(urlsplit(answer.url).path, len(body), _packed(body))


def _packed(body: bytes) -> int:
    """Its size by gzip; what is packed already does not get smaller."""
    packer = compressobj(9, wbits=31)
    return min(len(body), len(packer.compress(body) + packer.flush()))
