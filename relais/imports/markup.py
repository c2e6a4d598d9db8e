"""Words as other platforms keep them, HTML and entities, as the Markdown and the plain lines of this house.

Tags are read by one expression that never looks back: a parser of HTML takes minutes for what is nested a hundred thousand times.
"""

import html
import re

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})((?:\s[^<>]{0,4000})?)/?>")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
TWICE = re.compile(rf"&amp;(?={ENTITY.pattern[1:]})")
HREF = re.compile(r"""href\s*=\s*["']?\s*((?:https?://|mailto:)[^\s"'<>()]{1,1000})""", re.IGNORECASE)
ADDRESS = re.compile(r"(https?://\S+)")
SIGNS = re.compile(r"([\\`*_\[\]<>|~])")
BEGINS = re.compile(r"^([#+=-]|\d{1,9}[.)])(?=\s|$)")
MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**", "s": "~~", "del": "~~", "strike": "~~"}
HEADINGS = {"h1": "### ", "h2": "### ", "h3": "### ", "h4": "#### ", "h5": "##### ", "h6": "###### "}
LISTS = {"ul", "ol"}
BLOCKS = {"p", "div", "li", "blockquote", "pre", "table", "tr", "hr", "section", "article", *LISTS, *HEADINGS}
SILENT = {"script", "style", "head", "template", "iframe"}
OPEN, SHUT, LINK, TO = "\x01\x02\x03\x04"  # stand in a line until its marks are put; a text that holds them itself is refused later
DEEPEST = 6  # of lists and quotations in each other: what is deeper stands at that depth


def plain(written: str) -> str:
    """One line of words: entities read, twice where they were written twice, markup taken off."""
    return " ".join(_read(TAG.sub(" ", _commentless(_read(written)))).split())


def markdown(written: str) -> str:
    """A text in Markdown. What has no tags is plain text: its lines and paragraphs stay, and its signs mean nothing."""
    text = _commentless(TWICE.sub("&", written))
    if not TAG.search(text):
        text = _commentless(_read(text))
    if not TAG.search(text):
        return _lines(text)
    writer, end = _Writer(), 0
    for tag in TAG.finditer(text):
        writer.words(html.unescape(text[end : tag.start()]))
        writer.tag(tag[2].lower(), tag[3], closing=bool(tag[1]))
        end = tag.end()
    writer.words(html.unescape(text[end:]))
    return writer.text()


def quoted(written: str) -> str:
    """Markdown as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in written.split("\n"))


def escaped(words: str) -> str:
    """Words that mean nothing to Markdown. Addresses stay whole: their signs are no marks."""
    return "".join(part if place % 2 else SIGNS.sub(r"\\\1", part) for place, part in enumerate(ADDRESS.split(words)))


def _read(written: str) -> str:
    """Entities read; `&amp;eacute;` went through two doors, and is read back through both."""
    once = html.unescape(written)
    return html.unescape(once) if ENTITY.search(once) else once


def _commentless(text: str) -> str:
    kept, _, rest = text.partition("<!--")
    parts = [kept]
    while rest:
        _, _, rest = rest.partition("-->")
        kept, _, rest = rest.partition("<!--")
        parts.append(kept)
    return "".join(parts)


def _lines(text: str) -> str:
    lines = [_begun(escaped(line.strip())) for line in re.split(r"\r\n|\r|\n", text)]
    broken = [f"{line}\\" if line and after else line for line, after in zip(lines, [*lines[1:], ""], strict=True)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(broken)).strip()


def _begun(line: str) -> str:
    """A line that does not begin a heading or a list by chance."""
    return BEGINS.sub(lambda found: f"{found[1][:-1]}\\{found[1][-1]}", line)


class _Writer:
    """Gathers paragraphs, each with the signs of the lists and quotations it stands in."""

    def __init__(self) -> None:
        self._blocks: list[tuple[bool, str]] = []  # whether it is an item of a list, and its lines
        self._line: list[str] = []
        self._marks: list[str] = []
        self._links: list[str] = []
        self._within: list[str] = []  # the open lists and quotations
        self._lead = ""
        self._silent = ""

    def words(self, text: str) -> None:
        if text and not self._silent:
            self._line.append(escaped(re.sub(r"\s+", " ", re.sub("[\x01-\x04]", "\x05", text))))

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if self._silent or name in SILENT:
            ends = closing and name == self._silent
            self._silent = "" if ends else self._silent or ("" if closing else name)
        elif name in BLOCKS:
            self._paragraph()
            self._block(name, closing=closing)
        elif name == "br":
            self._line.append("\n")
        elif name in MARKS:
            self._mark(MARKS[name], closing=closing)
        elif name == "a":
            self._link(attributes, closing=closing)
        elif name in {"td", "th"}:
            self._line.append(" ")

    def text(self) -> str:
        self._paragraph()
        parts: list[str] = []
        for place, (item, block) in enumerate(self._blocks):
            apart = "" if not place else "\n" if item and self._blocks[place - 1][0] else "\n\n"
            parts.append(apart + block)
        return "".join(parts)

    def _block(self, name: str, *, closing: bool) -> None:
        if name in LISTS or name == "blockquote":
            if closing and name in self._within:
                del self._within[len(self._within) - 1 - self._within[::-1].index(name)]
            elif not closing and len(self._within) < DEEPEST:
                self._within.append(name)
        elif name == "li":
            inner = next((one for one in reversed(self._within) if one in LISTS), "ul")
            self._lead = "" if closing else "1. " if inner == "ol" else "- "
        elif name in HEADINGS:
            self._lead = "" if closing else HEADINGS[name]

    def _mark(self, sign: str, *, closing: bool) -> None:
        if closing and sign in self._marks:
            self._marks.remove(sign)
            self._line.append(SHUT + sign + SHUT)
        elif not closing and sign not in self._marks:
            self._marks.append(sign)
            self._line.append(OPEN + sign + OPEN)

    def _link(self, attributes: str, *, closing: bool) -> None:
        if not closing:
            found = HREF.search(attributes)
            self._links.append(html.unescape(found[1]) if found else "")
            self._line.append(LINK if found else "")
        elif self._links and (address := self._links.pop()):
            self._line.append(TO + address + TO)

    def _paragraph(self) -> None:
        """Ends the paragraph: what was begun in it and not ended ends here."""
        for sign in reversed(self._marks):
            self._line.append(SHUT + sign + SHUT)
        self._marks.clear()
        self._links.clear()
        line, self._line = _joined("".join(self._line)), []
        if line:
            self._blocks.append(self._placed(line))
            self._lead = ""

    def _placed(self, line: str) -> tuple[bool, str]:
        quotes = "> " * self._within.count("blockquote")
        depth = sum(one in LISTS for one in self._within)
        inside = quotes + "   " * max(depth - 1, 0)
        item = self._lead in {"- ", "1. "}
        more = inside + ("   " if depth else "")
        first = inside + (self._lead or ("   " if depth else ""))
        lines = [_begun(one.strip()) for one in line.split("\n")]
        if self._lead.startswith("#"):
            lines = [" ".join(lines)]
        return item, "\\\n".join((first if not place else more) + one for place, one in enumerate(lines))


def _joined(line: str) -> str:
    """Marks hug what they mark, a link stands behind its words; neither stays around nothing."""
    line = re.sub(f"{OPEN}([*~]+){OPEN}(\\s*)", f"\\2{OPEN}\\1{OPEN}", line)
    line = re.sub(f"(\\s*){SHUT}([*~]+){SHUT}", f"{SHUT}\\2{SHUT}\\1", line)
    line = re.sub(f"{OPEN}([*~]+){OPEN}{SHUT}\\1{SHUT}", "", line)
    line = re.sub(f"{LINK}([^{LINK}{TO}]*){TO}([^{TO}]*){TO}", _linked, line)
    line = re.sub(f"[{OPEN}{SHUT}]([*~]+)[{OPEN}{SHUT}]", r"\1", line.replace(LINK, ""))
    return re.sub(r" *\n\s*", "\n", re.sub(r" {2,}", " ", line)).strip()


def _linked(found: re.Match[str]) -> str:
    words, address = found[1].strip(), found[2]
    return address if not words or words.rstrip("/") == address.rstrip("/") else f"[{words}]({address})"
