"""Reports as pages and files: chosen on a form whose address can be shared, shown as they print, taken away in every form."""

import re
from io import BytesIO

import orjson
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from tests.asks import a_calendar
from tests.exported import valid
from tests.public_record import a_position, a_proposal, a_source, an_entry, counted
from tests.web.reading import read
from web.briefs import pdf

HTMX = {"HX-Request": "true"}


@pytest.fixture
def guichet(public_affairs):
    a_calendar()
    a_source("rapport", title="Rapport | des *communs*", url="https://rapport.test/communs")
    proposal = a_proposal("guichet", public_affairs, cites="rapport")
    a_position(proposal, "france", on="2022-06-21", cites="rapport")
    an_entry("vote", proposal, on="2022-09-01")
    return proposal


@pytest.fixture
def tarif(social_tech):
    return a_proposal("tarif", social_tech)


def headings(answer):
    return [heading.words for heading in read(answer).one(class_="sheet").all("h2")]


def test_the_page_shows_what_prints_and_where_each_form_is(visitor, guichet, tarif):
    answer = visitor.get("/en/reports?proposal=guichet&from=2022-fr&to=2022-cz")
    page = read(answer)

    assert headings(answer) == ["1 proposal on the relay", "In short", "The relay", "Titre de guichet", "Sources"]
    assert [box["value"] for box in page.all("input", name="proposal") if "checked" in box.attributes] == ["guichet"]
    asked = "?proposal=guichet&from=2022-fr&to=2022-cz"
    links = [link["href"] for link in page.all("a") if "/reports/" in (link["href"] or "")]
    assert links[:5] == [f"/en/reports/report.{form}{asked}" for form in ("json", "ndjson", "xlsx", "docx", "md")]
    assert f"/en/reports/timeline.csv{asked}" in links
    assert [box["value"] for box in page.all("input", name="part") if "checked" not in box.attributes] == ["texts"]


def test_the_relay_is_the_picture_every_page_draws(visitor, guichet):
    relay = read(visitor.get("/en/reports?to=2026-ie")).one("table", id="relay")

    assert relay["class"] == "relay cols-3 compact"
    assert [head.words for head in relay.one("thead").all("th")] == [
        "Proposal", "FRFrance, 2022 H1", "CZCzechia, 2022 H2", "IEIreland, 2026 H2 (current presidency)",
    ]  # fmt: skip
    states, line = relay.one("tbody").all("tr")
    assert [[one.words for one in cell.all("span", class_="vh")] for cell in states.all("td")] == [
        ["France: Supports"], [], ["Ireland: position not recorded"],
    ]  # fmt: skip
    said = [cell.all("span", class_="vh")[-1].words for cell in line.all("td")]
    assert said[0].startswith("Moved to stage 2 of 6, Published")
    assert ("vote" in said[1], said[2]) == (True, "Nothing recorded. The baton is here.")


def test_where_it_cannot_be_drawn_a_table_says_the_same(visitor, guichet):
    written = visitor.get("/en/reports/report.md?to=2026-ie").text

    assert "| Proposal | FR 2022 H1 | CZ 2022 H2 | IE 2026 H2 |" in written
    assert "| [Titre de guichet](http://testserver/en/proposals/guichet) | **2** | +1 | – |" in written


def test_a_claim_leads_to_its_source_by_number(visitor, guichet):
    sheet = read(visitor.get("/en/reports")).one(class_="sheet")

    assert sheet.one(id="s1").words.startswith("[1] Rapport | des *communs*")
    assert any("Supports: France; 21 Jun 2022" in item.words and "1" in item.words for item in sheet.all("li"))


def test_htmx_gets_what_was_selected_alone(visitor, guichet):
    answer = visitor.get("/en/reports?proposal=guichet", headers=HTMX)

    assert (answer.status_code, answer.text.startswith("<!doctype"), read(answer).one("section", id="report") is not None) == (
        200,
        False,
        True,
    )


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("from=nowhere", "from", "“nowhere” is not in the record"),
        ("from=2026-ie&to=2022-fr", "to", "The period ends before it begins"),
        ("part=secrets", "part", "Choose one from the list"),
        ("proposal=quiet", "proposal", "“quiet” is not in the record"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(visitor, guichet, query, field, words):
    answer = visitor.get(f"/en/reports?{query}")

    page = read(answer)
    assert (answer.status_code, page.one(id=f"f-{field}-e").words) == (422, words)
    assert page.all(class_="sheet") == []


def test_in_french(visitor, guichet):
    answer = visitor.get("/fr/reports")

    assert headings(answer) == ["1 proposition sur le relais", "En bref", "Le relais", "Titre de guichet", "Sources"]


def test_nothing_that_answers_is_said(visitor, guichet):
    page = read(visitor.get("/en/reports?as_of=2001-01-01"))

    assert page.one("p", class_="empty").words == "No proposal answers this selection."


# --- files -----------------------------------------------------------------------------------------------------------


def test_as_json_in_the_shape_of_the_export(visitor, guichet, tarif):
    answer = visitor.get("/en/reports/report.json?proposal=guichet")

    document = valid(answer.content)
    assert [proposal["slug"] for proposal in document["proposals"]] == ["guichet"]
    assert answer.headers["Content-Disposition"] == 'inline; filename="relais-report-en.json"'
    assert visitor.get("/fr/reports/report.json?proposal=guichet").content == answer.content  # in no language


def test_as_lines_of_json(visitor, guichet):
    lines = [orjson.loads(line) for line in visitor.get("/en/reports/report.ndjson").content.splitlines()]

    assert [line["type"] for line in lines].count("proposal") == 1


def test_as_a_workbook(visitor, guichet):
    answer = visitor.get("/fr/reports/report.xlsx")

    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames[:3] == ["Propositions", "Changements d’étape", "Positions"]
    assert book.properties.title == "1 proposition sur le relais"


def test_as_csv_a_table_at_a_time(visitor, guichet):
    answer = visitor.get("/en/reports/timeline.csv")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer.text.splitlines()[0].startswith("\ufeffevent,title,")
    assert visitor.get("/en/reports/timeline.csv?part=stages").status_code == 404


def test_as_a_word_document_with_its_sources_as_notes(visitor, guichet):
    answer = visitor.get("/en/reports/report.docx")

    paper = Document(BytesIO(answer.content))
    assert [p.text for p in paper.paragraphs if p.style.name == "Heading 1"] == ["In short", "The relay", "Titre de guichet", "Sources"]
    notes = next(part for part in paper.part.package.iter_parts() if part.partname == "/word/endnotes.xml")
    assert b"https://rapport.test/communs" in b"".join(rel.target_ref.encode() for rel in notes.rels.values())


def test_a_word_document_says_the_relay_again_in_colours_with_small_links(visitor, guichet):
    paper = Document(BytesIO(visitor.get("/en/reports/report.docx?from=2022-fr&to=2026-ie").content))
    table = next(table for table in paper.tables if table.rows[0].cells[-1].text.startswith("IE"))
    head, line = table.rows[0], table.rows[1]
    fills = [[cell._tc.tcPr.find(qn("w:shd")) for cell in row.cells] for row in (head, line)]
    coloured = [[fill.get(qn("w:fill")) if fill is not None else "" for fill in row] for row in fills]

    assert (coloured[0][-1], set(coloured[0][:-1])) == ("FCE7BC", {"E6EFEE"})
    assert coloured[1] == [{"2": "9CC9C4", "+": "D3E7E4"}.get(cell.text[:1], "") for cell in line.cells[:-1]] + ["FCE7BC"]
    assert {run.find(qn("w:rPr")).find(qn("w:sz")).get(qn("w:val")) for run in table._tbl.iter(qn("w:r"))} == {"18"}  # halves of a point


def test_a_pdf_draws_the_relay_with_lines_that_say_how_they_are_drawn(visitor, guichet, monkeypatch):
    drawn = []
    monkeypatch.setattr(pdf, "possible", lambda: True)
    monkeypatch.setattr(pdf, "_printed", lambda page: drawn.append(page) or b"%PDF")

    assert visitor.get("/en/reports/report.pdf?from=2022-fr&to=2026-ie").content == b"%PDF"
    (page,) = drawn
    lines = re.findall(r'<svg class="ln"[^>]*><path([^>]*)>', page)
    assert page.count('<table class="relay') == 1
    assert lines
    assert [line for line in lines if ' fill="none" stroke="#' not in line] == []


def test_as_markdown_with_its_sources_as_footnotes(visitor, guichet):
    text = visitor.get("/en/reports/report.md").text

    assert text.startswith("# 1 proposal on the relay\n")
    assert "[^1]: Rapport \\| des \\*communs\\*" in text
    assert "- **Supports:** France; 21 Jun 2022 [^1]" in text


def test_full_texts_are_told_where_asked_for(visitor, guichet):
    assert "Le corps." in visitor.get("/en/reports/report.md?part=texts").text
    assert "Le corps." not in visitor.get("/en/reports/report.md").text


@pytest.mark.parametrize("path", ["report.exe", "report.json?from=nowhere", "secrets.csv", "report.json?part=secrets"])
def test_files_of_what_is_not_there_are_not_there(visitor, guichet, path):
    assert visitor.get(f"/en/reports/{path}").status_code in (404, 422)


def test_what_a_group_alone_sees_is_in_no_form(as_editor, guichet, public_affairs):
    a_proposal("quiet", public_affairs, public=False)
    an_entry("hidden", guichet, on="2022-09-02", public=False, title_en="Hidden vote", title_fr="Vote caché")

    for path in ("report.json", "report.ndjson", "report.md", "timeline.csv", "proposals.csv"):
        told = as_editor.get(f"/en/reports/{path}").text
        assert ("quiet" in told, "Hidden" in told) == (False, False)


def test_the_page_asks_as_much_for_three_proposals_as_for_one(visitor, engine, guichet, social_tech):
    with counted(engine) as one:
        visitor.get("/en/reports?from=2022-fr")
    for slug in ("second", "third"):
        a_proposal(slug, social_tech)
    with counted(engine) as three:
        visitor.get("/en/reports?from=2022-fr")

    assert len(one) == len(three)
