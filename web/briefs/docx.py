"""A hand-over brief as a Word document: real headings and tables, sources as endnotes with their addresses, its language set."""

from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Prose
from docx.text.run import Run

from relais.i18n import say
from relais.presidencies.brief_names import Evidence
from relais.settings import settings
from web.briefs import endnotes
from web.briefs.endnotes import LOCALES, language_of
from web.briefs.sheet import Bullets, Line, Sheet, Span, Table, Worded

PETROL = RGBColor(0x0B, 0x4F, 0x54)
FONT, WIDTH = "Calibri", Cm(17)
NARROW = 8  # columns; with more, small letters and hardly a margin let a year stand in one line
FILLS = {"": "E6EFEE", "now": "FCE7BC", "moved": "9CC9C4", "held": "D3E7E4"}
CLOSE = f'<w:tblCellMar {nsdecls("w")}><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'


def written(sheet: Sheet, path: str, at: datetime, digest: str = "") -> bytes:
    """The document; `path` is where it stands on the site, `at` when it was made, `digest` that of what it was made from."""
    return _Writer(sheet, path, at, digest).written()


class _Writer:
    def __init__(self, sheet: Sheet, path: str, at: datetime, digest: str) -> None:
        self.sheet, self.address, self.at, self.digest = sheet, f"{settings().base_url}{path}", at, digest
        self.paper: Paper = Document()
        self.sources = {source.number: source for source in sheet.sources}
        self.noted: set[int] = set()

    def written(self) -> bytes:
        self._prepare()
        paper, sheet = self.paper, self.sheet
        paper.add_heading(sheet.title, 0)
        self._prose(paper.add_paragraph(style="Subtitle"), (Span(sheet.half + (f" — {sheet.as_of}" if sheet.as_of else "")),))
        self._prose(paper.add_paragraph(), (Span(sheet.lead),))
        for section in sheet.sections:
            paper.add_heading(section.title, 1)
            for block in section.in_words:
                self._block(block)
        paper.add_heading(self._say("Sources"), 1)
        paper.add_paragraph(self._say("The sources are told in the notes at the end, each with its address."))
        self._about_itself()
        endnotes.add(paper, [self.sources[number] for number in sorted(self.noted)], sheet.language)
        kept = BytesIO()
        paper.save(kept)
        return kept.getvalue()

    def _say(self, message: str, **values: Any) -> str:
        return say(self.sheet.language, message, **values)

    def _prepare(self) -> None:
        """A4, the language of the whole, the styles, and the properties a file manager shows."""
        page = self.paper.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2)
        page.top_margin = page.bottom_margin = Cm(1.8)
        locale = LOCALES[self.sheet.language]
        language_of(self.paper.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"), locale)
        normal: Any = self.paper.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(10.5)
        language_of(normal.element.get_or_add_rPr(), locale)
        for name, size in (("Title", 22), ("Heading 1", 14), ("Heading 2", 12), ("Subtitle", 12)):
            style: Any = self.paper.styles[name]
            style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), PETROL
            style.element.rPr.rFonts.attrib.clear()
            style.element.rPr.rFonts.set(qn("w:ascii"), FONT)
            style.element.rPr.rFonts.set(qn("w:hAnsi"), FONT)
        facts = self.paper.core_properties
        facts.title, facts.subject, facts.language = f"{self.sheet.title}, {self.sheet.half}", self.sheet.lead, locale
        facts.author, facts.keywords, facts.comments = "Relais, Social Good Accelerator", self.digest, self.address
        facts.created = facts.modified = self.at.replace(tzinfo=None)

    def _block(self, block: Worded) -> None:
        if isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Bullets):
            for line in block.lines:
                self._prose(self.paper.add_paragraph(style="List Bullet"), line)
        elif block.kind == "subtitle":
            self._prose(self.paper.add_heading("", 2), block.line)
        else:
            paragraph = self.paper.add_paragraph()
            paragraph.paragraph_format.keep_with_next = block.kind == "above" or None
            self._prose(paragraph, block.line)

    def _table(self, block: Table) -> None:
        table = self.paper.add_table(rows=1, cols=len(block.head), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for cell, words in zip(table.rows[0].cells, block.head, strict=True):
            cell.paragraphs[0].add_run(words).bold = True
            _fill(cell, FILLS[""])
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(OxmlElement("w:tblHeader"))
        for row in block.rows:
            cells = table.add_row()
            cells._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, line in zip(cells.cells, row, strict=True):
                self._prose(cell.paragraphs[0], line)
        for cells, tints in zip(table.rows, block.tints, strict=False):
            for cell, tint in zip(cells.cells, tints, strict=True):
                if tint:
                    _fill(cell, FILLS[tint])
        self._widen(table, block.widths)
        narrow = len(block.head) > NARROW
        if narrow:
            table._tbl.tblPr.append(parse_xml(CLOSE))
        for paragraph in (paragraph for row in table.rows for cell in row.cells for paragraph in cell.paragraphs):
            paragraph.paragraph_format.space_after = Pt(1)
            for words in paragraph._p.iter(qn("w:r")):  # those of links too
                Run(words, paragraph).font.size = Pt(7.5 if narrow else 9)
        self.paper.add_paragraph().paragraph_format.space_after = Pt(2)

    def _widen(self, table: Any, shares: tuple[int, ...]) -> None:
        """Columns of fixed width: every cell says it again, since programs differ in which they read."""
        table.autofit = False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = width = int(WIDTH * share / sum(shares))
            for cell in column.cells:
                cell.width = width

    def _prose(self, into: Prose, line: Line) -> None:
        for part in line:
            if isinstance(part, Evidence):
                self._evidence(into, part)
            else:
                self._span(into, part)

    def _span(self, into: Prose, span: Span) -> None:
        run = into.add_run(span.text)
        run.bold = span.strong or None
        if span.language and span.language != self.sheet.language:
            language_of(run._r.get_or_add_rPr(), LOCALES.get(span.language, span.language))
        if span.path:
            run.font.color.rgb = PETROL
            link = OxmlElement("w:hyperlink")
            target = f"{settings().base_url}/{self.sheet.language}{span.path}"
            link.set(qn("r:id"), into.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            run._r.addprevious(link)
            link.append(run._r)

    def _evidence(self, into: Prose, found: Evidence) -> None:
        if not (found.pro or found.contra):
            into.add_run(self._say("no source yet")).italic = True
        self._notes(into, found.pro)
        if found.contra:
            into.add_run(f" {self._say('contested')}, {self._say('against')} ")
            self._notes(into, found.contra)

    def _notes(self, into: Prose, numbers: tuple[int, ...]) -> None:
        """The first time a source is named its note is made; after that the number leads to where it was."""
        for place, number in enumerate(numbers):
            if place:
                into.add_run(", ").font.superscript = True
            run = into.add_run()
            run.font.superscript = True
            if number in self.noted:
                run.text = str(number)
                link = OxmlElement("w:hyperlink")
                link.set(qn("w:anchor"), f"source{number}")
                run._r.addprevious(link)
                link.append(run._r)
                continue
            self.noted.add(number)
            note = OxmlElement("w:endnoteReference")
            note.set(qn("w:id"), str(number))
            run._r.append(note)
            start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
            for mark in (start, end):
                mark.set(qn("w:id"), str(number))
            start.set(qn("w:name"), f"source{number}")
            run._r.addprevious(start)
            run._r.addnext(end)

    def _about_itself(self) -> None:
        words = (self.address, self._say("SHA-256 of its JSON: %(digest)s", digest=self.digest) if self.digest else "")
        for text in filter(None, words):
            run = self.paper.add_paragraph().add_run(text)
            run.font.size = Pt(8)


def _fill(cell: Any, colour: str) -> None:
    known = cell._tc.get_or_add_tcPr()
    for before in known.findall(qn("w:shd")):
        known.remove(before)
    known.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>'))
