"""Asking for a link: what is kept of it, how often one may, and where it leads back to."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import event

from models import SignInLink, SignInRequest
from relais import db, sign_in
from relais.errors import TooMany
from relais.settings import settings
from tests.days import NOW
from tests.relais.signing_in import MINUTE, a_link, ask, rows


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
