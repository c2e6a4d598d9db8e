"""axe-core: what it finds wrong with a page, as lines."""

from functools import lru_cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  const first = ([{ target, html }]) => `${target.join(" ")} ${html.slice(0, 120)}`;
  return violations.map(({ id, help, nodes }) => `${id} (${nodes.length}): ${help}. ${first(nodes)}`);
}"""


def violations(page: Page) -> list[str]:
    """Rules of WCAG 2.0 to 2.2 A and AA, and of best practice, that the page breaks: how often, and where first."""
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(_axe())
    found: list[str] = page.evaluate(RUN, RULES)
    return found


@lru_cache
def _axe() -> str:
    return AXE.read_text()
