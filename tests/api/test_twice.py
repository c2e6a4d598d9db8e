"""A POST that is sent twice under one key is done once."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from models import TokenWrite
from relais.db import writing
from tests.api.conftest import a_token, caller
from tests.api.test_writing import POST, bodies
from tests.public_record import a_proposal, an_actor


@pytest.fixture
def guichet(public_affairs):
    an_actor("france")
    return a_proposal("guichet", public_affairs)


@pytest.fixture
def program(carrying, guichet, editor):
    return carrying(editor)


def keyed(key):
    return {"Idempotency-Key": key}


def test_sent_twice_under_a_key_it_is_done_once(program):
    first = program.post("sources", json={"title": "Note", "language": "fr"}, headers=keyed("k-1"))
    again = program.post("sources", json={"title": "Note", "language": "fr"}, headers=keyed("k-1"))
    other = program.post("sources", json={"title": "Note", "language": "fr"}, headers=keyed("k-2"))

    assert [answer.json()["slug"] for answer in (first, again, other)] == ["note", "note", "note-2"]
    assert (again.status_code, again.content, again.headers["Location"], again.headers["ETag"]) == (
        201,
        first.content,
        first.headers["Location"],
        first.headers["ETag"],
    )
    assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")


def test_something_else_under_the_same_key_is_refused(program):
    program.post("sources", json={"title": "Note", "language": "fr"}, headers=keyed("k"))

    for address, body in (("sources", {"title": "Other", "language": "fr"}), (POST, {"body": "Oui."})):
        answer = program.post(address, json=body, headers=keyed("k"))
        assert (answer.status_code, [error["parameter"] for error in answer.json()["errors"]]) == (422, ["Idempotency-Key"])
    assert bodies() == []


def test_a_key_is_ones_own_and_is_forgotten_after_a_day(program, carrying, coordinator):
    sent = {"title": "Note", "language": "fr"}

    def slug(asker):
        return asker.post("sources", json=sent, headers=keyed("k")).json()["slug"]

    assert (slug(program), slug(carrying(coordinator)), slug(program)) == ("note", "note-2", "note")
    with writing() as session:
        for row in session.exec(select(TokenWrite)).all():
            row.written_at -= timedelta(hours=25)
    assert slug(program) == "note-3"


def test_what_was_refused_may_be_sent_again_under_its_key(program):
    wrong = program.post(POST, json={"body": ""}, headers=keyed("k"))
    right = program.post(POST, json={"body": "Oui."}, headers=keyed("k"))

    assert (wrong.status_code, right.status_code, bodies()) == (422, 201, ["Oui."])


def test_of_many_sent_at_once_under_a_key_one_is_done(guichet, editor):
    secret, answers = a_token(editor), []

    def send():
        answer = caller(secret).post("sources", json={"title": "Note", "language": "fr"}, headers=keyed("k"))
        answers.append((answer.status_code, answer.json()["slug"]))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [(201, "note")] * 6


@pytest.mark.parametrize("key", ["", "a b", "x" * 256])
def test_what_can_be_no_key_is_refused(program, key):
    answer = program.post(POST, json={"body": "Oui."}, headers=keyed(key))

    assert (answer.status_code, [error["parameter"] for error in answer.json()["errors"]]) == (422, ["Idempotency-Key"])
