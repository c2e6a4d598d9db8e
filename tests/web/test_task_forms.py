"""Next steps: added with their fields, changed and removed by who may."""

import pytest

from models import Event, Task
from relais import tasks
from relais.db import writing
from tests.days import NOW
from tests.public_record import a_comment, a_presidency, a_proposal, a_source, an_actor
from tests.steps import a_task
from tests.web.filling import HOSTILE, NEVER_TYPED, rows
from tests.web.reading import read

PAGE = "/en/proposals/guichet-unique"
NEW = f"{PAGE}/tasks/new"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def task(guichet, commenter):
    return a_task(guichet, commenter)


# --- adding -----------------------------------------------------------------------------------------------------------


def test_a_commenter_adds_a_step(as_commenter, commenter, editor, visitor):
    an_actor("state", code="LT", name_en="Lithuania")
    a_source("decision")
    a_presidency("2027-lt", "2027-01-01", "2027-06-30")
    typed = {"text": "Brief Lithuania", "assignee": str(editor.id), "due_on": "2026-12-08", "leg": "2027-lt"}

    answer = as_commenter.post(NEW, data=typed)

    (task,), event = rows(Task), rows(Event)[-1]
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#task-{task.id}")
    assert (event.kind, event.subject_id, event.actor_id, event.public) == ("task_added", str(task.id), commenter.id, False)
    line = read(as_commenter.get(PAGE)).one("li", id=f"task-{task.id}")
    assert line.one("label").words == "Brief Lithuania"
    assert line.one("p", class_="meta").words == "Emil Novák 8 Dec 2026 Lithuania 2027 H1"


def test_to_htmx_the_list_is_given_and_announced(as_commenter):
    answer = as_commenter.post(NEW, data={"text": "Write", "inline": "true"}, headers=HTMX)

    page = read(answer)
    assert ("<html" in answer.text, page.one("div", id="steps")["data-announce"], page.one("label").words) == (False, "Step added", "Write")


def test_oneself_stands_first_among_those_it_may_be_for(as_commenter, coordinator, editor, observer, commenter, stranger):
    page = read(as_commenter.get(NEW))

    (who,) = page.all("select", name="assignee")
    assert [option.words for option in who.all("option")] == [
        "Nobody yet", "Chiara Conti (you)", "Claire Martin", "Emil Novák", "Oskar Berg",
    ]  # fmt: skip


def test_who_chose_no_name_is_told_by_role_and_day_and_never_by_address(as_commenter, editor):
    with writing() as session:
        session.merge(editor).name = ""

    page = as_commenter.get(NEW).text

    assert ("Editor since 23 Nov 2026, no name chosen" in page, "emil@" in page) == (True, False)


def test_the_current_presidency_and_the_next_stand_first(as_commenter):
    an_actor("state", code="IE", name_en="Ireland")
    a_source("decision")
    for slug, starts, ends in (
        ("2022-fr", "2022-01-01", "2022-06-30"), ("2026-ie", "2026-07-01", "2026-12-31"), ("2027-lt", "2027-01-01", "2027-06-30"),
        ("2027-el", "2027-07-01", "2027-12-31"),
    ):  # fmt: skip
        a_presidency(slug, starts, ends)

    groups = read(as_commenter.get(NEW)).one("select", name="leg").all("optgroup")

    assert [(group["label"], [option["value"] for option in group.all("option")]) for group in groups] == [
        ("Current and next", ["2026-ie", "2027-lt"]), ("Later", ["2027-el"]), ("Earlier", ["2022-fr"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        {"text": ""},
        {"text": " \n "},
        {},
        {"text": "x" * 501},
        *({"text": words} for words in NEVER_TYPED.values()),
        {"text": "Write", "due_on": "soon"},
        {"text": "Write", "assignee": "99"},
        {"text": "Write", "assignee": "x"},
        {"text": "Write", "leg": "2099-xx"},
        {"text": "Write", "author_id": "1"},
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_wrong_step_is_refused_and_what_was_typed_is_kept(as_commenter, typed, headers):
    answer = as_commenter.post(NEW, data=typed | {"inline": "true"}, headers=headers)

    page = read(answer)
    assert (answer.status_code, "<html" in answer.text, rows(Task)) == (422, not headers, [])
    assert [notice["role"] for notice in page.all("div", class_="err")] == ["alert"]
    assert "".join(page.one("textarea", name="text").inside).removeprefix("\n") == typed.get("text", "")


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_nothing_written_acts_on_the_page(as_commenter, guichet, commenter, words):
    a_task(guichet, commenter, words)

    assert read(as_commenter.get(PAGE)).one("ul", class_="todo").one("label").words == " ".join(words.split())


def test_a_step_begins_with_the_words_of_its_comment_and_the_two_are_linked(as_commenter, guichet, commenter):
    comment = a_comment(guichet, commenter, "**Somebody** should write to them.", public=True)
    form = read(as_commenter.get(f"{NEW}?comment={comment.id}"))
    text, number = form.one("textarea", name="text").words, form.one("input", name="comment")["value"]

    as_commenter.post(NEW, data={"text": text, "comment": number})

    (task,) = rows(Task)
    assert (task.text, task.comment_id) == ("Somebody should write to them.", comment.id)
    page = read(as_commenter.get(PAGE))
    assert [link["href"] for link in page.one("li", id=f"task-{task.id}").all("a") if "#c" in link["href"]] == [f"{PAGE}#c{comment.id}"]
    assert [link["href"] for link in page.one("li", id=f"c{comment.id}").all("a") if "task" in link["href"] and "new" not in link["href"]]


@pytest.mark.parametrize("comment", ["99", "999999999"])
def test_a_step_from_a_comment_that_is_not_there_is_not_there(as_commenter, comment):
    assert as_commenter.get(f"{NEW}?comment={comment}").status_code == 404


def test_a_visitor_signs_in_and_comes_back_to_the_form(visitor):
    answer = visitor.get(NEW)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/en/sign-in?next={NEW}")


# --- changing ---------------------------------------------------------------------------------------------------------


def typed(task, **changes):
    return {"text": task.text, "version": str(task.version)} | changes


def test_the_form_shows_what_stands(as_editor, guichet, commenter):
    task = a_task(guichet, commenter, assignee=commenter.id, due_on="2026-12-08")

    page = read(as_editor.get(f"/en/tasks/{task.id}/edit?where=mine"))

    (chosen,) = [option["value"] for option in page.one("select", name="assignee").all("option") if "selected" in option.attributes]
    (where, _) = page.all("input", name="where")
    assert (page.one("textarea").words, chosen, page.one("input", name="due_on")["value"], where["value"]) == (
        "Write to them", str(commenter.id), "2026-12-08", "mine",
    )  # fmt: skip


def test_an_editor_changes_any_and_an_author_their_own(as_editor, as_commenter, guichet, task, editor):
    theirs = a_task(guichet, editor)

    statuses = [
        client.post(f"/en/tasks/{one.id}/edit", data=typed(one, text="Call them")).status_code
        for client, one in ((as_editor, task), (as_commenter, theirs))
    ]
    mine = as_commenter.post(f"/en/tasks/{task.id}/edit", data=typed(task, text="Meet them", version="2", where="mine"))

    assert (statuses, mine.headers["location"]) == ([303, 403], f"/en/tasks#task-{task.id}")
    assert [one.text for one in rows(Task)] == ["Meet them", "Write to them"]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_stale_change_gives_both(as_editor, as_commenter, task, commenter, headers):
    as_editor.post(f"/en/tasks/{task.id}/edit", data=typed(task, text="Call them", assignee=str(commenter.id)))

    answer = as_commenter.post(f"/en/tasks/{task.id}/edit", data=typed(task, text="Meet them"), headers=headers)

    page = read(answer)
    assert (answer.status_code, rows(Task)[0].text, page.one("textarea").words) == (409, "Call them", "Meet them")
    assert [row.words for row in page.one("tbody").all("tr")] == [
        "What is to be done Call them Meet them", "Who Chiara Conti (you) –",
    ]  # fmt: skip
    again = {field["name"]: field["value"] for field in page.all("input", type="hidden")}
    assert as_commenter.post(f"/en/tasks/{task.id}/edit", data={"text": "Meet them"} | again).status_code == 303


def test_a_change_of_what_was_removed_meanwhile_gives_the_text_back(as_commenter, monkeypatch, task, guichet, editor):
    before = tasks.find

    def found_just_before(session, task_id, reader):
        found = before(session, task_id, reader)
        tasks.remove(session, found[0], guichet, version=1, by=editor, now=NOW)
        return found

    monkeypatch.setattr(tasks, "find", found_just_before)

    answer = as_commenter.post(f"/en/tasks/{task.id}/edit", data=typed(task, text="Meet them"))

    page = read(answer)
    assert (answer.status_code, page.one("textarea").words) == (409, "Meet them")
    assert "Somebody removed this step" in page.one("div", class_="err").words


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"due_on": "soon"}, {"assignee": "99"}, {"version": "x"}, {"where": "nowhere"}, {"done": "true"}]
)
def test_a_wrong_change_is_refused_with_what_was_typed(as_editor, task, wrong):
    answer = as_editor.post(f"/en/tasks/{task.id}/edit", data=typed(task, text="Call them") | wrong)

    assert (answer.status_code, read(answer).one("textarea").words) == (422, wrong.get("text", "Call them"))
    assert rows(Task)[0].text == "Write to them"


# --- removing ---------------------------------------------------------------------------------------------------------


def test_a_removed_step_is_off_the_page(as_commenter, task):
    answer = as_commenter.post(f"/en/tasks/{task.id}/removal", data={"version": "1"})

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#tasks")
    assert ("Write to them" in as_commenter.get(PAGE).text, rows(Task)[0].removed_at is not None) == (False, True)
    assert [as_commenter.get(f"/en/tasks/{task.id}/edit").status_code, rows(Event)[-1].kind] == [404, "task_removed"]


def test_a_removal_of_what_changed_in_between_shows_what_stands(as_editor, as_commenter, task):
    as_editor.post(f"/en/tasks/{task.id}/edit", data=typed(task, text="Call them"))

    answer = as_commenter.post(f"/en/tasks/{task.id}/removal", data={"version": "1"})

    assert (answer.status_code, read(answer).one("textarea").words, rows(Task)[0].removed_at) == (409, "Call them", None)
