"""Whether a page fits: nothing may make it scroll sideways."""

from playwright.sync_api import Page

from tests.browser.browsing import DESK, NARROW, PHONE

# What sticks out, leaving aside what scrolls in a box of its own.
TOO_WIDE = """() => {
  const page = document.documentElement;
  const clips = (element) => getComputedStyle(element).overflowX !== "visible";
  const boxed = (element) => element !== document.body && (clips(element) || boxed(element.parentElement));
  const out = (element) => element.getBoundingClientRect().right > innerWidth + 1 && element.checkVisibility();
  if (page.scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((element) => out(element) && !boxed(element.parentElement));
  return [`${page.scrollWidth} px`, ...wide.map((element) => element.outerHTML.slice(0, 90)).slice(0, 5)];
}"""


def too_wide(page: Page) -> dict[int, list[str]]:
    """By width: what sticks out of the page where it scrolls sideways."""
    found = {}
    for width, height in (NARROW, PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        if sticking_out := page.evaluate(TOO_WIDE):
            found[width] = sticking_out
    return found
