"""What was said of a proposal over time: by one actor, and by all between two days."""

import pytest

from relais import texts
from relais.db import writing
from relais.texts import TextForm
from tests.days import NOW
from tests.public_record import a_corrected_position, a_position, a_presidency, a_proposal, a_source, the_states
from tests.web.reading import read, rows

PAGE = "/en/proposals/guichet/positions"


@pytest.fixture
def guichet(public_affairs):
    a_source("decision")
    a_source("report")
    the_states()
    for slug, first, last, state in (
        ("2022-fr", "2022-01-01", "2022-06-30", "france"),
        ("2022-cz", "2022-07-01", "2022-12-31", "czechia"),
        ("2023-se", "2023-01-01", "2023-06-30", "sweden"),
    ):
        a_presidency(slug, first, last, state=state)
    return a_proposal("guichet", public_affairs, on="2022-01-10")


def test_history_tells_what_each_position_changed_the_newest_first(visitor, guichet, editor):
    a_position(guichet, "france", "supports", on="2022-02-07", cites="report")
    a_position(guichet, "france", "supports", on="2022-06-21")
    wrong = a_position(guichet, "france", "opposes", on="2022-08-01")
    a_corrected_position(guichet, wrong, editor, actor="france", stance="neutral", on="2022-08-01", note_en="It took it back.")
    a_position(guichet, "spain", "supports", on="2022-08-01")

    page = read(visitor.get(f"{PAGE}/france"))

    assert [row[:3] for row in rows(page)] == [
        ["1 Aug 2022 2022 H2", "Neutral stands It took it back.", "withdrawn before: supports"],
        ["1 Aug 2022 2022 H2", "Opposes", "corrected since"],
        ["21 Jun 2022 2022 H1", "Supports", "confirmed"],
        ["7 Feb 2022 2022 H1", "Supports", "first position"],
    ]
    then = [row[1] for row in rows(read(visitor.get(f"{PAGE}/france?as_of=2022-07-01")))]
    assert then == ["Supports stands", "Supports"]


def test_the_proposal_and_its_coalition_say_what_was_confirmed_withdrawn_or_turned(visitor, guichet):
    for state, later in (("france", "supports"), ("spain", "neutral"), ("malta", "opposes"), ("italy", "supports_with_reservations")):
        a_position(guichet, state, "supports", on="2022-02-07")
        a_position(guichet, state, later, on="2022-06-21")

    backers = rows(read(visitor.get("/en/proposals/guichet")).one("section", id="backers").all("table")[0])
    coalition = [item.words for item in read(visitor.get(PAGE)).one("section", labelled="h-states").all("li")]

    assert [row[:2] for row in backers] == [
        ["France", "Supports confirmed"],
        ["Italy", "Supports with reservations"],
        ["Malta", "Opposes changed sides"],
        ["Spain", "Neutral withdrawn"],
    ]
    assert [item.split(" 21")[0] for item in coalition] == [
        "France supports confirmed",
        "Italy supports with reservations",
        "Malta opposes changed sides",
        "Spain neutral withdrawn",
    ]


def test_a_position_on_an_older_text_says_so(visitor, guichet, editor):
    a_position(guichet, "france", "supports", on="2022-02-07")
    with writing() as session:
        newer = TextForm(title="Titre de guichet", summary="Autre chose.", body="Le *corps*.")
        texts.save(session, guichet, "fr", newer, base=1, by=editor, now=NOW)

    pages = [read(visitor.get(address)).one("main").words for address in (PAGE, f"{PAGE}/france", f"{PAGE}/changes?from=2022-01-01")]

    assert ["given on an older text" in page for page in pages] == [True, True, True]


def test_of_an_actor_that_said_nothing_the_page_says_that_this_is_no_position(visitor, guichet):
    page = read(visitor.get(f"{PAGE}/malta"))

    assert page.one("div", class_="empty").one("h2").words == "No position is recorded"
    assert [visitor.get(f"{PAGE}/{who}").status_code for who in ("malta", "atlantis")] == [200, 404]


def test_an_editor_confirms_or_withdraws_a_position_in_one_form(as_editor, visitor, guichet):
    a_position(guichet, "france", "supports", on="2022-02-07")
    links = {link.words: link["href"] for link in read(as_editor.get(f"{PAGE}/france")).all("a", class_="btn")}

    again = read(as_editor.get(links["Record that it still holds"]))
    gone = read(as_editor.get(links["Record that it was withdrawn"]))

    assert [option["value"] for option in again.one("select", id="f-actor").all("option") if "selected" in option.attributes] == ["france"]
    chosen = [[box["value"] for box in form.all("input", name="stance") if "checked" in box.attributes] for form in (again, gone)]
    assert chosen == [["supports"], ["neutral"]]
    assert "btn" not in read(visitor.get(f"{PAGE}/france")).one("main").words
    answer = as_editor.post(f"{PAGE}/new", data={"actor": "france", "stance": "supports", "on": "2022-09-01"})
    assert (answer.status_code, rows(read(visitor.get(f"{PAGE}/france")))[0][1:3]) == (303, ["Supports stands", "confirmed"])


def test_what_changed_between_two_days_in_order(visitor, guichet):
    a_position(guichet, "france", "supports", on="2022-02-07")
    a_position(guichet, "france", "opposes", on="2022-07-02")
    a_position(guichet, "spain", "supports", on="2022-12-31")
    a_position(guichet, "malta", "supports", on="2023-01-01")
    a_position(guichet, "italy", "neutral")

    page = read(visitor.get(f"{PAGE}/changes?from=2022-06-30&to=2022-12-31"))

    assert [row[:4] for row in rows(page)] == [
        ["France", "2 Jul 2022", "Opposes stands", "changed sides before: supports"],
        ["Spain", "31 Dec 2022", "Supports stands", "first position"],
    ]
    assert "1 position has no date and is in no such time." in page.one("main").words
    links = {link.words: link["href"] for link in page.one("nav", class_="small").all("a")}
    assert links["CZ 2022 H2"] == f"{PAGE}/changes?from=2022-06-30&to=2022-12-31"


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("from=soon", "from", "Write a day such as 2022-07-01"),
        ("to=2022-02-31", "to", "Write a day such as 2022-07-01"),
        ("from=2022-02-02&to=2022-02-01", "to", "This ends before it begins"),
    ],
)
def test_days_that_make_no_sense_are_told_beside_the_field(visitor, guichet, query, field, message):
    answer = visitor.get(f"{PAGE}/changes?{query}")

    page = read(answer)
    assert (answer.status_code, page.one(id=f"f-{field}-e").words) == (422, message)
    assert page.one("title").words.startswith("Error: ")
