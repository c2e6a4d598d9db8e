"""What is said of a page: its address, who reads it there, the status it must have, and what must be done to see it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Act = Callable[[Page], None]


@dataclass(frozen=True)
class Kind:
    name: str
    path: str
    member: bool = False
    coordinator: bool = False
    status: int = 200
    act: Act | None = None

    def __str__(self) -> str:
        return self.name


def sent(selector: str = "main form[method=post]", **typed: str) -> Act:
    """Send the form as a browser without script would, with these values in its fields."""

    def act(page: Page) -> None:
        with page.expect_event("load"):  # of the next page: htmx may note an address of this one meanwhile, which is a navigation too
            page.evaluate(
                """([selector, typed]) => {
                  const form = document.querySelector(selector);
                  for (const [name, value] of Object.entries(typed)) form.elements[name].value = value;
                  form.submit();
                }""",
                [selector, typed],
            )

    return act
