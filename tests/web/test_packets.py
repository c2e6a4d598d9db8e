"""The brief as a page, a Word document, a PDF and JSON, now and as it was frozen; and who may freeze it."""

import hashlib
import json
import re
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from tests.handover import a_calendar, a_leg, a_story, frozen, valid
from tests.public_record import a_position, counted
from tests.web.reading import read, rows
from web.briefs import pdf

PAGE = "/en/presidencies/2022-cz/brief"
NEW = "/en/presidencies/2022-cz/packets/new"
FIRST = "/en/presidencies/2022-cz/packets/1"
DRAWN = pytest.mark.skipif(not pdf.possible(), reason="WeasyPrint or the libraries it draws with are not here")


@pytest.fixture
def story(engine, public_affairs):
    a_calendar()
    return a_story(public_affairs)


def section(page, name):
    return page.one("section", labelled=f"h-{name}")


def test_the_page_tells_every_part_of_the_brief_in_order(visitor, story):
    page = read(visitor.get(PAGE))

    assert page.one("h1").words == "Handover brief: France to Czechia"
    assert [part.words for part in page.one("article").all("h2")] == [
        "In short", "What moved under the presidency of France", "Who backs what", "Risks, and why", "Open asks",
        "Letters without an answer", "Leads to check", "Milestones ahead", "What is not known", "Legal basis", "Sources",
    ]  # fmt: skip
    assert [item.words for item in section(page, "short").all("li")] == [
        "1 proposal moved.",
        "Czechia is absent: 1 of 1 proposals.",
        "0 open asks, 1 letter without an answer, 1 lead to check.",
    ]
    assert rows(section(page, "moved")) == [["Titre de guichet", "3 of 6, backed", "1 May 2022", "[1]"]]


def test_in_french_it_is_french_throughout(visitor, story):
    page = read(visitor.get("/fr/presidencies/2022-cz/brief"))

    assert page.one("h1").words == "Passage de relais : de la France à la Tchéquie"
    assert section(page, "letters").one("li").words.startswith("2 juin 2022 : Une lettre pas encore de source")


def test_every_number_leads_to_a_source_with_its_address(visitor, story):
    page = read(visitor.get(PAGE))

    wanted = {link["href"] for link in page.one("article").all("a", class_="ref")}
    sources = {f"#{item['id']}": item.all("a")[-1]["href"] for item in page.one(id="sources").all("li")}
    assert wanted == set(sources)
    assert list(sources.values()) == ["https://example.org/report", "https://example.org/denial", "https://example.org/decision"]


def test_as_of_a_day_it_says_only_what_was_so_and_every_form_keeps_the_day(visitor, story):
    page = read(visitor.get(f"{PAGE}?as_of=2022-04-01"))

    assert rows(section(page, "moved")) == [["Titre de guichet", "2 of 6, published", "1 Mar 2022", "[1]"]]
    assert {link["href"] for link in page.one("aside", class_="rail").all("a")} >= {
        f"{PAGE}.{kind}?as_of=2022-04-01" for kind in ("docx", "json")
    }
    assert visitor.get(f"{PAGE}.json?as_of=2022-04-01").json()["as_of"] == "2022-04-01"
    assert visitor.get(f"{PAGE}?as_of=someday").status_code == 422


def test_a_member_sees_what_is_for_the_group_and_a_stranger_does_not(engine, visitor, as_stranger, as_observer, story):
    a_leg(engine, story, "2022-cz")

    shown = [section(read(reader.get(PAGE)), "asks").words for reader in (visitor, as_stranger, as_observer)]

    assert ["Ask 2022-cz (for the group only)" in words for words in shown] == [False, False, True]
    assert as_observer.get(f"{PAGE}.json").headers["Cache-Control"] == "private, no-store"


def opened(answer):
    assert answer.status_code == 200
    return Document(BytesIO(answer.content))


def words_of(element):
    return "".join(node.text or "" for node in element.iter() if node.tag.endswith("}t"))


def test_the_word_document_has_headings_tables_with_heads_a_language_and_properties(visitor, story):
    paper = opened(visitor.get("/fr/presidencies/2022-cz/brief.docx"))

    facts, table = paper.core_properties, paper.tables[0]
    heads = [part.text for part in paper.paragraphs if part.style.name == "Heading 1"]
    language = paper.styles.element.xpath("w:docDefaults//w:lang/@w:val")
    assert (facts.title, facts.language, language) == ("Passage de relais\u00a0: de la France à la Tchéquie, 2022 S2", "fr-FR", ["fr-FR"])
    assert heads[:3] == ["En bref", "Ce qui a avancé sous la présidence de la France", "Qui soutient quoi"]
    assert [cell.text for cell in table.rows[0].cells] == ["Proposition", "Étape atteinte", "Quand", "Preuve"]
    assert all(one.rows[0]._tr.xpath("w:trPr/w:tblHeader") for one in paper.tables)
    assert words_of(table.rows[1]._tr).startswith("Titre de guichet3 sur 6, soutenue1er mai 2022")


def test_its_sources_are_endnotes_with_their_addresses_each_made_once(visitor, story):
    content = visitor.get(f"{PAGE}.docx").content
    paper = Document(BytesIO(content))
    notes = next(rel.target_part for rel in paper.part.rels.values() if rel.reltype.endswith("/endnotes"))
    addresses = {rel.target_ref for rel in notes.rels.values()}

    made = paper.element.xpath("//w:endnoteReference/@w:id")
    with ZipFile(BytesIO(content)) as files:
        written = files.read("word/endnotes.xml").decode()
    assert made == ["1", "2", "3"]
    assert addresses == {"https://example.org/report", "https://example.org/denial", "https://example.org/decision"}
    assert [words in written for words in ("Un rapport", "La Revue", "A denial", "A decision of the Council")] == [True] * 4
    anchors = set(paper.element.xpath("//w:hyperlink/@w:anchor"))
    assert anchors <= set(paper.element.xpath("//w:bookmarkStart/@w:name"))


def test_page_and_document_say_the_same(visitor, story):
    page = read(visitor.get(PAGE))
    paper = opened(visitor.get(f"{PAGE}.docx"))

    told = [item.words for item in section(page, "leads").all("li")] + [item.words for item in section(page, "gaps").all("li")]
    written = [" ".join(words_of(part._p).split()) for part in paper.paragraphs]
    ends = [re.split(r" (?:\[\d+\] ?)+", words) for words in told]
    assert [end for end in ends if not any(line.startswith(end[0]) and line.endswith(end[-1]) for line in written)] == []


@DRAWN
def test_the_pdf_is_one(visitor, story):
    answer = visitor.get(f"{PAGE}.pdf")

    assert (answer.status_code, answer.content[:5], answer.headers["Content-Type"]) == (200, b"%PDF-", "application/pdf")


def test_where_no_pdf_can_be_drawn_the_page_says_how_to_get_one(visitor, story, monkeypatch):
    frozen()
    monkeypatch.setattr(pdf, "possible", lambda: False)

    aside = read(visitor.get(PAGE)).one("aside", class_="rail")

    assert "For a PDF, print this page into a file." in aside.words
    assert [visitor.get(f"{path}.pdf").headers["Location"] for path in (PAGE, FIRST)] == [PAGE, FIRST]


@pytest.mark.parametrize("path", ["2022-xx/brief", "2022-xx/brief.json", "2022-xx/brief.docx", "2022-cz/packets/1", "2022-cz/packets/x"])
def test_what_is_not_there_is_not_found(visitor, story, path):
    assert visitor.get(f"/en/presidencies/{path}").status_code == 404


def test_an_editor_freezes_with_one_press_and_finds_the_packet(as_editor, visitor, story):
    form = read(as_editor.get(NEW)).one("form", id="record")
    answer = as_editor.post(NEW)

    assert form.all("textarea") == []
    assert (answer.status_code, answer.headers["Location"]) == (303, FIRST)
    assert read(visitor.get(FIRST)).one("h1").words == "Handover brief: France to Czechia"
    assert [link["href"] for link in read(visitor.get(PAGE)).one(id="packets").all("a")] == [FIRST]


@pytest.mark.parametrize(("who", "status"), [("visitor", 303), ("as_stranger", 303), ("as_observer", 403), ("as_commenter", 403)])
def test_who_may_freeze(request, story, who, status):
    answer = request.getfixturevalue(who).post(NEW)

    assert answer.status_code == status
    if who == "visitor":
        assert "/sign-in" in answer.headers["Location"]


def test_a_packet_is_the_same_bytes_in_every_language_and_its_digest_is_theirs(visitor, story):
    packet = frozen()

    bodies = [visitor.get(f"/{language}/presidencies/2022-cz/packets/1.json").content for language in ("fr", "en")]

    assert {hashlib.sha256(body).hexdigest() for body in bodies} == {packet.digest}
    assert packet.digest in visitor.get(FIRST).text
    assert [valid(json.loads(bodies[0])[language])["moved"][0]["proposal"]["slug"] for language in ("fr", "en")] == ["guichet"] * 2


def test_a_correction_wants_a_reason_and_the_older_says_that_a_newer_exists(as_editor, visitor, story):
    as_editor.post(NEW)
    a_position(story, "sweden", "supports", on="2022-06-30")
    refused = as_editor.post(NEW)
    taken = as_editor.post(NEW, data={"reason": "Sweden was missing"})

    older, newer = (read(visitor.get(f"/en/presidencies/2022-cz/packets/{number}")) for number in (1, 2))
    assert (refused.status_code, read(refused).one(id="f-reason-e").words) == (422, "Say what is corrected, and why")
    assert taken.headers["Location"] == "/en/presidencies/2022-cz/packets/2"
    assert older.one("div", class_="risk").one("a")["href"] == "/en/presidencies/2022-cz/packets/2"
    assert newer.all("div", class_="risk") == []
    assert "Sweden was missing" in newer.one("dl", class_="facts").words
    assert (rows(section(older, "backing"))[2][1], rows(section(newer, "backing"))[2][1]) == ("Not recorded", "Supports no source yet")


def test_nothing_changed_leads_back_to_the_packet_there_is(as_editor, story):
    as_editor.post(NEW)

    assert as_editor.post(NEW, data={"reason": "Once more"}).headers["Location"] == FIRST


def test_a_packet_has_every_form(visitor, story):
    frozen()

    paper = opened(visitor.get(f"{FIRST}.docx"))

    assert paper.core_properties.keywords == frozen().digest
    assert paper.core_properties.created == datetime(2026, 11, 23, 10, tzinfo=UTC)
    if pdf.possible():
        assert visitor.get(f"{FIRST}.pdf").content[:5] == b"%PDF-"


def test_who_froze_it_is_named_to_members_only(visitor, as_observer, editor, story):
    frozen(by=editor)

    told = [read(reader.get(FIRST)).one("dl", class_="facts").words for reader in (visitor, as_observer)]

    assert [("the editors" in words, "Emil Novák" in words) for words in told] == [(True, False), (False, True)]


def test_the_presidency_page_leads_to_the_brief_and_its_packets(as_editor, visitor, story):
    frozen(today=date(2022, 7, 1))

    page = read(visitor.get("/en/presidencies/2022-cz"))

    assert page.one(id="packets").one("a")["href"] == FIRST
    assert PAGE in {link["href"] for link in page.one("aside", class_="rail").all("a")}
    assert NEW not in visitor.get(PAGE).text
    assert NEW in as_editor.get(PAGE).text


def test_a_packet_is_read_in_as_many_questions_however_much_it_holds(engine, visitor, story):
    frozen()
    with counted(engine) as statements:
        visitor.get(FIRST)

    assert len(statements) == 2
