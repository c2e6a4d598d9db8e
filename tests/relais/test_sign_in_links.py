"""A link to sign in: good once, for half an hour."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from threading import Barrier

import pytest

from models import Event, PersonSession, SignInLink
from relais import sign_in
from relais.db import writing
from relais.sign_in import Spent
from tests.days import NOW
from tests.relais.signing_in import MINUTE, a_link, open_session, rows, whose


def test_a_link_opens_a_session_once_and_is_kept_only_as_a_hash(engine, editor):
    token = a_link(editor)

    with writing() as session:
        opened, back = sign_in.redeem(session, token, NOW + MINUTE)

    assert back == "/en/proposals/guichet-unique"
    assert whose(opened) == "emil@relais.test"
    assert [row.token_hash for row in rows(SignInLink)] == [sha256(token.encode()).hexdigest()]
    kept = rows(PersonSession)[0]
    assert (kept.token_hash, kept.opened_at, kept.expires_at) == (
        sha256(opened.encode()).hexdigest(),
        NOW + MINUTE,
        NOW + MINUTE + timedelta(days=30),
    )
    assert [(row.kind, row.actor_id, row.public) for row in rows(Event)] == [("signed_in", editor.id, False)]


def test_tokens_hold_256_bits(engine, editor):
    tokens = {a_link(editor) for _ in range(3)} | {open_session(editor)}

    assert [len(token) for token in tokens] == [43] * 4


@pytest.mark.parametrize("late", [timedelta(minutes=30), timedelta(days=1)])
def test_a_link_is_too_old_after_half_an_hour(engine, editor, late):
    token = a_link(editor)

    with writing() as session, pytest.raises(Spent) as refused:
        sign_in.redeem(session, token, NOW + late)

    assert refused.value.status == 410
    assert rows(PersonSession) == []


def test_a_used_link_is_spent(engine, editor):
    token = a_link(editor)
    with writing() as session:
        sign_in.redeem(session, token, NOW)

    with writing() as session, pytest.raises(Spent):
        sign_in.redeem(session, token, NOW)

    assert len(rows(PersonSession)) == 1


@pytest.mark.parametrize("token", ["", "x", "é", "a" * 43, "' OR 1=1 --"])
def test_a_link_that_never_was_is_spent(engine, editor, token):
    a_link(editor)

    with writing() as session, pytest.raises(Spent):
        sign_in.redeem(session, token, NOW)

    assert [row.used_at for row in rows(SignInLink)] == [None]


def test_of_twenty_who_race_for_a_link_exactly_one_gets_in(engine, editor):
    token, start = a_link(editor), Barrier(20)

    def one(_):
        start.wait()
        try:
            with writing() as session:
                return sign_in.redeem(session, token, NOW)[0]
        except Spent:
            return None

    with ThreadPoolExecutor(20) as pool:
        opened = [token for token in pool.map(one, range(20)) if token]

    assert len(opened) == len(rows(PersonSession)) == 1
    assert [row.kind for row in rows(Event)] == ["signed_in"]


def test_a_failed_commit_leaves_the_link_unused(engine, editor):
    token = a_link(editor)

    with pytest.raises(ZeroDivisionError), writing() as session:  # noqa: PT012  the failure comes after the verb, before the commit
        sign_in.redeem(session, token, NOW)
        raise ZeroDivisionError

    with writing() as session:
        assert sign_in.redeem(session, token, NOW)[0]
