"""Letters, meetings and answers for an ask, recorded by a program."""

import pytest

from models import Task
from tests.api.test_claims import items
from tests.api.test_lists import walked
from tests.api.test_verbs import wrong
from tests.asks import a_calendar, a_contact, a_leg
from tests.public_record import a_proposal, an_entry, counted
from tests.web.filling import rows

HERE = "proposals/guichet/legs/2026-ie/contacts"
LETTER = {"kind": "letter", "on": "2026-09-01", "title_en": "A letter"}


@pytest.fixture
def guichet(public_affairs):
    a_calendar()
    return a_proposal("guichet", public_affairs)


@pytest.fixture
def program(carrying, guichet, editor):
    return carrying(editor)


@pytest.fixture
def leg(guichet, editor):
    return a_leg(guichet, editor, public=True)


def test_a_letter_is_recorded_with_the_step_that_follows_and_answered(program, leg, editor):
    step = {"step": "Call them", "assignee": editor.id, "due_on": "2026-12-01"}

    made = program.post(HERE, json=LETTER | step | {"actor": "rp-ireland", "notice_days": 10})
    answer = program.post(HERE, json={"kind": "answer", "on": "2026-09-09", "title_en": "Yes", "answers": made.json()["key"]}).json()

    letter = made.json()
    assert (made.status_code, made.headers["Location"]) == (201, f"http://testserver/api/v1/entries/{letter['key']}")
    assert (letter["family"], letter["actor"], letter["due"], letter["answered_by"]) == ("advocacy", "rp-ireland", "2026-09-11", [])
    assert [(one["slug"], one["presidency"]) for one in letter["proposals"]] == [("guichet", "2026-ie")]
    assert items(program.get(HERE)) == [letter | {"answered_by": [answer["key"]]}, answer]
    (task,) = rows(Task)
    assert (task.text, task.assignee_id, task.presidency, answer["answers"]) == ("Call them", editor.id, "2026-ie", letter["key"])


def test_one_letter_may_be_about_several_proposals(program, leg, public_affairs):
    a_proposal("autre", public_affairs)

    made = program.post(HERE, json=LETTER | {"also": ["autre", "autre"]}).json()

    assert [one["slug"] for one in made["proposals"]] == ["guichet", "autre"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"kind": "vote"}, "kind"), ({"kind": "publication"}, "kind"), ({"on": ""}, "on"), ({"title_en": ""}, "title"),
        ({"actor": "nobody"}, "actor"), ({"notice_days": 0}, "notice_days"), ({"assignee": 1}, "step"), ({"also": ["nowhere"]}, "also"),
        ({"also": ["guichet"]}, "also"), ({"step": "Call", "assignee": 99}, "assignee"), ({"presidency": "2022-fr"}, "presidency"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_named(program, leg, sent, field):
    assert wrong(program.post(HERE, json=LETTER | sent)) == (422, [field])
    assert items(program.get(HERE)) == []


def test_what_is_elsewhere_is_not_answered_here(program, leg, public_affairs):
    an_entry("elsewhere", a_proposal("autre", public_affairs), family="advocacy", kind="letter")

    assert [program.post(HERE, json=LETTER | {"answers": key}).status_code for key in ("elsewhere", "nowhere")] == [404, 404]
    assert program.post("proposals/guichet/legs/2027-lt/contacts", json=LETTER).status_code == 404


def test_a_visitor_is_told_what_is_public_and_not_what_is_waited_for(api, carrying, leg, guichet, editor, observer, stranger):
    a_contact(leg, guichet, editor, title_en="Between us")
    a_contact(leg, guichet, editor, title_en="Open letter", public=True)

    told = [
        [(one["title"]["en"], one["due"]) for one in items(caller.get(HERE))] for caller in (api, carrying(stranger), carrying(observer))
    ]

    assert told[:2] == [[("Open letter", None)]] * 2
    assert told[2] == [("Between us", "2026-10-01"), ("Open letter", "2026-10-01")]


def test_pages_put_together_are_the_list_and_three_ask_as_often_as_one(engine, program, leg, guichet, editor):
    program.get(HERE)  # the first call of a token is noted

    def asked():
        a_contact(leg, guichet, editor)
        with counted(engine) as statements:
            program.get(HERE)
        return len(statements)

    one, _two, three = asked(), asked(), asked()

    assert three == one
    assert walked(program, f"{HERE}?limit=1") == (items(program.get(HERE)), 3)
