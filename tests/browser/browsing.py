"""Browsers of people: each in a context of its own, at a width and in a colour scheme, and everything that goes wrong in them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from models import Person
from tests.browser.browsers import ended_when_stuck
from tests.browser.running_site import Site

DESK, PHONE, NARROW = (1280, 900), (390, 844), (320, 640)
COOKIE = "relais"
A_STATUS = re.compile(r"Failed to load resource: the server responded with a status of (\d{3})")
LEFT_BEHIND = "net::ERR_ABORTED"  # whoever goes on before a page is there cuts its requests
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"


class Browsing:
    """Opens browsers at one site; `wrong` gathers what no page may do, except what a scene `expects`."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.wrong: list[str] = []
        self.expected: set[str] = set()
        self.contexts: list[BrowserContext] = []

    def open(
        self,
        person: Person | None = None,
        *,
        size: tuple[int, int] = DESK,
        scheme: str = "light",
        script: bool = True,
        language: str = "en",
    ) -> Page:
        """A page of a new browser, signed in as that person."""
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport={"width": size[0], "height": size[1]},
            has_touch=size is not DESK,
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=script,
            locale="en-GB" if language == "en" else "fr-FR",
            timezone_id="Europe/Brussels",
            reduced_motion="reduce",
        )
        context.set_default_timeout(8_000)
        self._watch(context)
        self.contexts.append(context)
        if person:
            self.sign_in(context, person)
        return context.new_page()

    def sign_in(self, context: BrowserContext, person: Person) -> str:
        token = self.site.sign_in(person)
        context.add_cookies([{"name": COOKIE, "value": token, "url": self.site.url, "httpOnly": True, "sameSite": "Lax"}])
        return token

    def expects(self, *faults: object) -> None:
        """Statuses (422) or failures (`net::…`) that belong to the scene."""
        self.expected |= {str(fault) for fault in faults}

    def close(self) -> None:
        with ended_when_stuck():
            for context in self.contexts:
                context.close()

    def _watch(self, context: BrowserContext) -> None:
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("requestfailed", self._failed)

    def _heard(self, message: ConsoleMessage) -> None:
        status = A_STATUS.match(message.text)  # told by _answered, with its address
        if message.type in ("error", "warning") and not status and not any(fault in message.text for fault in self.expected):
            self.wrong.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.site.host:
            self.wrong.append(f"another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and str(response.status) not in self.expected:
            self.wrong.append(f"{response.status}: {response.request.method} {response.url}")

    def _failed(self, request: Request) -> None:
        if request.failure not in self.expected | {LEFT_BEHIND}:
            self.wrong.append(f"failed: {request.url} {request.failure}")


@contextmanager
def browsing_at(browser: Browser, site: Site) -> Iterator[Browsing]:
    """Browsers for one scene; AssertionError at its end when anything went wrong in any of them."""
    there = Browsing(browser, site)
    try:
        yield there
    finally:
        there.close()
    assert not there.wrong, "\n".join(there.wrong)
