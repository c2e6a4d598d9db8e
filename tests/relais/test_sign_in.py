from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from threading import Barrier

import pytest
from sqlalchemy import event
from sqlmodel import select

from models import Event, PersonSession, SignInLink, SignInRequest
from relais import db, sign_in
from relais.db import reading, writing
from relais.errors import TooMany
from relais.settings import settings
from relais.sign_in import Spent
from tests.days import NOW

MINUTE = timedelta(minutes=1)


def ask(address, client="198.51.100.7", now=NOW, back="/"):
    with writing() as session:
        return sign_in.ask(session, address, client, "en", back, now)


def a_link(person, now=NOW, back="/en/proposals/guichet-unique"):
    with writing() as session:
        return sign_in.link_for(session, person, back, now)


def open_session(person, now=NOW):
    with writing() as session:
        return sign_in.redeem(session, sign_in.link_for(session, person, "/", now), now)[0]


def whose(token, now=NOW):
    with reading() as session:
        person = sign_in.person_of(session, token, now)
    return person.email if person else None


def rows(kind):
    with reading() as session:
        return session.exec(select(kind)).all()


# --- asking ----------------------------------------------------------------------------------------------------------


def test_a_request_keeps_the_address_until_it_is_answered_and_otherwise_only_keyed_hashes(engine, editor):
    ask("Emil@Relais.Test", client="198.51.100.7", back="/en/proposals")

    request = rows(SignInRequest)[0]
    assert (request.address, request.language, request.next) == ("emil@relais.test", "en", "/en/proposals")
    assert (request.asked_at, request.due_at, request.answered_at, request.attempts) == (NOW, NOW, None, 0)
    assert (len(request.address_hash), len(request.client_hash)) == (64, 64)


def test_the_hashes_of_another_house_are_others(engine, house):
    first = ask("emil@relais.test")
    house.setenv("RELAIS_SECRET", "another key")
    settings.cache_clear()

    second = ask("emil@relais.test")

    assert first.address_hash != second.address_hash
    assert first.client_hash != second.client_hash


def test_known_and_unknown_addresses_are_the_same_work(engine, editor):
    said: list[str] = []
    event.listen(engine, "after_cursor_execute", lambda *call: said.append(call[2]))

    ask("emil@relais.test", client="198.51.100.7")
    known = said.copy()
    said.clear()
    ask("nobody@relais.test", client="198.51.100.8")

    assert said == known
    assert not [statement for statement in said if "persons" in statement]
    first, second = rows(SignInRequest)
    assert first.model_dump(include={"language", "next", "asked_at", "due_at", "attempts", "answered_at"}) == second.model_dump(
        include={"language", "next", "asked_at", "due_at", "attempts", "answered_at"}
    )


@pytest.mark.parametrize("address", ["emil@relais.test", "nobody@relais.test"])
def test_an_address_is_asked_for_five_times_in_a_quarter_of_an_hour(engine, editor, address):
    for minute in range(5):
        ask(address, client=f"198.51.100.{minute}", now=NOW + minute * MINUTE)

    with pytest.raises(TooMany) as refused:
        ask(address.upper(), client="198.51.100.9", now=NOW + 5 * MINUTE)

    assert (refused.value.status, refused.value.wait) == (429, 10 * 60)
    assert len(rows(SignInRequest)) == 5
    ask(address, client="198.51.100.9", now=NOW + 15 * MINUTE)


def test_one_client_asks_twenty_times_and_hinders_no_other(engine):
    for number in range(20):
        ask(f"person{number}@relais.test", client="198.51.100.7")

    with pytest.raises(TooMany) as refused:
        ask("person20@relais.test", client="198.51.100.7", now=NOW + MINUTE)

    assert refused.value.wait == 14 * 60
    ask("person20@relais.test", client="198.51.100.8", now=NOW + MINUTE)


def test_the_addresses_of_one_ipv6_network_count_as_one_client(engine):
    for number in range(20):
        ask(f"person{number}@relais.test", client=f"2001:db8:1:2::{number + 1:x}")

    with pytest.raises(TooMany):
        ask("person20@relais.test", client="2001:db8:1:2:ffff::1")

    ask("person20@relais.test", client="2001:db8:1:3::1")


def test_limits_survive_a_restart(engine):
    for _ in range(5):
        ask("emil@relais.test")
    db.engine.cache_clear()
    settings.cache_clear()

    with pytest.raises(TooMany):
        ask("emil@relais.test")

    assert db.engine() is not engine
    db.engine().dispose()


def test_racing_requests_stay_within_the_limit(engine):
    start = Barrier(12)

    def one(number):
        start.wait()
        try:
            ask("emil@relais.test", client=f"198.51.100.{number}")
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        allowed = list(pool.map(one, range(12)))

    assert sum(allowed) == 5
    assert len(rows(SignInRequest)) == 5


AWAY = [
    "", "proposals", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
    "/\\/evil.example", "https://evil.example", "http:evil.example", "https:/evil.example", "https:///evil.example", "HTTPS://evil.example",
    "javascript:alert(1)", "data:text/html,x", "mailto:a@evil.example", "ftp://evil.example", " //evil.example", " /en/",
    "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/\r\nLocation: https://evil.example", "/\x00/evil.example", "/en/\x7f",
    "/en//evil.example", "/..//evil.example", "?next=//evil.example", "#//evil.example", ".evil.example", "@evil.example", "/%0a\n",
    "/\u2028", "/\uff0fevil.example", "/" + "a" * 500,
]  # fmt: skip


@pytest.mark.parametrize("path", AWAY)
def test_a_next_that_leads_away_leads_home(path):
    assert sign_in.local_path(path) == "/"


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/fr/proposals/guichet-unique?as_of=2022-07-01#c12", "/fr/proposals?q=num%C3%A9rique", "/en/a:b@c"]
)
def test_a_next_on_this_site_is_kept(path):
    assert sign_in.local_path(path) == path


def test_a_next_that_leads_away_is_never_stored(engine, editor):
    ask("emil@relais.test", back="//evil.example")
    a_link(editor, back="https://evil.example")

    assert [row.next for row in (*rows(SignInRequest), *rows(SignInLink))] == ["/", "/"]


# --- links -----------------------------------------------------------------------------------------------------------


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


# --- sessions --------------------------------------------------------------------------------------------------------


def test_a_session_ends_after_thirty_days(engine, editor):
    token = open_session(editor)

    assert whose(token, NOW + timedelta(days=30, seconds=-1)) == "emil@relais.test"
    assert whose(token, NOW + timedelta(days=30)) is None


def test_signing_out_ends_the_session_on_the_server_and_once(engine, editor):
    token, other = open_session(editor), open_session(editor)

    for _ in range(2):
        with writing() as session:
            sign_in.sign_out(session, token, NOW)

    assert (whose(token), whose(other)) == (None, "emil@relais.test")
    assert [row.kind for row in rows(Event)] == ["signed_in", "signed_in", "signed_out"]
    assert [row.public for row in rows(Event)] == [False, False, False]


def test_one_may_see_ones_own_sessions_and_end_the_others(engine, editor, stranger):
    token, other, theirs = open_session(editor), open_session(editor, NOW + MINUTE), open_session(stranger)

    with writing() as session:
        seen = [row.opened_at for row in sign_in.sessions_of(session, editor, NOW)]
        ended = sign_in.sign_out_elsewhere(session, editor, token, NOW)

    assert (seen, ended) == ([NOW + MINUTE, NOW], 1)
    assert (whose(token), whose(other), whose(theirs)) == ("emil@relais.test", None, "sofia@relais.test")


def test_nobody_ever_signed_in_until_somebody_did(engine, editor):
    with reading() as session:
        before = sign_in.anybody_ever(session)
    token = open_session(editor)
    with writing() as session:
        sign_in.sign_out(session, token, NOW)

    with reading() as session:
        assert (before, sign_in.anybody_ever(session)) == (False, True)


def test_what_is_past_its_time_is_forgotten_and_the_rest_stays(engine, editor):
    ask("old@relais.test", now=NOW - timedelta(days=30, seconds=1))
    ask("young@relais.test", now=NOW - timedelta(days=30))
    a_link(editor, now=NOW - timedelta(minutes=30))
    young = a_link(editor, now=NOW - timedelta(minutes=29))
    old_session, young_session = open_session(editor, NOW - timedelta(days=30)), open_session(editor, NOW - timedelta(days=29))

    with writing() as session:
        sign_in.purge(session, NOW)

    assert [row.address for row in rows(SignInRequest)] == ["young@relais.test"]
    assert [row.token_hash for row in rows(SignInLink)] == [sha256(young.encode()).hexdigest()]
    assert [row.token_hash for row in rows(PersonSession)] == [sha256(young_session.encode()).hexdigest()]
    assert whose(old_session, NOW - timedelta(days=1)) is None
