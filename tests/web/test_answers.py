"""What came of a proposal: said of an act on the record, to be checked until an editor confirms it, and taken back."""

import pytest

from models import EntryProposal, Event
from tests.exported import exported
from tests.public_record import a_proposal, a_source, an_entry
from tests.web.filling import kept, rows, wrong
from tests.web.reading import read

NEW = "/en/proposals/guichet-unique/answers/new"
PARTLY = {"entry": "edic", "extent": "partly", "words_en": "A one-stop shop among its activities; no budget."}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_source("decision", publisher="Commission")
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def edic(guichet):
    """The decision is on the record, and concerns nothing yet."""
    return an_entry("edic", on="2025-10-29", kind="decision", title_en="The EDIC is set up", citations=[{"source": "decision"}])


def links():
    return [(row.proposal_id, row.lead, row.rejected, row.extent, row.extent_en) for row in rows(EntryProposal)]


def shown(client):
    return [section.one("ul").words for section in read(client.get("/en/proposals/guichet-unique")).all("section", id="answers")]


def on_the_relay(client):
    return read(client.get("/en/")).one("tr", id="line-guichet-unique").one("span", class_="st").words


def test_an_editor_says_what_came_of_it_and_it_is_to_check(as_editor, visitor, guichet, edic, editor):
    answer = as_editor.post(NEW, data=PARTLY)

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/proposals/guichet-unique#answers")
    assert links() == [(guichet.id, True, False, "partly", PARTLY["words_en"])]
    assert (rows(Event)[-1].kind, rows(Event)[-1].actor_id, rows(Event)[-1].public) == ("answer_linked", editor.id, True)
    assert shown(visitor) == [
        "Answered in part, to check: The EDIC is set up, 29 Oct 2025 [1] A one-stop shop among its activities; no budget."
    ]
    assert on_the_relay(visitor) == "Published · 1 lead to check · Answered in part, to check"


def test_an_editor_confirms_it(as_editor, as_coordinator, visitor, edic):
    as_editor.post(NEW, data=PARTLY)

    as_coordinator.post("/en/proposals/guichet-unique/entries/edic/checks", data={"verdict": "confirm"})

    assert shown(visitor)[0].startswith("Answered in part: The EDIC is set up")
    assert on_the_relay(visitor).endswith(" · Answered in part")


def test_one_that_is_rejected_is_gone_and_may_be_said_again(as_editor, visitor, guichet, edic):
    as_editor.post(NEW, data=PARTLY)
    as_editor.post("/en/proposals/guichet-unique/entries/edic/checks", data={"verdict": "reject"})
    gone = shown(visitor)

    as_editor.post(NEW, data=PARTLY | {"extent": "in_name"})

    assert (gone, links()) == ([], [(guichet.id, True, False, "in_name", PARTLY["words_en"])])


def test_what_surely_concerns_it_already_is_confirmed_by_who_says_so(as_editor, visitor, guichet, editor):
    an_entry("edic", guichet, on="2025-10-29", title_en="The EDIC is set up")

    as_editor.post(NEW, data=PARTLY)

    assert (links()[0][1:4], rows(EntryProposal)[0].checker_id) == ((False, False, "partly"), editor.id)
    assert shown(visitor)[0].startswith("Answered in part: The EDIC")


def test_the_furthest_that_is_sure_is_told_on_the_relay(as_editor, visitor, guichet, edic):
    an_entry("name", guichet, on="2024-02-01")
    as_editor.post(NEW, data=PARTLY | {"entry": "name", "extent": "in_name"})
    as_editor.post(NEW, data=PARTLY | {"extent": "fully"})

    assert on_the_relay(visitor).endswith(" · Answered in name only")


def test_the_day_asked_for_decides(as_editor, visitor, edic):
    as_editor.post(NEW, data=PARTLY)

    pages = [read(visitor.get(f"/en/proposals/guichet-unique?as_of={day}")) for day in ("2025-10-28", "2025-10-29")]

    assert [len(page.all("section", id="answers")) for page in pages] == [0, 1]


def test_it_is_said_otherwise_on_what_stands(as_editor, guichet, edic):
    as_editor.post(NEW, data=PARTLY)
    page = as_editor.get(f"{NEW}?entry=edic")
    seen = kept_hidden(page)

    answer = as_editor.post(NEW, data=PARTLY | {"extent": "fully", "seen": seen})

    assert (kept(page, "extent"), kept(page, "words_en"), answer.status_code) == (["partly"], PARTLY["words_en"], 303)
    assert links() == [(guichet.id, True, False, "fully", PARTLY["words_en"])]


def test_who_saw_something_else_is_told_and_keeps_what_they_typed(as_editor, as_coordinator, guichet, edic):
    as_editor.post(NEW, data=PARTLY)

    answer = as_coordinator.post(NEW, data=PARTLY | {"extent": "fully", "words_en": "All of it."})

    assert (answer.status_code, kept(answer, "words_en"), links()[0][3]) == (409, "All of it.", "partly")
    again = as_coordinator.post(NEW, data=PARTLY | {"extent": "fully", "words_en": "All of it.", "seen": kept_hidden(answer)})
    assert (again.status_code, links()[0][3]) == (303, "fully")


def test_it_is_taken_back_and_the_lead_stays(as_editor, visitor, guichet, edic):
    as_editor.post(NEW, data=PARTLY)
    removal = "/en/proposals/guichet-unique/answers/edic/removal"
    seen = kept_hidden(as_editor.get(f"{NEW}?entry=edic"))

    answers = [as_editor.post(removal, data={"seen": value}).status_code for value in ("x", seen, seen)]

    assert (answers, links()) == ([409, 303, 404], [(guichet.id, True, False, None, "")])
    assert shown(visitor) == []
    assert "Answer taken back on" in visitor.get("/en/activity").text


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, {"entry": "Fill this in", "extent": "Fill this in"}),
        (PARTLY | {"extent": "mostly"}, {"extent": "Choose one from the list"}),
        (PARTLY | {"words_en": ""}, {"words_en": "Say what it answers and what it leaves open, in French or in English"}),
        (PARTLY | {"entry": "nowhere"}, {"entry": "Choose one from the list"}),
        (PARTLY | {"entry": "letter"}, {"entry": "Only an act, a body or a programme that is there answers a proposal"}),
        (PARTLY | {"entry": "plan"}, {"entry": "Only an act, a body or a programme that is there answers a proposal"}),
    ],
)
def test_a_wrong_answer_comes_back(as_editor, guichet, edic, body, told):
    an_entry("letter", guichet, family="advocacy", kind="letter")
    an_entry("plan", guichet, state="planned")
    before = links()

    answer = as_editor.post(NEW, data=body)

    assert (answer.status_code, wrong(answer), links()) == (422, told, before)


@pytest.mark.parametrize(("who", "status"), [("visitor", 401), ("as_stranger", 404), ("as_observer", 403), ("as_commenter", 403)])
def test_only_editors_of_the_group_say_so(request, edic, who, status):
    assert (request.getfixturevalue(who).post(NEW, data=PARTLY).status_code, links()) == (status, [])


def test_an_act_of_another_group_alone_answers_nothing_here(as_editor, edic, social_tech):
    an_entry("theirs", group_id=social_tech.id, public=False)

    assert as_editor.post(NEW, data=PARTLY | {"entry": "theirs"}).status_code == 422


def test_the_export_tells_how_far(as_editor, edic):
    as_editor.post(NEW, data=PARTLY)

    record = exported()

    told = {"lead": True, "extent": "partly", "extent_words": {"fr": "", "en": PARTLY["words_en"]}, "presidency": None}
    assert record["proposals"][0]["entries"] == [{"key": "edic"} | told]
    assert record["entries"][0]["proposals"] == [{"slug": "guichet-unique"} | told]


def kept_hidden(answer) -> str:
    (field,) = [field for field in read(answer).one("form", id="record").all("input", type="hidden") if field["name"] == "seen"]
    return field["value"] or ""
