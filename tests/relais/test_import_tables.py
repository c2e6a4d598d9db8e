"""Tables as people have them, read into rows: whatever their letters, their separators, their headings and their language."""

import pytest

from models.imports import Kind
from relais.errors import Invalid
from relais.i18n import LANGUAGES, say
from relais.imports import csv_file, fields, tables
from relais.imports.readers import READERS
from relais.imports.rows import How, Row

FRENCH = "Identifiant;Titre;Texte;Thématiques;Étape\nA1;Guichet unique;Un seul guichet, partout ;numérique|accès;Publiée\n"
COLUMNS = {"Identifiant": "id", "Titre": "title", "Texte": "body", "Thématiques": "themes", "Étape": "stage"}
ROW = Row(Kind.PROPOSAL, "A1", "2", {
    "language": "fr", "title": "Guichet unique", "body": "Un seul guichet, partout", "themes": ["numérique", "accès"], "stage": "published",
})  # fmt: skip


def read(content, **how):
    return list(READERS["csv"].read(content, How(**how)))


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_is_read_whatever_its_letters_and_separators(letters, separator):
    text = FRENCH.replace("guichet, partout", '"guichet", partout')
    lines = [line.split(";") for line in text.splitlines()]
    quoted = "\r\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)

    (row,) = read(quoted.encode(letters), kind=Kind.PROPOSAL, columns=COLUMNS)

    assert row.values == {**ROW.values, "body": 'Un seul "guichet", partout'}


def test_a_row_knows_the_line_it_begins_at():
    told = read(b'title;body\nOne;"two\nlines"\n\nThree;\n', kind=Kind.PROPOSAL, columns={"title": "title", "body": "body"})

    assert [(row.where, row.values["title"]) for row in told] == [("2", "One"), ("5", "Three")]


def test_the_same_line_without_an_id_is_the_same_row_and_another_is_another():
    first, again, other = read(b"title\nOne\nOne\nTwo\n", kind=Kind.PROPOSAL, columns={"title": "title"})

    assert first.external_id == again.external_id
    assert first.external_id != other.external_id


def test_columns_are_guessed_from_french_and_english_headings():
    headings = tables.head(csv_file.lines(FRENCH.encode()))

    assert (fields.likely(list(headings)), fields.guessed(Kind.PROPOSAL, list(headings))) == (Kind.PROPOSAL, COLUMNS)
    assert headings["Titre"] == ["Guichet unique"]
    english = ["Country", "Proposal", "Stance", "Date", "Source URL"]
    assert fields.likely(english) is Kind.POSITION
    assert fields.guessed(Kind.POSITION, english) == {
        "Country": "actor", "Proposal": "proposal", "Stance": "stance", "Date": "on", "Source URL": "source_url",
    }  # fmt: skip


@pytest.mark.parametrize("kind", fields.FIELDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_is_guessed_from_what_its_field_is_called_on_the_page(kind, language):
    labels = {say(language, field.label): field.name for field in fields.FIELDS[kind]}

    assert fields.guessed(kind, list(labels)) == labels


def test_choices_are_read_in_both_languages_and_notes_go_to_the_language_of_the_table():
    content = "proposition;pays;avis;note;source\nguichet;France;Soutient avec réserves;À revoir;https://example.org/a\n".encode()

    (row,) = read(
        content,
        kind=Kind.POSITION,
        columns={"proposition": "proposal", "pays": "actor", "avis": "stance", "note": "note", "source": "source_url"},
    )

    assert row.values == {
        "proposal": "guichet", "actor": "France", "stance": "supports_with_reservations", "note_fr": "À revoir",
        "citations": [{"source_url": "https://example.org/a", "source_title": "https://example.org/a"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "This table is empty"),
        (b"PK\x03\x04\0\0\0\0", "This is not a table: it holds signs no text has"),
        (b"a;" * 300, "A table may have at most 200 columns"),
        (b'title\n"' + b"x" * 200_000, "Line 2 cannot be read: a quotation mark is not closed, or a cell is too long"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content, why):
    with pytest.raises(Invalid) as refused:
        read(content, kind=Kind.PROPOSAL, columns={"title": "title"})
    assert str(refused.value) == why
