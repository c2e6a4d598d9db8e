"""A report as tables: words in its language, sources by number; no cell of a file is a formula, dates are dates."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from relais import reports
from relais.db import reading
from relais.presidencies import calendar
from relais.reports import csv_file, tables, workbook
from relais.reports.selection import Selection
from tests.days import TODAY
from tests.public_record import a_corrected_position, a_position, a_proposal, a_source, an_actor, an_entry

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0"]


@pytest.fixture
def guichet(public_affairs):
    a_source("rapport")
    a_source("lettre")
    an_actor("france", kind="member_state", code="FR", name_fr="France", name_en="France")
    an_actor("nineteen", kind="network", size=19, name_fr="Dix-neuf États", name_en="Nineteen states")
    proposal = a_proposal("guichet", public_affairs, cites="rapport")
    a_position(proposal, "nineteen", "supports", on="2022-06-21", cites="rapport")
    return proposal


def told(language="en", **asked):
    with reading() as session:
        document = reports.document(session, Selection.model_validate(asked), calendar(session), today=TODAY)
        return {table.name: table for table in tables.of(document, language)}


def row(table, number=0):
    return dict(zip((column.name for column in table.columns), table.rows[number], strict=True))


def read_csv(table):
    return list(csv.DictReader(StringIO(csv_file.written(table).decode("utf-8-sig"), newline="")))


def opened(found):
    return load_workbook(BytesIO(workbook.written(list(found.values()), "Report", "https://relais.test/en/reports")))


def test_each_part_is_a_table_and_sources_are_named_by_number(guichet):
    a_position(guichet, "france", "opposes", on="2022-07-01", cites="lettre")
    found = told()

    assert list(found) == ["proposals", "stages", "positions", "backers", "timeline", "asks", "sources"]
    said = [(line["actor"], line["stance"], line["size"], line["sources"]) for line in (row(found["positions"], n) for n in (0, 1))]
    assert said == [("Nineteen states", "Supports", 19, "1"), ("France", "Opposes", None, "2")]
    assert [line[0:2] for line in found["sources"].rows] == [(1, "Title of rapport"), (2, "Title of lettre")]
    assert found["backers"].rows == (("France", "Opposes"), ("Nineteen states", "Supports"))


def test_what_has_no_source_says_so(guichet):
    a_position(guichet, "france")

    assert row(told()["positions"], 1)["sources"] == "no source yet"


def test_what_was_corrected_is_told_by_what_corrects_it(guichet, editor):
    first = a_position(guichet, "france", "opposes", on="2022-07-01")
    a_corrected_position(guichet, first, editor, actor="france", stance="neutral", on="2022-07-01")

    assert [line[4] for line in told()["positions"].rows] == ["Supports", "Neutral"]


def test_words_and_dates_are_those_of_the_language_and_names_of_columns_are_not(guichet):
    english, french = told("en")["stages"], told("fr")["stages"]

    assert (row(english)["to"], row(french)["to"]) == ("Published", "Publiée")
    assert (row(english)["when"], row(french)["when"]) == ("21 Jun 2022", "21 juin 2022")
    assert [column.name for column in english.columns] == [column.name for column in french.columns]
    assert (english.words, french.words) == ("Changes of stage", "Changements d’étape")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_cell_is_a_formula(guichet, hostile):
    an_entry("vote", guichet, on="2022-09-01", title_fr=hostile.strip(), title_en=hostile.strip())
    found = told()

    title = read_csv(found["timeline"])[0]["title"]
    assert title == f"'{hostile.strip()}"
    cell = next(cell for line in opened(found)["Timeline"].iter_rows(min_row=2) for cell in line if cell.value == hostile.strip())
    assert cell.data_type == "s"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_blanks_before_a_formula_do_not_hide_it(hostile):
    assert csv_file.plain(hostile) == f"'{hostile}"


def test_plain_words_and_numbers_stay_as_they_are(guichet):
    (line,) = read_csv(told()["positions"])

    assert (line["size"], line["actor"], line["first_day"]) == ("19", "Nineteen states", "2022-06-21")


def test_a_workbook_has_dates_as_dates_a_frozen_head_and_filters(guichet):
    sheet = opened(told())["Positions"]

    heads = [cell.value for cell in sheet[1]]
    first = sheet.cell(2, heads.index("First day") + 1)
    assert (first.value.date(), first.number_format) == (date(2022, 6, 21), "yyyy-mm-dd")
    assert sheet.cell(2, heads.index("Size") + 1).value == 19
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", f"A1:O{sheet.max_row}")


def test_the_same_report_is_the_same_file(guichet):
    found = told()
    first, second = (workbook.written(list(found.values()), "Report", "x") for _ in range(2))

    assert first == second


def test_a_row_of_a_workbook_is_as_high_as_its_longest_prose(guichet):
    a_position(guichet, "france", on="2022-07-01", note_en=" ".join(["many words"] * 30))
    sheet = opened(told())["Positions"]

    assert [sheet.row_dimensions[number].height for number in (2, 3)] == [None, 90]  # None: one line, as everywhere
