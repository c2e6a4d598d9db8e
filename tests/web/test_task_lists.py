"""My work, and a group's: by when it is due, with counts; the next fortnight on the group's page."""

from datetime import timedelta

import pytest

from models import Membership, Task
from models.group import Role
from relais.db import writing
from tests.days import NOW, TODAY
from tests.public_record import a_presidency, a_proposal, a_source, an_actor, counted
from tests.steps import a_task, done
from tests.web.filling import rows
from tests.web.reading import read

GROUP = "/en/groups/european-public-affairs"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


def parts(page):
    """The steps under each heading."""
    lists = [(part.all("h2"), part.all("label")) for part in page.one("main").all("section")]
    return [(heading[0].words, [label.words for label in labels if label["for"].startswith("task-")]) for heading, labels in lists]


def due(days):
    return TODAY + timedelta(days=days)


# --- mine -------------------------------------------------------------------------------------------------------------


def test_my_work_is_told_by_when_it_is_due_over_all_my_groups(as_editor, guichet, social_tech, editor, commenter):
    with writing() as session:
        session.add(Membership(group_id=social_tech.id, person_id=editor.id, role=Role.COMMENTER, joined_at=NOW))
    other = a_proposal("autre", social_tech)
    for proposal, text, days in ((guichet, "Late", -2), (other, "Next week", 7), (guichet, "Next month", 30)):
        a_task(proposal, editor, text, assignee=editor.id, due_on=due(days))
    a_task(guichet, editor, "No day", assignee=editor.id)
    a_task(guichet, editor, "Hers", assignee=commenter.id)
    done(a_task(guichet, editor, "Ticked", assignee=editor.id), guichet, editor)

    page = read(as_editor.get("/en/tasks"))

    assert parts(page) == [
        ("Overdue 1", ["Late"]), ("In the next seven days 1", ["Next week"]), ("Later 1", ["Next month"]), ("Without a date 1", ["No day"]),
        ("Done lately 1", ["Ticked"]),
    ]  # fmt: skip
    assert page.one("p", class_="lead").words == "4 open steps, 1 overdue, 1 done in the last fortnight."
    assert [link.words for link in page.one("section", labelled="h-soon").one("p", class_="meta").all("a")] == ["Titre de autre"]


def test_with_nothing_on_me_i_am_told_where_to_look(as_editor):
    assert "Nothing is on you." in read(as_editor.get("/en/tasks")).one("div", class_="empty").words


def test_a_visitor_signs_in_and_comes_back(visitor):
    for path in ("/en/tasks", "/en/queue", f"{GROUP}/tasks"):
        assert visitor.get(path).headers["location"] == f"/en/sign-in?next={path}"


def test_every_page_of_mine_tells_how_much_is_on_me(as_editor, visitor, guichet, editor):
    links = read(as_editor.get("/en/stages")).all("a", href="/en/tasks")
    a_task(guichet, editor, assignee=editor.id)

    now = read(as_editor.get("/en/stages")).all("a", href="/en/tasks")

    assert [link.words for link in links] == ["My work", "My work"]  # in the bar of a phone, and beside the name
    assert [link.words for link in now] == ["My work 1 1 open step", "My work 1 1 open step"]
    assert "/en/tasks" not in visitor.get("/en/stages").text


# --- a group's --------------------------------------------------------------------------------------------------------


def test_a_groups_list_is_narrowed(as_observer, guichet, editor, commenter):
    an_actor("state", code="LT")
    a_source("decision")
    a_presidency("2027-lt", "2027-01-01", "2027-06-30")
    a_task(guichet, editor, "Hers", assignee=commenter.id, due_on=due(3))
    a_task(guichet, editor, "Free", due_on=due(-1))
    a_task(guichet, editor, "For Lithuania", leg="2027-lt")
    done(a_task(guichet, editor, "Ticked"), guichet, editor)

    def words(query):
        page = read(as_observer.get(f"{GROUP}/tasks{query}"))
        return [p.words.removeprefix("To do: ").removeprefix("Done: ") for p in page.one("div", id="listed").all("p", class_="mb0")]

    assert words("") == ["Free", "Hers", "For Lithuania"]
    assert [words(f"?person={commenter.id}"), words("?person=0"), words("?leg=2027-lt"), words("?state=done")] == [
        ["Hers"], ["Free", "For Lithuania"], ["For Lithuania"], ["Ticked"],
    ]  # fmt: skip
    assert [words(query) for query in ("?person=x", f"?person={'9' * 30}", "?state=lost")] == [words("")] * 3
    assert words("?leg=none") == []


def test_its_head_counts_all_whatever_is_shown(as_observer, guichet, editor):
    for days in (-1, -2, 3):
        a_task(guichet, editor, due_on=due(days))

    head = read(as_observer.get(f"{GROUP}/tasks?state=done")).one("p", class_="lead")

    assert head.words == "3 open steps, 2 overdue."


def test_a_step_is_added_with_the_proposal_it_is_for(as_commenter, guichet, commenter):
    answer = as_commenter.post(f"{GROUP}/tasks", data={"text": "Write", "proposal": "guichet-unique"})

    (task,) = rows(Task)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{GROUP}/tasks#task-{task.id}")
    assert (task.text, task.proposal_id, task.author_id) == ("Write", guichet.id, commenter.id)


@pytest.mark.parametrize("slug", ["", "autre", "none-such"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_step_for_a_proposal_of_another_group_is_refused(as_commenter, social_tech, slug, headers):
    a_proposal("autre", social_tech)

    answer = as_commenter.post(f"{GROUP}/tasks", data={"text": "Write", "proposal": slug}, headers=headers)

    page = read(answer)
    assert (answer.status_code, "<html" in answer.text, rows(Task)) == (422, not headers, [])
    told = "Choose one from the list" if slug else "Fill this in"
    assert (page.one("textarea").words, page.one("p", id="step-proposal-e").words) == ("Write", told)


def test_lists_take_as_many_queries_for_one_as_for_three(as_editor, guichet, editor, engine):
    taken = []
    for more in (1, 2):
        for _ in range(more):
            a_task(guichet, editor, assignee=editor.id, due_on=TODAY)
        for path in ("/en/tasks", f"{GROUP}/tasks", GROUP):
            with counted(engine) as said:
                as_editor.get(path)
            taken.append(len(said))

    assert taken[:3] == taken[3:]


# --- the fortnight ----------------------------------------------------------------------------------------------------


def test_the_groups_page_shows_its_fortnight_to_its_members(as_observer, as_stranger, visitor, guichet, editor):
    for text, days in (("Overdue", -40), ("In two weeks", 14), ("After", 15)):
        a_task(guichet, editor, text, due_on=due(days))
    done(a_task(guichet, editor, "Ticked"), guichet, editor)

    block = read(as_observer.get(GROUP)).one("section", id="fortnight")

    assert [p.words for p in block.all("p", class_="mb0")] == ["To do: Overdue", "To do: In two weeks", "Done: Ticked"]
    assert (block.all("a")[-1].words, block.all("form")) == ("All open steps: 3", [])
    assert ["fortnight" in client.get(GROUP).text for client in (as_stranger, visitor)] == [False, False]


def test_a_step_added_there_gives_the_fortnight_back_to_htmx(as_commenter):
    typed = {"text": "Write", "proposal": "guichet-unique", "where": "fortnight", "due_on": due(2).isoformat()}
    answer = as_commenter.post(f"{GROUP}/tasks", data=typed, headers=HTMX)

    block = read(answer).one("section", id="fortnight")
    assert (block["data-announce"], block.one("ul").one("label").words, block.one("textarea").words) == ("Step added: Write", "Write", "")


def test_without_script_it_leads_back_to_the_groups_page(as_commenter):
    answer = as_commenter.post(f"{GROUP}/tasks", data={"text": "Write", "proposal": "guichet-unique", "where": "fortnight"})

    assert answer.headers["location"] == f"{GROUP}#task-{rows(Task)[0].id}"
