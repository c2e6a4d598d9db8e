"""Threads resolved, and comments reported and hidden, by a program: what is recorded, and who reads what afterwards."""

import pytest

from models.event import EventKind as Kind
from tests.api.test_claims import items
from tests.api.test_lists import walked
from tests.api.test_verbs import acts, seen, wrong
from tests.api.writing import a_place, a_record
from tests.public_record import a_comment, counted, moved

RUDE = {"reason": "It names somebody."}
QUEUE = "groups/european-public-affairs/reports"


@pytest.fixture
def place(public_affairs, commenter):
    """The comment is public, and says “Oui.”"""
    a_record()
    return a_place("guichet", public_affairs, commenter, 1)


@pytest.fixture
def program(carrying, place, coordinator):
    return carrying(coordinator)


def read(caller):
    return caller.get("comments/1").json()


# --- threads ----------------------------------------------------------------------------------------------------------


def test_a_thread_is_resolved_and_reopened_and_twice_is_no_change(carrying, api, place, commenter):
    theirs = carrying(commenter)
    first, second = theirs.put("comments/1/resolution"), theirs.put("comments/1/resolution")
    told = [(one["resolved_at"] is not None, one["resolved_by"]) for one in (first.json(), read(theirs), read(api))]
    opened = [theirs.delete("comments/1/resolution") for _ in range(2)]

    assert (first.json(), first.headers["ETag"]) == (second.json(), '"1"')
    assert told == [(True, "Chiara Conti"), (True, "Chiara Conti"), (True, "")]
    assert [(one.status_code, one.json()["resolved_at"], one.json()["resolved_by"]) for one in opened] == [(200, None, "")] * 2
    assert acts(place, Kind.COMMENT_RESOLVED, Kind.COMMENT_REOPENED) == [Kind.COMMENT_RESOLVED, Kind.COMMENT_REOPENED]


def test_an_answer_resolves_nothing_and_an_ended_discussion_stays_as_it_is(carrying, place, commenter):
    theirs = carrying(commenter)
    answer = a_comment(place.proposal, commenter, "Et ?", parent=1, public=True)
    refused = theirs.put(f"comments/{answer.id}/resolution")
    moved(place.proposal, "dropped", reason_en="Given up")

    assert (refused.status_code, refused.json()["detail"]) == (409, "Only the comment that began a thread can resolve it")
    assert [theirs.request(method, "comments/1/resolution").status_code for method in ("PUT", "DELETE")] == [409, 409]


# --- earlier wordings -------------------------------------------------------------------------------------------------


def test_earlier_wordings_are_read_in_the_order_they_were_written(carrying, api, place, commenter):
    theirs = carrying(commenter)
    for version, body in ((1, "Non, @Chiara Conti."), (2, "Si.")):
        theirs.put("comments/1", json={"body": body}, headers=seen(version))

    said = items(api.get("comments/1/versions"))

    assert [(one["number"], one["body"]) for one in said] == [(1, "Oui."), (2, "Non, @Chiara Conti."), (3, "Si.")]
    assert [one["until"] for one in said] == [said[1]["since"], said[2]["since"], None]
    assert walked(api, "comments/1/versions?limit=1") == (said, 3)
    assert api.get("comments/1/versions?cursor=x").status_code == 422


def test_what_a_removed_comment_said_is_for_its_author_and_the_coordinators(carrying, api, place, program, commenter, editor):
    theirs = carrying(commenter)
    theirs.delete("comments/1", headers=seen(1))

    callers = (theirs, program, carrying(editor), api)
    assert [caller.get("comments/1/versions").status_code for caller in callers] == [200, 200, 404, 404]
    assert [one["body"] for one in items(theirs.get("comments/1/versions"))] == ["Oui."]
    told = read(api)
    assert (told["body"], told["removed_at"] is not None, told["version"]) == ("", True, 2)
    assert [len(items(api.get(f"comments{query}"))) for query in ("", "?traces=false", "?traces=true")] == [0, 0, 1]


# --- hidden -----------------------------------------------------------------------------------------------------------


def test_what_is_hidden_is_read_on_by_the_coordinators_alone(carrying, api, place, program, commenter, stranger):
    answer = a_comment(place.proposal, commenter, "Et ?", parent=1, public=True)
    hidden = program.put("comments/1/hiding", json=RUDE)
    again = program.put("comments/1/hiding", json={"reason": "Another"})

    others = (api, carrying(stranger), carrying(commenter))
    assert (hidden.status_code, hidden.json()["body"], again.json()) == (200, "Oui.", hidden.json())
    assert [(read(one)["body"], read(one)["hidden_reason"], read(one)["parent"]) for one in others] == [("", RUDE["reason"], None)] * 3
    assert [[one["id"] for one in items(caller.get("comments"))] for caller in (*others, program)] == [[answer.id]] * 4
    assert [[one["parent"] for one in items(api.get(address))] for address in ("comments", "comments?traces=true")] == [[None], [None, 1]]
    assert [caller.get("comments/1/versions").status_code for caller in (*others, program)] == [404, 404, 404, 200]
    assert carrying(commenter).put("comments/1", json={"body": "Si."}, headers=seen(1)).status_code == 404
    assert acts(place, Kind.COMMENT_HIDDEN) == [Kind.COMMENT_HIDDEN]


def test_it_is_shown_again_as_it_was(api, place, program):
    before = read(api)
    program.put("comments/1/hiding", json=RUDE)
    shown = [program.delete("comments/1/hiding").status_code for _ in range(2)]

    assert (shown, read(api)) == ([200, 200], before)
    assert acts(place, Kind.COMMENT_HIDDEN, Kind.COMMENT_SHOWN) == [Kind.COMMENT_HIDDEN, Kind.COMMENT_SHOWN]


def test_words_on_a_passage_are_hidden_with_it(api, carrying, place, program, commenter):
    said = {"body": "Lequel ?", "public": True, "passage": "corps", "tongue": "fr"}
    made = carrying(commenter).post("proposals/guichet/comments", json=said)
    program.put(f"comments/{made.json()['id']}/hiding", json=RUDE)

    assert [caller.get(f"comments/{made.json()['id']}").json()["passage"] for caller in (api, program)] == ["", "corps"]


@pytest.mark.parametrize("sent", [{}, {"reason": ""}, {"reason": "x" * 501}, {"reason": 1}])
@pytest.mark.parametrize(("method", "noun"), [("PUT", "hiding"), ("POST", "reports")])
def test_a_reason_is_asked_for(program, method, noun, sent):
    assert wrong(program.request(method, f"comments/1/{noun}", json=sent)) == (422, ["reason"])
    assert (read(program)["hidden_at"], items(program.get(QUEUE))) == (None, [])


def test_a_removed_comment_has_nothing_to_report_or_to_hide(carrying, place, program, commenter):
    carrying(commenter).delete("comments/1", headers=seen(1))

    answers = [program.post("comments/1/reports", json=RUDE), program.put("comments/1/hiding", json=RUDE)]
    assert [(answer.status_code, answer.json()["detail"]) for answer in answers] == [(409, "This comment was removed")] * 2


# --- reported ---------------------------------------------------------------------------------------------------------


def test_a_report_waits_for_the_coordinators_until_it_is_settled(carrying, place, program, stranger):
    theirs = carrying(stranger)
    made = theirs.post("comments/1/reports", json={"reason": "Rude"})
    anew = theirs.post("comments/1/reports", json=RUDE)
    waiting = items(program.get(QUEUE))
    settled = [program.put("comments/1/reports/settlement") for _ in range(2)]

    told = {name: anew.json()[name] for name in ("comment", "proposal", "reason", "reporter")}
    assert (made.status_code, anew.status_code, made.json()["id"]) == (201, 201, anew.json()["id"])
    assert told == {"comment": 1, "proposal": "guichet", "reason": "It names somebody.", "reporter": "Sofia Pires"}
    assert waiting == [anew.json()]
    assert [(one.status_code, one.json()["body"]) for one in settled] == [(200, "Oui.")] * 2
    assert (items(program.get(QUEUE)), acts(place, Kind.REPORT_SETTLED)) == ([], [Kind.REPORT_SETTLED])


def test_hiding_settles_what_was_reported(carrying, program, stranger):
    carrying(stranger).post("comments/1/reports", json=RUDE)
    program.put("comments/1/hiding", json=RUDE)

    assert items(program.get(QUEUE)) == []


def test_a_group_is_told_of_its_own_comments_alone(carrying, place, program, social_tech, stranger, editor):
    a_comment(a_place("autre", social_tech, stranger, 2).proposal, stranger, "Non.", public=True)
    for number in (1, 2, 3):
        carrying(editor).post(f"comments/{number}/reports", json=RUDE)

    assert [one["comment"] for one in items(program.get(QUEUE))] == [1]
    assert program.get("groups/social-tech-skills/reports").status_code == 404


def test_three_are_read_with_as_many_questions_as_one_and_page_by_page(engine, carrying, place, program, commenter, stranger):
    program.get(QUEUE)  # the first call of a token is noted

    def asked(address, words):
        number = a_comment(place.proposal, commenter, words, public=True).id
        carrying(stranger).post(f"comments/{number}/reports", json=RUDE)
        with counted(engine) as statements:
            program.get(address)
        return len(statements)

    for address in (QUEUE, "comments?traces=true"):
        one, _two, three = (asked(address, f"{number}, {address}") for number in range(3))
        assert three == one
    whole = items(program.get(QUEUE))
    assert (len(whole), walked(program, f"{QUEUE}?limit=2")) == (6, (whole, 3))
