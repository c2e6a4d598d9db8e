"""Workers that tell news: several at once, and killed ones, at every point at which one may die."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from models import Mailing
from relais import bookmarks
from relais.errands import HELD
from relais.mail import NotPosted, message_of
from relais.mailings import composing, digest
from tests.days import NOW
from tests.public_record import a_proposal, moved
from tests.relais.postbox import Postbox, drain
from tests.relais.subscribers import follows, letters, rows

MINUTE = timedelta(minutes=1)
PEOPLE = [f"reader{n}" for n in range(12)]


class PowerCut(BaseException):
    """What a killed worker leaves: nothing after this happens."""


@pytest.fixture
def changed(engine, public_affairs):
    """A change of which twelve people are told at once; the first reader had a letter a moment ago."""
    proposal = a_proposal("guichet", public_affairs)
    follows("first")
    letters(engine, NOW)
    for name in PEOPLE:
        follows(name)
    moved(proposal, "backed", "2022-07-01")


def told(post):
    return sorted(letter.to.partition("@")[0] for letter in post)


def test_several_workers_post_each_letter_once(engine, changed):
    post, start = Postbox(), Barrier(4)

    def worker(_):
        start.wait()
        drain(engine, post)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(worker, range(4)))

    assert told(post) == sorted(PEOPLE)
    assert [row.sent_at for row in rows(Mailing)[-12:]] == [NOW] * 12


@pytest.mark.parametrize("where", ["owing", "composing", "writing"])
def test_a_worker_killed_before_a_commit_leaves_all_of_it_to_the_next(engine, changed, monkeypatch, where):
    at = {"owing": (bookmarks, "move"), "composing": (composing, "named"), "writing": (digest, "letter")}

    def cut(*_):
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(*at[where], cut)
        with pytest.raises(PowerCut):
            drain(engine, Postbox())
    post = Postbox()
    drain(engine, post)

    assert told(post) == sorted(PEOPLE)


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_a_letter_it_is_told_by_the_next_and_doubled_at_most_under_one_name(engine, changed, when):
    reached = Postbox()

    def killed(letter, now):
        if when == "after":
            reached(letter, now)
        raise PowerCut

    for _ in range(3):
        with pytest.raises(PowerCut):
            drain(engine, killed)
    post = Postbox()
    drain(engine, post)
    held = told(post)
    drain(engine, post, NOW + HELD)

    names = [message_of(letter, NOW)["Message-ID"] for letter in post]
    assert (len(held), told(post), len(set(names))) == (9, sorted(PEOPLE), 12)
    assert {message_of(letter, NOW)["Message-ID"] for letter in reached} <= set(names)
    assert len(reached) == (3 if when == "after" else 0)


def test_after_an_hour_without_a_mail_server_every_letter_leaves_once(engine, changed):
    post = Postbox(*[NotPosted("no server", again=True)] * 10_000)
    for minute in range(60):
        drain(engine, post, NOW + minute * MINUTE)
    during = told(post)
    post.failures.clear()

    for minute in range(60, 180, 5):
        drain(engine, post, NOW + minute * MINUTE)

    assert (during, told(post)) == ([], sorted([*PEOPLE, "first"]))
