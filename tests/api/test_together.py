"""Comments, next steps, acts, groups, themes and search."""

import pytest

from models.event import EventKind
from tests.api.test_claims import items
from tests.api.test_lists import walked
from tests.exported import exported
from tests.public_record import a_comment, a_proposal, a_theme, counted
from tests.steps import a_task, done


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def bodies(answer):
    return [item["body"] for item in items(answer)]


def test_comments_are_those_one_may_read(api, carrying, guichet, editor, observer, stranger):
    first = a_comment(guichet, editor, "Pour tous.", public=True)
    a_comment(guichet, editor, "Entre nous.")
    a_comment(guichet, observer, "Une réponse.", public=True, parent=first.id)

    public = ["Pour tous.", "Une réponse."]
    asked = "comments?proposal=guichet"
    assert [bodies(caller.get(asked)) for caller in (api, carrying(stranger))] == [public, public]
    assert bodies(carrying(observer).get("comments")) == ["Pour tous.", "Entre nous.", "Une réponse."]
    assert bodies(api.get("comments?proposal=nothing")) == []
    answer = api.get("comments/3").json()
    assert (answer["parent"], answer["author"], answer["public"], answer["version"]) == (1, "Oskar Berg", True, 1)
    assert (api.get("comments/2").status_code, carrying(observer).get("comments/2").status_code) == (404, 200)


def test_a_person_who_is_named_is_called_as_they_are_called(api, guichet, editor):
    a_comment(guichet, editor, "@Emil Novák regarde.", public=True)

    assert bodies(api.get("comments")) == ["@Emil Novák regarde."]
    assert "{" not in api.get("comments/1").json()["body"]


def test_next_steps_are_for_members(api, carrying, guichet, editor, observer, stranger):
    a_task(guichet, editor, "Write to them", assignee=editor.id, due_on="2026-12-01")
    done(a_task(guichet, editor, "Ask again"), guichet, editor)

    assert [api.get(address).status_code for address in ("tasks", "tasks/1")] == [401, 401]
    assert (items(carrying(stranger).get("tasks")), carrying(stranger).get("tasks/1").status_code) == ([], 404)
    found = items(carrying(observer, "read").get("tasks"))
    assert [(item["text"], item["due_on"], item["assignee"], item["done_at"] is None) for item in found] == [
        ("Write to them", "2026-12-01", {"id": editor.id, "name": "Emil Novák"}, True),
        ("Ask again", None, None, False),
    ]
    assert carrying(observer).get("tasks/1").json() == found[0]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("done=true", [2]), ("done=false", [1]), ("mine=true", [1]), ("mine=false", [2]), ("proposal=guichet", [1, 2]),
        ("proposal=other", []), ("group=european-public-affairs", [1, 2]), ("group=social-tech-skills", []), ("done=true&mine=true", []),
    ],
)  # fmt: skip
def test_next_steps_are_chosen(carrying, guichet, editor, asked, found):
    a_task(guichet, editor, "Write to them", assignee=editor.id)
    done(a_task(guichet, editor, "Ask again"), guichet, editor)

    assert [item["id"] for item in items(carrying(editor).get(f"tasks?{asked}"))] == found


def test_acts_are_told_in_order_to_who_may_know_of_them(api, carrying, guichet, editor, observer, coordinator):
    a_comment(guichet, editor, "Entre nous.")
    a_comment(guichet, editor, "Pour tous.", public=True)
    asker = carrying(observer)
    told = [item["kind"] for item in items(asker.get("events?proposal=guichet"))]

    assert told[-2:] == [EventKind.COMMENT_POSTED, EventKind.COMMENT_POSTED]
    assert [item["kind"] for item in items(api.get("events?proposal=guichet"))] == told[:-1]
    last, known = items(api.get("events"))[-1], items(asker.get("events"))[-1]
    assert (last["who"], known["who"], last["subject"], last["subject_id"]) == ("", "Emil Novák", "comments", "2")
    assert {item["kind"] for item in items(asker.get("events"))} & {EventKind.TOKEN_MADE, EventKind.SIGNED_IN} == set()


def test_one_goes_on_from_the_last_act_one_saw(api, guichet, editor):
    numbers = [item["id"] for item in items(api.get("events"))]
    first = api.get("events?limit=1").json()

    assert first["next"].endswith(f"/api/v1/events?after={numbers[0]}&limit=1")
    assert items(api.get(f"events?after={numbers[-1]}")) == []
    a_comment(guichet, editor, "Pour tous.", public=True)
    assert [item["kind"] for item in items(api.get(f"events?after={numbers[-1]}"))] == ["comment_posted"]
    assert walked(api, "events?limit=1")[0] == items(api.get("events"))


def test_acts_of_a_group_are_chosen(carrying, guichet, editor, stranger):
    assert items(carrying(stranger).get("events?group=social-tech-skills")) == []
    assert len(items(carrying(editor).get("events?group=european-public-affairs"))) > 0


def test_groups_and_themes_are_those_of_the_export(api, guichet, social_tech):
    for slug in ("skills", "commons", "data-spaces"):
        a_theme(slug)

    for noun in ("groups", "themes"):
        assert (items(api.get(noun)), walked(api, f"{noun}?limit=1")[0]) == (exported()[noun], exported()[noun])
    assert api.get("groups/social-tech-skills").json() == exported()["groups"][1]
    assert api.get("groups/nothing").status_code == 404


def test_search_finds_what_one_may_see(api, carrying, guichet, public_affairs, editor):
    a_proposal("canary", public_affairs, public=False)
    a_comment(guichet, editor, "Un titre entre nous.")
    a_comment(guichet, editor, "Un titre pour tous.", public=True)

    found = items(api.get("search?q=titres"))
    assert [(hit["kind"], hit["proposal"], hit["public"]) for hit in found] == [("proposal", None, True), ("comment", "guichet", True)]
    assert [run["text"] for run in found[1]["excerpt"] if run["found"]] == ["titre"]
    assert found[0]["url"].startswith("http://testserver/en/proposals/guichet")
    assert len(items(carrying(editor).get("search?q=titres"))) == 4
    assert [hit["kind"] for hit in items(api.get("search?q=titres&kind=comment"))] == ["comment"]
    assert walked(api, "search?q=titres&limit=1")[0] == found


def test_search_wants_words(api, guichet):
    answers = [api.get(f"search?{query}") for query in ("", "q=", f"q={'x' * 201}", "q=a&kind=nothing", "q=a&language=de")]

    named = [[error["parameter"] for error in answer.json()["errors"]] for answer in answers]
    assert named == [
        ["q"],
        ["q"],
        ["q"],
        ["kind"],
        ["language"],
    ]


@pytest.mark.parametrize("noun", ["comments", "tasks", "events", "search?q=titre"])
def test_three_ask_as_often_as_one(carrying, engine, public_affairs, editor, noun):
    asker = carrying(editor)
    asker.get("groups")  # its first use is noted

    def asked(slug):
        proposal = a_proposal(slug, public_affairs)
        a_comment(proposal, editor, f"Un titre de {slug}, @Emil Novák.", public=True)
        a_task(proposal, editor, "Write")
        with counted(engine) as statements:
            asker.get(noun)
        return len(statements)

    one, _two, three = asked("a"), asked("b"), asked("c")

    assert three == one
