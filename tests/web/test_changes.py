"""What changed between two days and between two snapshots, at the HTML door: asked for, shown, and taken away."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from models import Snapshot
from tests.asks import a_calendar
from tests.public_record import a_position, a_proposal, a_source, an_entry
from tests.web.filling import kept, rows, wrong
from tests.web.reading import read

PAGE = "/en/reports/changes"
DAYS = "?proposal=guichet&since=2022-06-01&until=2022-12-31"


@pytest.fixture
def guichet(public_affairs):
    a_calendar()
    a_source("rapport", title="Rapport")
    proposal = a_proposal("guichet", public_affairs, on="2022-01-10", cites="rapport")
    a_position(proposal, "france", on="2022-06-21", cites="rapport")
    an_entry("vote", proposal, on="2022-09-01")
    return proposal


def lines(answer):
    return [item.words for found in read(answer).all(class_="sheet") for item in found.all("li") if not item["id"]]


def test_the_report_leads_to_it_and_it_asks_for_the_days(visitor, guichet):
    links = [link["href"] for link in read(visitor.get("/en/reports?proposal=guichet")).all("a")]
    answer = visitor.get(f"{PAGE}?proposal=guichet")

    assert f"{PAGE}?proposal=guichet" in links
    assert (answer.status_code, kept(answer, "since"), lines(answer)) == (200, "", [])
    assert read(answer).one("input", name="proposal")["value"] == "guichet"


def test_it_shows_what_came_between_the_days(visitor, guichet):
    answer = visitor.get(PAGE + DAYS)

    assert lines(answer) == [
        "Position, added: France: Supports (21 Jun 2022) [1]",
        "Event, added: Vote vote: Done (1 Sept 2022)",
    ]
    assert "1 June 2022 → 31 December 2022" in read(answer).one(class_="sheet").words
    assert visitor.get(f"/fr/reports/changes{DAYS}").status_code == 200


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("since=soon", "since", "Write a day such as 2022-07-01"),
        ("until=2022-12-31", "since", "Fill this in"),
        ("since=2022-12-31&until=2022-06-01", "since", "Choose a day before the other, and before today"),
        ("since=2999-01-01", "since", "Choose a day before the other, and before today"),
    ],
)
def test_days_that_are_no_span_are_said_beside_their_field(visitor, guichet, query, field, words):
    answer = visitor.get(f"{PAGE}?{query}")

    assert (answer.status_code, wrong(answer)) == (422, {field: words})


def test_in_every_form(visitor, guichet):
    files = {form: visitor.get(f"{PAGE}.{form}{DAYS}") for form in ("json", "csv", "xlsx", "md", "docx")}

    assert {answer.status_code for answer in files.values()} == {200}
    told = files["json"].json()
    assert (told["schema"], told["before"]["as_of"], [one["slug"] for one in told["proposals"]]) == (
        "relais-changes-1", "2022-06-01", ["guichet"],
    )  # fmt: skip
    assert files["csv"].text.splitlines()[1].startswith("guichet,Position,added,France,")
    assert load_workbook(BytesIO(files["xlsx"].content)).sheetnames == ["Changes", "Sources"]
    assert "**Position, added:" in files["md"].text
    assert any("France" in part.text for part in Document(BytesIO(files["docx"].content)).paragraphs)
    assert [visitor.get(f"{PAGE}.{form}{DAYS}").status_code for form in ("ndjson", "exe")] == [404, 404]
    assert visitor.get(f"{PAGE}.json").status_code == 404


def test_two_snapshots_are_compared(visitor, as_editor, guichet):
    as_editor.post("/en/reports/snapshots/new", data={"title": "First"})
    a_position(guichet, "france", "opposes", on="2022-10-01")
    as_editor.post("/en/reports/snapshots/new", data={"title": "Second"})
    first, second = (row.key for row in rows(Snapshot))

    query = f"?first={first}&second={second}"
    answer = visitor.get(f"/en/reports/snapshots/compare{query}")

    assert (answer.status_code, kept(answer, "first"), lines(answer)) == (
        200, first, ["Position, added: France: Opposes (1 Oct 2022)"],
    )  # fmt: skip
    assert visitor.get(f"/en/reports/snapshots/compare.json{query}").json()["proposals"][0]["slug"] == "guichet"
    assert "Nothing changed in it." in visitor.get(f"/en/reports/snapshots/compare?first={first}&second={first}").text
    assert visitor.get(f"/en/reports/snapshots/compare?first={first}&second=nowhere").status_code == 404
