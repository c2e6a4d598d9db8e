"""A brief or a report as headings, paragraphs, lists and tables, in words: screen, print, DOCX and PDF are each drawn from these."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.partial_date import PartialDate
from relais import i18n
from relais.presidencies.brief_names import About, Bundle, Evidence, ProposalName, Told
from relais.presidencies.brief_shapes import Brief, Happening, Source
from relais.relay import Picture
from relais.words import Words
from web.briefs.words import BriefWords


@dataclass(frozen=True)
class Span:
    """A few words: in another language than the sheet's, or leading to a page, where told."""

    text: str
    language: str = ""
    path: str = ""
    strong: bool = False


Part = Span | Evidence
Line = tuple[Part, ...]


@dataclass(frozen=True)
class Paragraph:
    """`kind`: subtitle, risk, muted, empty, or above, for what stays on one page with the block it stands above."""

    line: Line
    kind: str = ""


@dataclass(frozen=True)
class Bullets:
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """The first cell of a row is its head; `widths` are the shares of its columns where paper gives them no room to find their own.

    `tints` say of the cells of the head, then of each row, what they stand for where a colour may say it again: now, moved or held.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...]
    tints: tuple[tuple[str, ...], ...] = ()


Worded = Paragraph | Bullets | Table


@dataclass(frozen=True)
class Drawing:
    """The relay as a page draws it, and the `words` that say the same where it cannot be drawn."""

    picture: Picture
    words: tuple[Worded, ...]


Block = Worded | Drawing


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def in_words(self) -> tuple[Worded, ...]:
        """What it holds, in words alone."""
        return tuple(one for block in self.blocks for one in (block.words if isinstance(block, Drawing) else (block,)))


@dataclass(frozen=True)
class Sheet:
    language: str
    title: str
    half: str
    lead: str
    as_of: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]


@dataclass
class Composer:
    """Says the parts of one brief in its language."""

    brief: Brief
    words: Words = field(init=False)
    told: BriefWords = field(init=False)

    def __post_init__(self) -> None:
        self.words, self.told = Words(self.brief.language), BriefWords(self.brief, self.brief.language)

    def say(self, message: str, **values: object) -> str:
        return i18n.say(self.brief.language, message, **values)

    def counted(self, one: str, many: str, number: int) -> str:
        return i18n.counted(self.brief.language, one, many, number)

    def when(self, written: str) -> Span:
        return Span(i18n.partial(PartialDate.parse(written), self.brief.language))

    def words_of(self, told: Told) -> Span:
        return Span(told.text, told.language)

    def proposal(self, one: ProposalName) -> Span:
        return Span(one.title.text, one.title.language, f"/proposals/{one.slug}")

    def bundle(self, one: Bundle) -> Span:
        if one.only:
            return self.proposal(one.only)
        return Span(one.title.text, one.title.language, f"/sources/{one.slug}") if one.slug else Span(self.say("Other proposals"))

    def about(self, one: About) -> Line:
        """What something concerns, by name; nothing where it concerns no proposal."""
        bundles = [(self.bundle(bundle), Span(f" ({self.proposals(bundle.proposals)})")) for bundle in one.bundles]
        return listed([*bundles, *((self.proposal(name),) for name in one.proposals)])

    def proposals(self, number: int) -> str:
        return self.counted("%(n)s proposal", "%(n)s proposals", number)

    def older(self, number: int, of: int) -> Line:
        """That so many positions were given on a text that has changed since."""
        if not number:
            return ()
        some = f", {self.say('%(n)s of %(of)s', n=number, of=of)}" if number < of else ""
        return (Span(f" ({self.say('given on an older text')}{some})"),)

    def happening(self, one: Happening) -> Line:
        """An entry as a line of a list: when, what, on what evidence, and what it concerns."""
        state = (Span(f"{self.words.word(one.state)}{self.words.colon} "),) if one.state != "done" else ()
        about = self.about(one.about)
        concerns = (Span(" — "), *about) if about else ()
        return (self.when(one.when), Span(f"{self.words.colon} "), *state, self.words_of(one.title), Span(" "), one.evidence, *concerns)


def listed(lines: Iterable[Sequence[Part]]) -> Line:
    """Several short lines as one, with commas between them."""
    return join(Span(", "), lines)


def join(between: Span, lines: Iterable[Sequence[Part]]) -> Line:
    found: list[Part] = []
    for line in lines:
        found += [*((between,) if found else ()), *line]
    return tuple(found)


def plain(text: str, kind: str = "") -> Paragraph:
    return Paragraph((Span(text),), kind)
