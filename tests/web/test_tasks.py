"""Next steps on a proposal's page: added, ticked, taken on, changed and removed."""

import pytest

from models import Event, Proposal, Task
from relais.db import writing
from tests.days import TODAY
from tests.public_record import a_proposal, counted
from tests.steps import a_task, done
from tests.web.filling import rows
from tests.web.reading import read

PAGE = "/en/proposals/guichet-unique"
GROUP = "/en/groups/european-public-affairs"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def task(guichet, commenter):
    return a_task(guichet, commenter)


def section(answer):
    return read(answer).one("section", id="tasks")


def told(answer):
    return read(answer).one("li")["data-announce"]


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_group_sees_its_steps_under_their_heading_and_nobody_else(request, task):
    pages = {who: request.getfixturevalue(who).get(PAGE).text for who in ("visitor", "as_stranger", "as_observer", "as_commenter")}

    seen = {who: ("Write to them" in page, 'href="#tasks"' in page) for who, page in pages.items()}
    assert seen == {"visitor": (False, False), "as_stranger": (False, False), "as_observer": (True, True), "as_commenter": (True, True)}
    assert "Only the group sees this" in section(request.getfixturevalue("as_observer").get(PAGE)).words


def test_the_sections_stand_in_the_order_of_their_anchors(as_editor, task):
    page = read(as_editor.get(PAGE)).one("article")

    ids = [part["id"] for part in page.all("section") if part["id"]]
    assert [name for name in ids if name in ("text", "backers", "timeline", "sources", "tasks", "discussion")] == [
        "text", "backers", "timeline", "sources", "tasks", "discussion",
    ]  # fmt: skip


def test_steps_are_of_today_and_not_on_the_page_of_another_day(as_editor, task):
    assert "Write to them" not in as_editor.get(f"{PAGE}?as_of=2026-01-01").text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "nobody yet 22 Nov 2026 overdue by 1 day"),
        (-30, "nobody yet 24 Oct 2026 overdue by 30 days"),
        (0, "nobody yet 23 Nov 2026 due today"),
        (1, "nobody yet 24 Nov 2026 due tomorrow"),
        (3, "nobody yet 26 Nov 2026 due in 3 days"),
        (14, "nobody yet 7 Dec 2026 due in 14 days"),
        (15, "nobody yet 8 Dec 2026"),
        (None, "nobody yet no date"),
    ],
)
def test_when_it_is_due_is_said_in_words(as_editor, guichet, editor, days, words):
    a_task(guichet, editor, due_on=TODAY.fromordinal(TODAY.toordinal() + days) if days is not None else None)

    assert section(as_editor.get(PAGE)).one("p", class_="meta").words == words


def test_whoever_reads_only_is_offered_nothing_to_press(as_observer, as_commenter, task):
    offers = [
        (len(part.all("form")), len(part.all("button"))) for part in (section(client.get(PAGE)) for client in (as_observer, as_commenter))
    ]

    assert offers == [(0, 0), (3, 3)]  # tick, take on, add


def test_done_ones_are_folded_with_who_did_them(as_editor, guichet, editor, task):
    done(task, guichet, editor)

    folded = section(as_editor.get(PAGE)).one("div", id="steps").one("details")

    assert folded.one("summary").words == "1 step done"
    assert folded.one("p", class_="meta").words == "done 23 Nov 2026 by Emil Novák"


def test_the_page_takes_as_many_queries_with_one_step_as_with_three(as_commenter, guichet, commenter, engine):
    taken = []
    for more in (1, 2):
        for _ in range(more):
            a_task(guichet, commenter, assignee=commenter.id, due_on=TODAY)
        as_commenter.get(PAGE)
        with counted(engine) as said:
            as_commenter.get(PAGE)
        taken.append(len(said))

    assert taken[0] == taken[1]


# --- ticking ----------------------------------------------------------------------------------------------------------


def test_a_tick_without_script_leads_back_to_the_step(as_commenter, task, commenter):
    answer = as_commenter.post(f"/en/tasks/{task.id}/completion", data={"done": "true"})

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#task-{task.id}")
    assert (rows(Task)[0].finisher_id, rows(Event)[-1].kind, rows(Event)[-1].public) == (commenter.id, "task_done", False)


def test_the_second_who_ticks_is_told_and_nothing_is_lost(as_commenter, as_editor, task, commenter):
    answers = [client.post(f"/en/tasks/{task.id}/completion", data={"done": "true"}, headers=HTMX) for client in (as_commenter, as_editor)]

    assert [told(answer) for answer in answers] == ["Done: Write to them", "Somebody had done it already: Write to them"]
    assert ["checked" in read(answer).one("input", type="checkbox").attributes for answer in answers] == [True, True]
    assert (rows(Task)[0].finisher_id, [event.kind for event in rows(Event)].count("task_done")) == (commenter.id, 1)


def test_an_unticked_box_sends_nothing_and_opens_it_again(as_commenter, guichet, task, commenter):
    done(task, guichet, commenter)

    answers = [as_commenter.post(f"/en/tasks/{task.id}/completion", data={"where": "proposal"}, headers=HTMX) for _ in range(2)]

    assert [told(answer) for answer in answers] == ["Open again: Write to them", "It was open already: Write to them"]
    assert rows(Task)[0].done_at is None


def test_the_button_without_script_says_what_it_does_whatever_the_box_says(as_commenter, task):
    button = section(as_commenter.get(PAGE)).one("button", class_="no-script")

    as_commenter.post(
        f"/en/tasks/{task.id}/completion",
        content=f"done=true&{button['name']}={button['value']}",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    again = section(as_commenter.get(PAGE)).one("button", class_="no-script")
    assert (button.words, button["form"], again["value"], rows(Task)[0].done_at is not None) == (
        "Done: Write to them", f"task-{task.id}-tick", "false", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("mine", "/en/tasks"),
        ("group", "/en/groups/european-public-affairs/tasks"),
        ("fortnight", "/en/groups/european-public-affairs"),
        ("", PAGE),
    ],
)
def test_a_press_leads_back_to_its_list(as_commenter, task, where, path):
    answer = as_commenter.post(f"/en/tasks/{task.id}/completion", data={"done": "true"} | ({"where": where} if where else {}))

    assert answer.headers["location"] == f"{path}#task-{task.id}"


def test_what_nobody_has_is_taken_on_by_the_first(as_commenter, as_editor, guichet, editor, commenter):
    task = a_task(guichet, editor)
    answers = [client.post(f"/en/tasks/{task.id}/assignee", headers=HTMX) for client in (as_commenter, as_editor)]

    assert [told(answer) for answer in answers] == ["You took it on: Write to them", "Somebody has it already: Write to them"]
    assert (rows(Task)[0].assignee_id, "Chiara Conti" in answers[1].text) == (commenter.id, True)


def test_its_own_address_leads_to_where_it_stands(as_observer, task):
    page, line = as_observer.get(f"/en/tasks/{task.id}"), as_observer.get(f"/en/tasks/{task.id}", headers=HTMX)

    assert (page.headers["location"], read(line).one("li")["id"]) == (f"{PAGE}#task-{task.id}", f"task-{task.id}")


@pytest.mark.parametrize("id", ["0", "99", "99999999999999999999", "x", "%00"])
def test_a_step_that_is_not_there_is_missing(as_editor, id):  # noqa: A002
    asked = [as_editor.get(f"/en/tasks/{id}/edit"), as_editor.post(f"/en/tasks/{id}/completion", data={"done": "true"})]

    assert [answer.status_code for answer in asked] == [404, 404]


def test_a_step_of_a_private_proposal_is_its_groups_alone(as_stranger, as_observer, public_affairs, commenter):
    with writing() as session:
        session.get_one(Proposal, a_proposal("en-interne", public_affairs).id).public = False
    task = a_task(rows(Proposal)[-1], commenter)

    assert [client.get(f"/en/tasks/{task.id}").status_code for client in (as_stranger, as_observer)] == [404, 303]
