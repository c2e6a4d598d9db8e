"""Markdown to HTML that is safe to show: no raw HTML, links to http, https and mailto only, no images from elsewhere."""

import re
from collections.abc import Iterator
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from relais.wording import folded

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


def render(markdown: str, *, anchors: bool = False) -> str:
    """HTML of a Markdown text. Headings start at level 3, below the page's own, and leave no level out.

    With `anchors` each heading that stands by itself has its address of `headings` as id.
    """
    tokens = _PARSER.parse(markdown)
    _outline(tokens)
    if anchors:
        for _, address, token in _standing(tokens):
            token.attrSet("id", address)
    return _html(tokens, anchors=anchors)


def blocks(markdown: str) -> list[str]:
    """The HTML of each paragraph, heading, list, table or quotation of a text; joined they are what `render` gives."""
    tokens = _PARSER.parse(markdown)
    _outline(tokens)
    ends = [number + 1 for number, token in enumerate(tokens) if token.level == 0 and token.nesting <= 0]
    return [_html(tokens[start:end]) for start, end in pairwise([0, *ends])]


_KINDS = {"heading_open": "heading", "bullet_list_open": "list", "ordered_list_open": "list"}


def plain_blocks(markdown: str) -> Iterator[tuple[str, list[str]]]:
    """The words of a text without its marks, for paper that knows none: `heading`, `paragraph`, or `list` with its items."""
    kind, texts = "", list[str]()
    for token in _PARSER.parse(markdown):
        if token.level == 0 and token.nesting >= 0:
            kind, texts = _KINDS.get(token.type, "paragraph"), []
        if token.type == "inline":
            texts.append("".join(child.content or " " * (child.type in ("softbreak", "hardbreak")) for child in token.children or ()))
        elif token.type in ("fence", "code_block"):
            texts.append(token.content)
        if token.level == 0 and token.nesting <= 0 and texts:
            yield kind, texts


def _html(tokens: list[Token], *, anchors: bool = False) -> str:
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    named: dict[str, set[str]] = {f"h{level}": {"id"} for level in range(3, 7)} if anchors else {}
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}} | named,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )


def headings(markdown: str) -> list[tuple[int, str]]:
    """The line each heading that stands by itself begins on, and its address: `s-` and its words, numbered where they come again."""
    return [(line, address) for line, address, _ in _standing(_PARSER.parse(markdown))]


def _standing(tokens: list[Token]) -> list[tuple[int, str, Token]]:
    """Headings in a quotation or a list part nothing."""
    found: list[tuple[int, str, Token]] = []
    taken: set[str] = set()
    for token, words in pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            stem = "s-" + (re.sub(r"[\W_]+", "-", folded(words.content))[:60].strip("-") or "section")
            address = next(free for free in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if free not in taken)
            taken.add(address)
            found.append((token.map[0], address, token))
    return found


def _outline(tokens: list[Token]) -> None:
    """Rank headings by what they stand under, however many signs were typed: who listens to a page moves along them."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            typed = int(token.tag[1])
            above = [*(level for level in above if level < typed), typed]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(len(above) + 2, 6)}"
