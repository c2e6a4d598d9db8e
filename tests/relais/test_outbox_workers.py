"""Workers of the outbox: several at once, killed ones, and the loop they run."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event, Thread

import pytest
from sqlalchemy import inspect
from sqlmodel import select

from models import PersonSession, SignInLink
from relais import outbox, sign_in
from relais.db import reading, writing
from relais.errands import HELD
from tests.days import NOW
from tests.relais.postbox import Postbox, ask, drain, requests

SECOND = timedelta(seconds=1)


class PowerCut(BaseException):
    """What a killed worker leaves: nothing after this happens."""


def links():
    with reading() as session:
        return session.exec(select(SignInLink)).all()


# --- several workers, and killed ones --------------------------------------------------------------------------------


def test_several_workers_post_each_letter_once(engine, editor, stranger, coordinator, observer):
    for n, name in enumerate(("emil", "sofia", "claire", "oskar")):
        for _ in range(4):
            ask(f"{name}@relais.test", client=f"198.51.100.{n}")
    post, start = Postbox(), Barrier(4)

    def worker(_):
        start.wait()
        drain(engine, post)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(worker, range(4)))

    assert sorted(letter.to for letter in post) == sorted(
        f"{name}@relais.test" for name in ("emil", "sofia", "claire", "oskar") for _ in range(4)
    )
    assert {row.address for row in requests()} == {""}


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_killed_at_a_letter_leaves_it_to_the_next_worker(engine, editor, when):
    ask()
    reached = Postbox()

    def killed(letter, now):
        if when == "after":
            reached(letter, now)
        raise PowerCut

    with pytest.raises(PowerCut):
        drain(engine, killed)
    post = Postbox()
    drain(engine, post, NOW + HELD - SECOND)
    assert post == []
    drain(engine, post, NOW + HELD)

    assert [letter.to for letter in post] == ["emil@relais.test"]
    assert len(reached) == (when == "after")


def test_a_worker_killed_before_it_commits_leaves_the_request_due_at_once(engine, editor, monkeypatch):
    ask()

    def cut(*_):
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(sign_in, "link_for", cut)
        with pytest.raises(PowerCut):
            drain(engine, Postbox())
    assert [(row.due_at, row.attempts) for row in requests()] == [(NOW, 0)]
    post = Postbox()
    drain(engine, post)

    assert len(post) == len(links()) == 1


# --- the loop --------------------------------------------------------------------------------------------------------


def running(engine, post, stop, clock=lambda: NOW):
    thread = Thread(target=outbox.work, args=(engine, clock, stop, post), daemon=True)
    thread.start()
    return thread


def until(true, seconds=10.0):
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "it never came"
        time.sleep(0.01)


def test_the_loop_goes_on_whatever_fails_and_stops_at_once(engine, editor, capsys):
    ask()
    post, stop = Postbox(RuntimeError("emil@relais.test was refused")), Event()
    later = [NOW]
    thread = running(engine, post, stop, clock=lambda: later[0])
    until(lambda: not post.failures)

    later[0] = NOW + HELD
    until(lambda: post)
    until(lambda: requests()[0].answered_at)
    stopped = time.monotonic()
    stop.set()
    thread.join(5)

    assert not thread.is_alive()
    assert time.monotonic() - stopped < outbox.IDLE_SECONDS
    (line,) = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (line["event"], line["error"]) == ("work_failed", "RuntimeError: [address] was refused")


def test_the_loop_purges_and_takes_stock_when_it_starts(engine, editor):
    with writing() as session:
        sign_in.redeem(session, sign_in.link_for(session, editor, "/", NOW - timedelta(days=31)), NOW - timedelta(days=31))
    stop = Event()
    thread = running(engine, Postbox(), stop)

    def sessions():
        with reading() as session:
            return session.exec(select(PersonSession)).all()

    until(lambda: not sessions())
    until(lambda: engine.dialect.name == "postgresql" or inspect(engine).has_table("sqlite_stat1"))
    stop.set()
    thread.join(5)

    assert not thread.is_alive()
