"""Files imported on the pages of a group: brought, read another way, looked at, applied and undone."""

import io

import pytest
from openpyxl import Workbook
from sqlmodel import col, select

from models import Import, Proposal
from relais.db import reading
from tests.days import NOW
from tests.public_record import counted
from tests.relais.importing import applied, brought
from tests.web.reading import read

HOME = "/en/groups/european-public-affairs/imports"
TABLE = "id;titre;thème\n1;Guichet unique;\n2;Communs;nowhere\n"


def bring(client, content, name="Liste.csv", **typed):
    return client.post(f"{HOME}/new", data={"language": "fr", **typed}, files={"file": (name, content)})


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def chosen(select):
    return next((one["value"] for one in select.all("option") if "selected" in one.attributes), "")


def how(page):
    """The form that says how the file is read, as it stands."""
    return {
        "version": page.all("input", name="version")[0]["value"],
        "origin": page.one("input", name="origin")["value"],
        "kind": chosen(page.one("select", name="kind")),
        "language": "fr",
        "columns": [chosen(select) for select in page.all("select", name="columns")],
    }


# --- brought -----------------------------------------------------------------------------------------------------------


def test_a_file_is_brought_and_shown_with_what_it_would_bring(as_coordinator):
    answer = bring(as_coordinator, TABLE)

    assert (answer.status_code, answer.headers["Location"]) == (303, f"{HOME}/1")
    page = read(as_coordinator.get(f"{HOME}/1"))
    assert how(page) == {"version": "1", "origin": "Liste", "kind": "proposals", "language": "fr", "columns": ["id", "title", "themes"]}
    assert [line.words for line in page.one("section", labelled="h-preview").all("li")] == [
        "1 proposal",
        "1 row refused",
        "2 Guichet unique",
    ]
    refused = page.one("section", labelled="h-preview").one("tbody")
    assert [cell.words for cell in refused.one("tr").inside if hasattr(cell, "words")] == ["3", "Themes", "There is no theme “nowhere”"]
    assert rows(Proposal) == []


def test_a_workbook_comes_the_same_way(as_coordinator):
    book, kept = Workbook(), io.BytesIO()
    book.active.append(["Titre"])
    book.active.append(["Guichet unique"])
    book.save(kept)

    bring(as_coordinator, kept.getvalue(), "Liste.xlsx")

    assert read(as_coordinator.get(f"{HOME}/1")).one("section", labelled="h-preview").all("li")[0].words == "1 proposal"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("", b"", "This file is empty"),
        ("a.csv", b"", "This file is empty"),
        ("a.xlsx", b"no zip", "This is not an Excel workbook"),
        ("a.pdf", b"%PDF", "This kind of file is not read here. Those are: .csv .jsonl"),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_file(as_coordinator, name, content, why):
    answer = bring(as_coordinator, content, name)

    assert (answer.status_code, rows(Import)) == (422, [])
    told = read(answer).one("p", class_="errmsg").words.replace(",", "")
    assert told.startswith(why)


def test_a_file_may_be_larger_than_other_requests_but_not_without_end(as_coordinator):
    row = f"{'x' * 100};;\n"

    assert bring(as_coordinator, "id;titre;texte\n" + row * 20_000).status_code == 303
    assert bring(as_coordinator, row * 100_000).status_code == 413
    assert as_coordinator.post(f"{HOME}/1", content=b"x" * 1_000_001).status_code == 413


# --- read another way --------------------------------------------------------------------------------------------------


def test_what_the_columns_are_is_corrected_and_nothing_typed_is_lost(as_coordinator):
    bring(as_coordinator, "a;b\nUn;Deux\n")
    typed = how(read(as_coordinator.get(f"{HOME}/1"))) | {"kind": "proposals", "origin": "Ailleurs"}
    as_coordinator.post(f"{HOME}/1", data=typed)
    typed |= {"version": "2", "columns": ["", "title"], "public": "true"}

    assert as_coordinator.post(f"{HOME}/1", data=typed).headers["Location"] == f"{HOME}/1#preview"

    page = read(as_coordinator.get(f"{HOME}/1"))
    assert how(page) == {"version": "3", "origin": "Ailleurs", "kind": "proposals", "language": "fr", "columns": ["", "title"]}
    assert page.one("section", labelled="h-preview").one("ol").words == "2 Deux"
    twice = as_coordinator.post(f"{HOME}/1", data=typed | {"version": "3", "columns": ["title", "title"], "origin": "Typed"})
    shown = read(twice)
    assert (twice.status_code, how(shown)["origin"], how(shown)["columns"]) == (422, "Typed", ["title", "title"])
    assert shown.one("p", class_="errmsg").words == "“a” and “b” cannot both be the same field"
    stale = as_coordinator.post(f"{HOME}/1", data=typed | {"version": "1"})
    assert (stale.status_code, "Somebody changed this in between" in stale.text) == (409, True)


# --- applied and undone --------------------------------------------------------------------------------------------------


def test_refused_rows_are_left_out_only_when_somebody_says_so(as_coordinator):
    bring(as_coordinator, TABLE)

    no = as_coordinator.post(f"{HOME}/1/application", data={"version": "1"})
    assert (no.status_code, rows(Proposal), "Some rows are refused" in read(no).one("div", role="alert").words) == (409, [], True)

    yes = as_coordinator.post(f"{HOME}/1/application", data={"version": "1", "leave_out": "true"})
    assert (yes.headers["Location"], [row.slug for row in rows(Proposal)]) == (f"{HOME}/1", ["guichet-unique"])
    page = read(as_coordinator.get(f"{HOME}/1"))
    assert [line.words for line in page.one("main").all("li") if line.words[0].isdigit()] == ["1 proposal", "1 row refused"]
    assert "There is no theme “nowhere”" in page.one("section", labelled="h-refused").words


def test_it_is_undone_with_a_press_and_says_so(as_coordinator):
    bring(as_coordinator, "titre\nGuichet unique\n")
    as_coordinator.post(f"{HOME}/1/application", data={"version": "1"})

    answer = as_coordinator.post(f"{HOME}/1/reversal", data={"version": "2"})

    assert (answer.headers["Location"], [row.stage.value for row in rows(Proposal)]) == (f"{HOME}/1", ["dropped"])
    page = read(as_coordinator.get(f"{HOME}/1"))
    assert ("undone" in page.one("p", class_="lead").words, page.all("section", labelled="h-undo")) == (True, [])
    assert as_coordinator.post(f"{HOME}/1/reversal", data={"version": "3"}).status_code == 409


def test_a_file_is_thrown_away(as_coordinator):
    bring(as_coordinator, "titre\nGuichet unique\n")

    assert as_coordinator.post(f"{HOME}/1/removal", data={"version": "1"}).headers["Location"] == HOME
    assert (rows(Import), as_coordinator.get(f"{HOME}/1").status_code) == ([], 404)


def test_what_takes_too_long_is_left_to_the_command_line(as_coordinator):
    bring(as_coordinator, "titre\n" + "".join(f"Titre {number}\n" for number in range(3_001)))

    page = read(as_coordinator.get(f"{HOME}/1"))

    assert page.all("form", action=f"{HOME}/1/application") == []
    assert "python -m relais import" in page.one("section", labelled="h-preview").words
    assert as_coordinator.post(f"{HOME}/1/application", data={"version": "1"}).status_code == 409
    assert rows(Proposal) == []


# --- the list --------------------------------------------------------------------------------------------------------------


def test_the_list_tells_who_when_and_what_in_the_same_number_of_queries(engine, as_coordinator, coordinator, public_affairs):
    applied(public_affairs, coordinator, brought(public_affairs, coordinator, TABLE, "Un.csv"), leave_out=True)
    with counted(engine) as one:
        as_coordinator.get(HOME)
    brought(public_affairs, coordinator, TABLE, "Deux.csv")
    brought(public_affairs, coordinator, TABLE, "Trois.csv")

    with counted(engine) as three:
        page = read(as_coordinator.get(HOME))

    assert len(one) == len(three)
    told = [row.words for row in page.one("tbody").all("tr")]
    assert [line.split()[0] for line in told] == ["Trois.csv", "Deux.csv", "Un.csv"]
    assert ("Not imported yet" in told[0], "1 proposal · 1 row refused" in told[2], "Claire Martin" in told[2]) == (True, True, True)
    assert NOW.strftime("%b") in told[2]


def test_the_group_says_so_to_its_coordinators_alone(as_coordinator, as_editor):
    group = "/en/groups/european-public-affairs"

    assert (f'href="{HOME}"' in as_coordinator.get(group).text, f'href="{HOME}"' in as_editor.get(group).text) == (True, False)
