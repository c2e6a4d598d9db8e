"""A sheet as Markdown: headings, lists and tables, its sources as footnotes."""

import re
from collections.abc import Iterator

from relais.i18n import say
from relais.presidencies.brief_names import Evidence
from relais.settings import settings
from web.briefs.sheet import Bullets, Line, Sheet, Span, Table, Worded

MARKS = re.compile(r"([\\`*_\[\]<>|#~])")


def written(sheet: Sheet, path: str) -> str:
    """The text; `path` is where the sheet stands on the site."""
    return "\n".join(_Writer(sheet).lines(f"{settings().base_url}{path}")).rstrip("\n") + "\n"


class _Writer:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def lines(self, address: str) -> Iterator[str]:
        yield from (f"# {plain(self.sheet.title)}", "")
        about = [words for words in (self.sheet.half, self.sheet.as_of, self.sheet.lead) if words]
        yield from (*(plain(words) + "  " for words in about), f"<{address}>", "")
        for section in self.sheet.sections:
            yield from (f"## {plain(section.title)}", "")
            for block in section.in_words:
                yield from self.block(block)
                yield ""
        for source in self.sheet.sources:
            told = ", ".join(filter(None, (plain(source.title), plain(source.publisher), source.published)))
            yield f"[^{source.number}]: {told}. <{source.url}>" if source.url else f"[^{source.number}]: {told}."

    def block(self, block: Worded) -> Iterator[str]:
        if isinstance(block, Bullets):
            yield from (f"- {self.line(one)}" for one in block.lines)
        elif isinstance(block, Table):
            yield f"| {' | '.join(map(plain, block.head))} |"
            yield f"|{' --- |' * len(block.head)}"
            yield from (f"| {' | '.join(map(self.line, row))} |" for row in block.rows)
        elif block.kind == "subtitle":
            yield f"### {self.line(block.line)}"
        else:
            yield self.line(block.line)

    def line(self, parts: Line) -> str:
        return "".join(self.evidence(part) if isinstance(part, Evidence) else self.span(part) for part in parts).strip()

    def span(self, span: Span) -> str:
        words = plain(span.text)
        if span.path:
            return f"[{words}]({settings().base_url}/{self.sheet.language}{span.path})"
        return f"**{words.strip()}**{' ' * words.endswith(' ')}" if span.strong else words

    def evidence(self, found: Evidence) -> str:
        if not (found.pro or found.contra):
            return f"*{say(self.sheet.language, 'no source yet')}*"
        if not found.contra:
            return _notes(found.pro)
        said = [say(self.sheet.language, words) for words in ("contested", "against")]
        return f"{_notes(found.pro)} {', '.join(said)} {_notes(found.contra)}"


def plain(text: str) -> str:
    """Words that mean nothing to Markdown, on one line."""
    return MARKS.sub(r"\\\1", " ".join(text.split(" "))).replace("\n", " ")


def _notes(numbers: tuple[int, ...]) -> str:
    return "".join(f"[^{number}]" for number in numbers)
