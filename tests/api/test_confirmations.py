"""Organisations are asked to confirm their positions by a program, and what they answered is decided on."""

from datetime import timedelta

import pytest

from models import Confirmation
from models.event import EventKind as Kind
from relais.db import writing
from relais.settings import now
from tests.api.test_claims import items
from tests.api.test_lists import walked
from tests.api.test_verbs import acts, seen, wrong
from tests.api.writing import a_place, a_record
from tests.public_record import a_corrected_position, a_position, counted
from tests.relais import confirming
from tests.relais.confirming import CONTACT, WHO

ASKED = {"email": CONTACT, "language": "en"}
NEW = "positions/1/confirmations"
HERE = "proposals/guichet/confirmations"


@pytest.fixture
def place(public_affairs, commenter):
    """With the position 1 of `mednum`, public."""
    a_record()
    return a_place("guichet", public_affairs, commenter, 1)


@pytest.fixture
def program(carrying, place, coordinator):
    return carrying(coordinator)


@pytest.fixture
def earlier(place, editor):
    """Asked two days ago."""
    return confirming.ask(place.position, editor, now() - timedelta(days=2))


def answered(confirmation, **said):
    return confirming.answer(confirmation, now=now(), **said)


def test_an_organisation_is_asked_once(program, place, coordinator):
    made = program.post(NEW, json=ASKED)
    again = program.post(NEW, json=ASKED)

    found = made.json()
    told = {name: found[name] for name in ("proposal", "actor", "position", "state", "email", "asked_by", "owed", "sent_at", "answer")}
    assert told == {
        "proposal": "guichet", "actor": "mednum", "position": 1, "state": "waiting", "email": CONTACT, "asked_by": "Claire Martin",
        "owed": True, "sent_at": None, "answer": None,
    }  # fmt: skip
    assert (made.status_code, made.headers["Location"]) == (201, "http://testserver/api/v1/confirmations/1")
    assert (wrong(again), items(program.get(HERE)), program.get("confirmations/1").json()) == ((422, ["email"]), [found], found)
    assert acts(place, Kind.CONFIRMATION_ASKED) == [Kind.CONFIRMATION_ASKED]


def test_no_answer_holds_the_link_of_the_letter(program, earlier):
    answered(earlier)

    text = program.get("confirmations/1").text + program.get(HERE).text
    assert (str(confirming.rows()[0].link) in text, confirming.answering.token(earlier) in text, "/confirm/" in text) == (False,) * 3


def test_the_address_is_told_to_editors_and_the_rest_to_the_group(carrying, api, earlier, editor, commenter, observer, stranger):
    answered(earlier)
    told = [carrying(person).get("confirmations/1").json() for person in (editor, commenter, observer)]

    assert [(one["email"], one["name"], one["role"], one["state"]) for one in told] == [
        (CONTACT, WHO["name"], WHO["role"], "answered"),
        ("", WHO["name"], WHO["role"], "answered"),
        ("", WHO["name"], WHO["role"], "answered"),
    ]
    for caller, status in ((api, 401), (carrying(stranger), 404)):
        assert [caller.get(address).status_code for address in ("confirmations/1", HERE)] == [status] * 2


def test_the_letter_is_sent_again_once_a_day_and_the_wait_is_its_own(program, earlier):
    sent = program.post("confirmations/1/letters", headers=seen(1))
    soon = program.post("confirmations/1/letters", headers=seen(2))

    assert (sent.status_code, sent.json()["version"], sent.headers["ETag"]) == (200, 2, '"2"')
    assert (soon.status_code, 86000 < int(soon.headers["Retry-After"]) <= 86400, "RateLimit" in soon.headers) == (429, True, False)
    assert program.post("searches", json={"query": "q=x"}).status_code == 201


def test_that_the_letter_left_is_told_to_who_read_before(program, earlier):
    """It is no act: nobody did anything."""
    tags = {address: program.get(address).headers["ETag"] for address in ("confirmations/1", HERE)}

    def again():
        return [program.get(address, headers={"If-None-Match": tag}).status_code for address, tag in tags.items()]

    before = again()
    with writing() as session:
        session.get_one(Confirmation, 1).sqlmodel_update({"sent_at": now(), "due_at": None})

    assert (before, again()) == ([304, 304], [200, 200])
    assert program.put("confirmations/1/withdrawal", headers={"If-Match": tags["confirmations/1"]}).status_code == 200


def test_a_request_is_withdrawn_until_it_is_answered(program, place, earlier):
    unseen = program.put("confirmations/1/withdrawal")
    gone = program.put("confirmations/1/withdrawal", headers=seen(1))
    again = program.put("confirmations/1/withdrawal", headers=seen(2))

    assert unseen.status_code == 428
    assert (gone.json()["state"], gone.json()["decided_by"], gone.json()["owed"]) == ("withdrawn", "Claire Martin", False)
    assert (again.status_code, again.json()["detail"]) == (409, "This request was decided or withdrawn already")
    assert acts(place, Kind.CONFIRMATION_WITHDRAWN) == [Kind.CONFIRMATION_WITHDRAWN]


def test_what_they_answered_is_approved_and_stands(program, place, earlier):
    answered(earlier, answer="other", stance="opposes", on="2026-11-01", note="We changed our mind.")
    stale = program.put("confirmations/1/approval", headers=seen(1))
    done = program.put("confirmations/1/approval", headers=seen(2))

    found = done.json()
    assert (stale.status_code, stale.json()["version"], done.status_code) == (412, 2, 200)
    assert (found["state"], found["stance"], found["since"]["date"], found["note"]) == (
        "approved",
        "opposes",
        "2026-11-01",
        "We changed our mind.",
    )
    stands = program.get(f"positions/{found['became']}").json()
    assert (stands["stance"], stands["current"], len(stands["citations"])) == ("opposes", True, 1)
    assert program.get("positions/1").json()["superseded_by"] == found["became"]
    assert acts(place, Kind.CONFIRMATION_APPROVED) == [Kind.CONFIRMATION_APPROVED]


def test_what_they_answered_is_refused_with_a_reason(program, place, earlier):
    answered(earlier)
    done = program.put("confirmations/1/refusal", json={"reason": "We do not know you."}, headers=seen(2))

    found = done.json()
    assert (found["state"], found["reason"], found["owed"], found["became"]) == ("refused", "We do not know you.", True, None)
    assert program.get("positions/1").json()["citations"] == []
    assert acts(place, Kind.CONFIRMATION_REFUSED) == [Kind.CONFIRMATION_REFUSED]


def test_nothing_is_decided_before_they_answer_or_after_a_correction(program, place, earlier, editor):
    reason = {"reason": "No."}
    early = [program.put("confirmations/1/approval", headers=seen(1)), program.put("confirmations/1/refusal", json=reason, headers=seen(1))]
    answered(earlier)
    a_corrected_position(place.proposal, place.position, editor, actor="mednum", stance="opposes")
    late = program.put("confirmations/1/approval", headers=seen(2))

    assert [answer.status_code for answer in (*early, late)] == [409] * 3
    assert program.post(NEW, json=ASKED).json()["detail"] == "This position was corrected: ask about what stands now"


@pytest.mark.parametrize("more", [{"email": "nobody"}, {"email": ""}, {"language": "de"}, {"link": 1}])
def test_a_bad_request_is_refused_beside_what_is_wrong(program, place, more):
    assert wrong(program.post(NEW, json=ASKED | more)) == (422, list(more))
    assert (wrong(program.put("confirmations/1/refusal", json={"reason": ""}, headers=seen(1))), confirming.rows()) == (
        (422, ["reason"]),
        [],
    )


def test_three_are_read_with_as_many_questions_as_one_and_page_by_page(engine, program, place, coordinator):
    program.get(HERE)  # the first call of a token is noted

    def asked(actor):
        confirming.ask(a_position(place.proposal, actor), coordinator, now())
        with counted(engine) as statements:
            program.get(HERE)
        return len(statements)

    one, _two, three = asked("france"), asked("ireland"), asked("greece")

    assert three == one
    assert walked(program, f"{HERE}?limit=1") == (items(program.get(HERE)), 3)
