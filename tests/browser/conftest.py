"""The browser suite: one Relais runs for all scenes, and each scene opens the browsers it needs."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from models import Person
from models.group import Role
from tests.browser.browsers import Browsers
from tests.browser.browsing import Browsing, browsing_at
from tests.browser.running_site import Site, running

expect.set_options(timeout=8_000)
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The Chromium of RELAIS_CHROMIUM, or the one that is installed."""
    chromium = os.environ.get("RELAIS_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        pytest.exit("The browser journeys need Chromium: install it, or name its path in RELAIS_CHROMIUM.", 2)
    return {"executable_path": chromium, "args": ARGUMENTS, "headless": True}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("var")) as site:
        yield site


@pytest.fixture(scope="session")
def browsers(launch_browser: Callable[[], Browser]) -> Iterator[Browsers]:
    there = Browsers(launch_browser)
    yield there
    there.close()


@pytest.fixture
def browsing(browsers: Browsers, site: Site) -> Iterator[Browsing]:
    """Opens browsers; the scene fails on any console message, policy violation, failed request or foreign host it does not expect."""
    with browsing_at(browsers.running(), site) as there:
        yield there


@pytest.fixture(scope="session")
def editor(site: Site) -> Person:
    return site.invite("Emil Novák", Role.EDITOR)


@pytest.fixture(scope="session")
def coordinator(site: Site) -> Person:
    return site.invite("Claire Martin", Role.COORDINATOR, "fr")
