"""A page as its reader gets it: the words of its parts, without markup."""

from html.parser import HTMLParser
from typing import Any

VOID = {"br", "img", "input", "link", "meta", "hr", "use", "path", "rect", "source", "col"}


INLINE = {"a", "b", "code", "kbd", "small", "span", "strong", "svg"}


class Element:
    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag, self.attributes, self.inside = tag, attributes, []

    def all(self, tag: str = "", **wanted: str) -> list["Element"]:
        """Every element inside, in order, with that tag and those attributes (`class_` and `labelled` stand for two awkward ones)."""
        names = {"class_": "class", "labelled": "aria-labelledby"}
        asked = {names.get(name, name): value for name, value in wanted.items()}
        found = []
        for child in self.inside:
            if isinstance(child, Element):
                given = {name: (child.attributes.get(name) or "").split() for name in asked}
                if (not tag or child.tag == tag) and all(value in given[name] for name, value in asked.items()):
                    found.append(child)
                found += child.all(tag, **wanted)
        return found

    def one(self, tag: str = "", **wanted: str) -> "Element":
        (found,) = self.all(tag, **wanted)
        return found

    @property
    def words(self) -> str:
        return " ".join(self._text().split())

    def _text(self) -> str:
        parts = (child if isinstance(child, str) else child._text() for child in self.inside if not hidden(child))
        told = "".join(parts)
        return told if self.tag in INLINE else f" {told} "

    def __getitem__(self, name: str) -> str | None:
        return self.attributes.get(name)


def hidden(child: Any) -> bool:
    return isinstance(child, Element) and (child.tag == "script" or "only-print" in (child.attributes.get("class") or ""))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(answer: Any) -> Element:
    reader = _Reader()
    reader.feed(answer.text)
    return reader.root


def rows(part: Element) -> list[list[str]]:
    """The cells of a table's body, row by row."""
    return [[cell.words for cell in row.inside if isinstance(cell, Element)] for row in part.one("tbody").all("tr")]
