"""The endnotes of a Word document: python-docx knows none, so the part of the file that holds them is written here."""

from collections.abc import Iterable
from typing import Any

from docx.document import Document as Paper
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from models.partial_date import PartialDate
from relais import i18n
from relais.presidencies.brief_shapes import Source

ENDNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
# What Word draws between text and notes: every document that has notes names them.
LINES = {"-1": "separator", "0": "continuationSeparator"}
AFTER = ("w:compat", "w:rsids", "m:mathPr")


def add(paper: Paper, sources: Iterable[Source], language: str) -> None:
    """Give the document a note for each source, under its number, and let notes be numbered 1, 2, 3."""
    notes = parse_xml(f"<w:endnotes {nsdecls('w', 'r')}/>")
    for key, kind in LINES.items():
        notes.append(parse_xml(f'<w:endnote {nsdecls("w")} w:type="{kind}" w:id="{key}"><w:p><w:r><w:{kind}/></w:r></w:p></w:endnote>'))
    part = XmlPart(PackURI("/word/endnotes.xml"), ENDNOTES, notes, paper.part.package)
    for source in sources:
        link = part.relate_to(source.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True) if source.url else ""
        notes.append(_note(source, link, language))
    paper.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
    _numbered(paper)


def _numbered(paper: Paper) -> None:
    number = f'<w:numFmt {nsdecls("w")} w:val="decimal"/>'
    whole, here = OxmlElement("w:endnotePr"), OxmlElement("w:endnotePr")
    whole.append(parse_xml(number))
    here.append(parse_xml(number))
    for key in LINES:
        line = OxmlElement("w:endnote")
        line.set(qn("w:id"), key)
        whole.append(line)
    kept: Any = paper.settings.element
    next(kept.find(qn(name)) for name in AFTER if kept.find(qn(name)) is not None).addprevious(whole)
    section: Any = paper.sections[0]._sectPr
    section.insert(0, here)


def _note(source: Source, link: str, language: str) -> Any:
    """`1 Title, publisher, day. https://…`"""
    note, prose, mark = OxmlElement("w:endnote"), OxmlElement("w:p"), OxmlElement("w:r")
    note.set(qn("w:id"), str(source.number))
    note.append(prose)
    mark.append(parse_xml(f'<w:rPr {nsdecls("w")}><w:vertAlign w:val="superscript"/></w:rPr>'))
    mark.append(OxmlElement("w:endnoteRef"))
    prose.append(mark)
    prose.append(_run(f" {source.title}", LOCALES.get(source.language, source.language)))
    when = i18n.partial(PartialDate.parse(source.published), language) if source.published else ""
    rest = "".join(f", {word}" for word in (source.publisher, when) if word)
    prose.append(_run(f"{rest}. ", LOCALES[language]))
    if link:
        anchor = OxmlElement("w:hyperlink")
        anchor.set(qn("r:id"), link)
        anchor.append(_run(source.url, LOCALES[language]))
        prose.append(anchor)
    return note


def _run(text: str, locale: str) -> Any:
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    style = parse_xml(f'<w:rPr {nsdecls("w")}><w:sz w:val="17"/></w:rPr>')
    language_of(style, locale)
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(style)
    run.append(words)
    return run


def language_of(properties: Any, locale: str) -> None:
    """Say in which language the words of a run, or of a style, are."""
    mark = properties.find(qn("w:lang"))
    if mark is None:
        mark = OxmlElement("w:lang")
        properties.append(mark)
    mark.set(qn("w:val"), locale)
