"""Rendered Markdown as tags and words: what it says without its marks, and what may be marked in it without touching a tag.

Only for what relais.markdown.render made: whole tags, attributes in double quotes, signs escaped.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

_PIECE = re.compile(r"""<(?:[^>"]|"[^"]*")*>|[^<]+""")


def pieces(html: str) -> Iterator[str]:
    """Tags and runs of words, in order; joined again they are the HTML."""
    for found in _PIECE.finditer(html):
        yield found[0]


def words(html: str) -> str:
    """What a reader reads: blocks stand on lines of their own."""
    return "".join(unescape(piece) for piece in pieces(html) if piece[0] != "<")


def excerpt(html: str, most: int = 80) -> str:
    """The first words, on one line."""
    said = " ".join(words(html).split())
    return said if len(said) <= most else f"{said[: most - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def in_words(html: str, change: Callable[[str], str]) -> str:
    """The HTML with every run of words (escaped as it stands) changed, and every tag as it was."""
    return "".join(piece if piece[0] == "<" else change(piece) for piece in pieces(html))


def escaped(text: str) -> str:
    return escape(text, quote=False)
