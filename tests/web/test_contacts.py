"""Letters, meetings and answers recorded on the page of an ask."""

import pytest

from models import Entry, EntryProposal, Task
from tests.asks import a_calendar, a_contact, a_leg
from tests.public_record import a_proposal, a_source, an_entry
from tests.web.filling import HOSTILE, kept, rows
from tests.web.reading import read

LEG = "/en/proposals/guichet-unique/legs/2026-ie"
NEW = f"{LEG}/contacts/new"
LETTER = {"kind": "letter", "on": "2026-09-01", "title_en": "A letter to the representation"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_calendar()
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def leg(guichet, editor):
    return a_leg(guichet, editor, targets=["rp-ireland"])


@pytest.fixture(autouse=True)
def _planned(leg):
    return leg


def timeline(answer):
    return [item.words for item in read(answer).one("section", id="contacts").all("li")]


def test_an_editor_records_a_letter_with_the_step_that_follows(as_editor, editor, guichet):
    step = {"step": "Call them", "assignee": str(editor.id), "due_on": "2026-12-01"}

    answer = as_editor.post(NEW, data=LETTER | step | {"actor": "rp-ireland", "notice_days": "10"})

    (entry,), (task,) = rows(Entry), rows(Task)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{LEG}#e{entry.id}")
    assert (entry.family, entry.public, entry.notice_days, task.entry_id, task.presidency) == ("advocacy", False, 10, entry.id, "2026-ie")
    page = as_editor.get(LEG)
    (line,) = timeline(page)
    assert line.startswith("1 Sept 2026 Letter · PermRep Ireland A letter to the representation no source yet Group only")
    assert "Unanswered since 11 Sept 2026 Record the answer" in line
    (link,) = [link["href"] for link in read(page).one("section", id="tasks").all("a") if link.words == "from a contact"]
    assert link == f"{LEG}#e{entry.id}"


def test_an_answer_begins_with_what_it_answers_and_ends_the_waiting(as_editor, guichet, leg, editor):
    letter = a_contact(leg, guichet, editor, actor="rp-ireland", title_en="Letter")
    form = as_editor.get(f"{NEW}?answers={letter.key}")

    typed = {name: kept(form, name) for name in ("title_en", "actor", "answers")}
    as_editor.post(NEW, data=typed | {"kind": kept(form, "kind")[0], "on": "2026-10-01"})

    assert typed == {"title_en": "Answer: Letter", "actor": "rp-ireland", "answers": letter.key}
    assert (rows(Entry)[-1].kind, rows(Entry)[-1].answers_id) == ("answer", letter.id)
    first, _ = timeline(as_editor.get(LEG))
    assert "Answered 1 Oct 2026: Answer: Letter" in first


def test_one_letter_may_be_about_several_proposals(as_editor, public_affairs):
    a_proposal("autre", public_affairs)

    as_editor.post(NEW, data=LETTER | {"also": ["autre"]})

    assert [link.presidency for link in rows(EntryProposal)] == ["2026-ie", "2026-ie"]


def test_a_letter_may_cite_its_source(as_editor):
    a_source("article")

    as_editor.post(NEW, data=LETTER | {"cite_source": "article", "public": "true"})

    page = read(as_editor.get(LEG))
    assert ("[1]" in page.one("section", id="contacts").words, "Title of article" in page.one("section", id="sources").words) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "vote"}, "kind"),
        ({"kind": "publication"}, "kind"),
        ({"on": ""}, "on"),
        ({"on": "soon"}, "on"),
        ({"title_en": " "}, "title_en"),
        ({"actor": "nobody"}, "actor"),
        ({"notice_days": "0"}, "notice_days"),
        ({"assignee": "1"}, "step"),
        ({"step": "Call", "assignee": "99"}, "assignee"),
        ({"step": "Call", "due_on": "soon"}, "due_on"),
        ({"also": ["nowhere"]}, "also"),
        ({"presidency": "2022-fr"}, "presidency"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_a_wrong_contact_is_refused_and_what_was_typed_is_kept(as_editor, typed, field, headers):
    answer = as_editor.post(NEW, data=LETTER | {"note_en": "By hand"} | typed, headers=headers)

    assert (answer.status_code, rows(Entry), rows(Task), kept(answer, "note_en")) == (422, [], [], "By hand")
    assert [link["href"] for link in read(answer).one("div", id="f-errors").all("a")] == [f"#f-{field}"]


def test_what_is_elsewhere_is_not_answered_here(as_editor, public_affairs, guichet):
    an_entry("elsewhere", a_proposal("autre", public_affairs), family="advocacy", kind="letter")

    asked = [as_editor.get(f"{NEW}?answers={key}").status_code for key in ("elsewhere", "nowhere")]
    posted = as_editor.post(NEW, data=LETTER | {"answers": "elsewhere"}).status_code

    assert (asked, posted) == ([404, 404], 404)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_nothing_written_acts_on_the_page(as_editor, words):
    as_editor.post(NEW, data=LETTER | {"title_en": words, "outcome_en": words, "note_en": words})

    assert timeline(as_editor.get(LEG))[0].count(" ".join(words.split())) >= 3


def test_a_public_contact_is_read_by_all_where_its_ask_is(as_editor, visitor, leg, guichet, editor):
    as_editor.post(NEW, data=LETTER | {"public": "true"})
    as_editor.post(NEW, data=LETTER | {"title_en": "Kept letter"})
    as_editor.post(f"{LEG}/edit", data={"ask_en": "Back it", "public": "true", "version": "1"})

    assert timeline(visitor.get(LEG)) == ["1 Sept 2026 Letter A letter to the representation no source yet"]


def test_a_corrected_contact_is_seen_where_it_was_and_keeps_its_answer(as_editor, leg, guichet, editor):
    letter = a_contact(leg, guichet, editor, actor="rp-ireland", notice_days=10)
    a_contact(leg, guichet, editor, "2026-09-20", kind="answer", title_en="Their answer", answers=letter)
    form = as_editor.get(f"/en/entries/{letter.key}/edit")
    typed = {name: kept(form, name) for name in ("kind", "actor", "notice_days", "on")} | {"public": "false", "title_en": "A longer letter"}

    answer = as_editor.post(f"/en/entries/{letter.key}/edit", data=typed)

    now = rows(Entry)[-1]
    assert (answer.status_code, answer.headers["location"]) == (303, f"{LEG}#e{now.id}")
    assert (now.title_en, now.actor_id, now.notice_days, now.public) == ("A longer letter", letter.actor_id, 10, False)
    first, _ = timeline(as_editor.get(LEG))
    assert ("A longer letter" in first, "Answered 20 Sept 2026: Their answer" in first) == (True, True)
