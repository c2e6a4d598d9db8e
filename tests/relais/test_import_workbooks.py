"""Excel workbooks as offices write them, and those that are meant to do harm."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from relais.errors import Invalid
from relais.imports import xlsx_file


def workbook(*rows, sheets=("Feuille",)):
    book = Workbook()
    for name in sheets[:-1]:
        book.create_sheet(name, 0)
    for row in rows:
        book[sheets[-1]].append(row) if sheets[-1] in book.sheetnames else book.worksheets[-1].append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def changed(content, name, make):
    """The same workbook with one part made anew."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, make(old.read(part)) if part.filename == name else old.read(part))
    return kept.getvalue()


def test_cells_are_read_as_somebody_would_type_them():
    content = workbook(["id", "date", "nombre", "oui"], [1, date(2022, 6, 21), 2.5, True], [None, None], [3.0, "2022-S1", "=1+1", "x"])

    assert list(xlsx_file.lines(content)) == [
        (1, ["id", "date", "nombre", "oui"]), (2, ["1", "2022-06-21", "2.5", "True"]), (4, ["3", "2022-S1", "", "x"]),
    ]  # fmt: skip


def test_the_first_sheet_that_holds_anything_is_read():
    assert list(xlsx_file.lines(workbook(["titre"], ["Un"], sheets=("Vide", "Feuille")))) == [(1, ["titre"]), (2, ["Un"])]


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda _: b"PK\x03\x04 broken", "This is not an Excel workbook"),
        (lambda _: b"id;titre\n1;Un\n", "This is not an Excel workbook"),
        (lambda content: changed(content, SHEET, lambda _: b"0" * 60_000_000), "This workbook is too large once unpacked"),
        (lambda content: changed(content, SHEET, lambda part: ENTITY + part), "This workbook is not one an office writes"),
        (lambda content: changed(content, SHEET, lambda part: part[:400]), "This Excel workbook is damaged"),
    ],
)
def test_what_is_no_workbook_or_a_bomb_is_refused(spoil, why):
    content = spoil(workbook(["titre"], *(["Un"] for _ in range(50))))

    with pytest.raises(Invalid) as refused:
        list(xlsx_file.lines(content))

    assert str(refused.value) == why
