"""A program reads what its holder is told of, marks it as read, and chooses what of it comes by letter."""

import pytest
from sqlmodel import col, select

from models import NoticeChoice
from relais.db import reading
from tests.api.conftest import with_token
from tests.news_told import tell
from tests.public_record import a_comment, a_proposal, counted

CHOICE = {"kinds": ["task", "mention"], "pace": "weekly", "weekday": 3, "paused_until": "2999-01-01"}


@pytest.fixture
def guichet(engine, public_affairs):
    proposal = a_proposal("guichet", public_affairs)
    tell(engine)
    return proposal


def named(engine, proposal, author, times=1):
    """Comments that name the editor, who is told of each."""
    said = [a_comment(proposal, author, f"@Emil Novák, look {number}") for number in range(times)]
    tell(engine)
    return said


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def read(items):
    return [(one["id"], one["read_at"] is not None) for one in items]


def test_the_holder_reads_what_they_are_told_of_and_nobody_else(engine, guichet, commenter, editor, observer):
    (said,) = named(engine, guichet, commenter)

    (told,) = with_token(editor).get("notices").json()["items"]
    act = told["act"]
    assert (told["kind"], told["read_at"], act["kind"], act["subject_id"], act["proposal"], act["who"]) == (
        "mention", None, "comment_posted", str(said.id), "guichet", commenter.name,
    )  # fmt: skip
    assert with_token(editor).get(f"notices/{told['id']}").json() == told
    assert with_token(observer).get("notices").json()["items"] == []
    assert with_token(observer).get(f"notices/{told['id']}").status_code == 404
    assert with_token(observer).put(f"notices/{told['id']}/reading").status_code == 404
    assert read(with_token(editor).get("notices").json()["items"]) == [(told["id"], False)]


def test_one_is_marked_as_read_twice_is_once_and_the_tag_changes(engine, guichet, commenter, editor):
    named(engine, guichet, commenter, times=2)
    holder = with_token(editor)
    seen = holder.get("notices")
    first, second = (one["id"] for one in seen.json()["items"])
    assert holder.get("notices", headers={"If-None-Match": seen.headers["ETag"]}).status_code == 304

    marked = holder.put(f"notices/{first}/reading").json()
    again = holder.put(f"notices/{first}/reading").json()

    after = holder.get("notices", headers={"If-None-Match": seen.headers["ETag"]})
    assert (marked["id"], marked["read_at"] is None, again) == (first, False, marked)
    assert (after.status_code, read(after.json()["items"])) == (200, [(first, True), (second, False)])
    assert read(holder.get("notices?unread=true").json()["items"]) == [(second, False)]
    assert read(holder.get("notices?unread=false").json()["items"]) == [(first, True), (second, False)]


def test_all_are_marked_up_to_what_was_seen(engine, guichet, commenter, editor, coordinator):
    named(engine, guichet, commenter, times=3)
    holder = with_token(editor)
    first, second, third = (one["id"] for one in holder.get("notices").json()["items"])

    assert holder.put("notices/reading", json={"upto": second}).status_code == 204
    assert read(holder.get("notices").json()["items"]) == [(first, True), (second, True), (third, False)]
    for body in ({}, {"upto": 0}, {"upto": "2"}, {"upto": 1, "more": 1}):
        assert holder.put("notices/reading", json=body).status_code == 422


def test_a_walk_goes_on_where_it_stopped(engine, guichet, commenter, editor):
    named(engine, guichet, commenter, times=3)
    holder = with_token(editor)

    first = holder.get("notices?unread=true&limit=2").json()
    rest = holder.get(first["next"].removeprefix("http://testserver/api/v1/")).json()
    assert ([len(page["items"]) for page in (first, rest)], rest["next"]) == ([2, 1], None)
    assert first["items"] + rest["items"] == holder.get("notices").json()["items"]


def test_three_cost_no_more_questions_than_one(engine, guichet, commenter, editor):
    holder, asked = with_token(editor), []
    holder.get("notices")  # that the token was used is written down once a minute
    for more in (1, 2):
        named(engine, guichet, commenter, times=more)
        with counted(engine) as said:
            holder.get("notices")
        asked.append(len(said))

    assert asked[0] == asked[1] <= 6


def test_letters_are_chosen_over_what_was_seen(engine, editor):
    holder = with_token(editor)
    before = holder.get("notices/letters")
    assert (before.json()["pace"], len(before.json()["kinds"]), before.headers["ETag"][:3]) == ("at_once", 6, '"0-')

    chosen = holder.put("notices/letters", json=CHOICE, headers={"If-Match": before.headers["ETag"]})
    seen = holder.get("notices/letters", headers={"If-None-Match": before.headers["ETag"]})
    late = holder.put("notices/letters", json=CHOICE, headers={"If-Match": '"7"'})

    assert chosen.json() == CHOICE | {"kinds": ["mention", "task"], "version": 1}
    assert (chosen.headers["ETag"], seen.status_code, seen.json()) == ('"1"', 200, chosen.json())
    assert (late.status_code, late.json()["version"], holder.put("notices/letters", json=CHOICE).status_code) == (412, 1, 428)
    assert [(row.person_id, row.weekday) for row in rows(NoticeChoice)] == [(editor.id, 3)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"pace": "hourly"}, "pace"),
        ({"kinds": ["everything"]}, "kinds.0"),
        ({"weekday": 7}, "weekday"),
        ({"weekday": "3"}, "weekday"),
        ({"paused_until": "2001-01-01"}, "paused_until"),
        ({"paused_until": 3}, "paused_until"),
    ],
)
def test_a_wrong_choice_is_named(editor, wrong, field):
    answer = with_token(editor).put("notices/letters", json=CHOICE | wrong, headers={"If-Match": '"0"'})

    assert (answer.status_code, [one["parameter"] for one in answer.json()["errors"]], rows(NoticeChoice)) == (422, [field], [])


def test_a_token_of_a_group_is_nobodys(public_affairs, coordinator):
    answer = with_token(coordinator, "manage", public_affairs).get("notices", headers={"Accept-Language": "fr"})

    said = "Les avis sont personnels\N{NO-BREAK SPACE}: un jeton de groupe n’en lit aucun"
    assert (answer.status_code, answer.json()["detail"]) == (403, said)
