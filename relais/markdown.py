"""Markdown to HTML that is safe to show: no raw HTML, links to http, https and mailto only, no images from elsewhere."""

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": True}).enable(["linkify", "table", "strikethrough"]).disable("image")
TAGS = {
    "p",
    "br",
    "em",
    "strong",
    "s",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
TAGS |= {"h3", "h4", "h5", "h6"}


def render(markdown: str) -> str:
    """HTML of a Markdown text. Headings start at level 3, below the page's own, and leave no level out."""
    tokens = _PARSER.parse(markdown)
    _outline(tokens)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )


def _outline(tokens: list[Token]) -> None:
    """Rank headings by what they stand under, however many signs were typed: who listens to a page moves along them."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            typed = int(token.tag[1])
            above = [*(level for level in above if level < typed), typed]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(len(above) + 2, 6)}"
