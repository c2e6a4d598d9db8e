"""The mailbox of the machine, as somebody reads it who has just asked for a link."""

from playwright.sync_api import Locator, Page

COME_WITHIN = 10  # seconds


def letter_to(page: Page, email: str, about: str = "") -> Locator:
    """The newest letter to that address, with those words in its subject, once the worker has written it. The page is at the mailbox."""
    letters = page.get_by_role("listitem").filter(has_text=email).filter(has_text=about).get_by_role("link")
    for _ in range(COME_WITHIN * 5):
        if letters.count():
            break
        page.wait_for_timeout(200)
        page.reload()
    return letters.first
