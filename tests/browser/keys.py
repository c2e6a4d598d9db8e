"""A reader without a mouse: where the focus is, and Tab until it is where they want."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

MOST_STOPS = 600  # the more proposals other scenes made, the further it is
STOP = """() => {
  const at = document.activeElement, { left, top, right, bottom, width, height } = at.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const inside = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  const shown = inside && width > 1 && height > 1 && at.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const x = Math.max(left, 0) + Math.min(width, innerWidth) / 2, y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const over = document.elementFromPoint(x, y);
  return {
    what: at.outerHTML.slice(0, 120),
    place: [...document.querySelectorAll("*")].indexOf(at),
    ringed: shown && (at.contains(over) || over?.contains(at)) && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    nowhere: at === document.body,
  };
}"""


@dataclass(frozen=True)
class Stop:
    what: str
    place: int  # among all elements of the page
    ringed: bool  # on screen, with a line around it
    nowhere: bool


def stop(page: Page) -> Stop:
    found: Any = page.evaluate(STOP)
    return Stop(**found)


def nowhere(page: Page) -> bool:
    """Whether the focus fell to the body, from where a reader starts all over."""
    return stop(page).nowhere


def tab(page: Page, times: int = 1) -> list[Stop]:
    stops = []
    for _ in range(times):
        page.keyboard.press("Tab")
        stops.append(stop(page))
    return stops


def tab_to(page: Page, wanted: Locator) -> None:
    """Tab until the focus is on the element. AssertionError when it never comes there."""
    element = wanted.element_handle()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if element.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{MOST_STOPS} stops, and none was {element.evaluate('element => element.outerHTML')[:200]}")
