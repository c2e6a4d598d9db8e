"""`python -m relais import`: told first, then done, whole or not at all."""

import pytest
from sqlmodel import col, select

from models import Proposal
from relais.db import reading

WHOSE = ("--group", "european-public-affairs", "--by", "claire@relais.test")


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "Propositions.csv"
    file.write_text("id;titre\n1;Guichet unique\n2;Communs\n", "utf-8")
    return file


def slugs():
    with reading() as session:
        return [row.slug for row in session.exec(select(Proposal).order_by(col(Proposal.id)))]


def test_a_dry_run_tells_and_makes_nothing_and_the_second_import_knows_what_the_first_brought(relais, engine, coordinator, table):
    would = relais("import", str(table), *WHOSE, "--dry-run")
    before = slugs()
    done = relais("import", str(table), *WHOSE)
    again = relais("import", str(table), *WHOSE)

    counts = "2 new (2 proposals), 0 known already, 0 known, and left as they are, 0 refused\n"
    assert (would, before, done) == ((0, f"Would import: {counts}", ""), [], (0, f"Imported: {counts}", ""))
    assert again == (0, "Imported: 0 new, 2 known already, 0 known, and left as they are, 0 refused\n", "")
    assert slugs() == ["guichet-unique", "communs"]


def test_refused_rows_stop_it_until_they_are_left_out(relais, engine, coordinator, table):
    table.write_text("id;titre\n1;Guichet unique\n2;" + "x" * 161 + "\n", "utf-8")

    code, out, err = relais("import", str(table), *WHOSE)
    assert (code, out, slugs()) == (2, "", [])
    assert err == (
        "3, title: At most 160 characters\nrelais: Nothing was imported: 1 new (1 proposals), 0 known already, 0 known, and left as they"
        " are, 1 refused. Mend the file, or leave those rows out with --leave-out\n"
    )

    assert relais("import", str(table), *WHOSE, "--leave-out")[0] == 0
    assert slugs() == ["guichet-unique"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--group", "nowhere", "--by", "claire@relais.test"), "There is no group “nowhere”. There are: european-public-affairs"),
        (("--group", "european-public-affairs", "--by", "a@b.fr"), "Nobody has this address. Invite them first: python -m relais invite"),
        ((*WHOSE, "--form", "odt"), "There is no form “odt”. There are: csv, xlsx, platforms, json-lines, arguments, procedures"),
        ((*WHOSE, "--kind", "sources"), "No table is read as sources. Those are: proposals, actors, positions, entries, comments"),
    ],
)
def test_what_is_asked_wrongly_is_told_in_one_line(relais, engine, coordinator, table, words, why):
    assert relais("import", str(table), *words) == (2, "", f"relais: {why}\n")
