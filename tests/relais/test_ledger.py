from threading import Event as Signal
from threading import Thread
from time import monotonic

import pytest
from sqlmodel import select

from models import Event
from models.event import EventKind
from relais import ledger
from relais.db import reading, writing
from tests.days import NOW
from tests.relais.races import race


def record(group, by=None) -> int:
    with writing() as session:
        return ledger.record(session, EventKind.GROUP_ADDED, group, at=NOW, by=by, group_id=group.id, slug=group.slug)


def ids_since(event_id: int) -> list[int]:
    with reading() as session:
        return [event.id for event in ledger.since(session, event_id)]


def test_an_act_is_one_event_row(public_affairs, editor):
    record(public_affairs, by=editor)

    with reading() as session:
        event = session.exec(select(Event)).one()
    assert (event.kind, event.recorded_at, event.actor_id, event.group_id) == (EventKind.GROUP_ADDED, NOW, editor.id, public_affairs.id)
    assert (event.subject, event.subject_id, event.details) == ("groups", str(public_affairs.id), {"slug": "european-public-affairs"})


def test_events_are_read_from_a_cursor_in_their_order(public_affairs):
    ids = [record(public_affairs) for _ in range(5)]

    assert ids_since(0) == ids
    assert ids_since(ids[2]) == ids[3:]
    assert ids_since(ids[4]) == []


def test_a_cursor_gives_at_most_what_was_asked(public_affairs):
    ids = [record(public_affairs) for _ in range(3)]

    with reading() as session:
        assert [event.id for event in ledger.since(session, 0, limit=2)] == ids[:2]


@pytest.mark.postgresql
def test_a_later_event_is_never_seen_before_an_earlier_one(public_affairs):
    """A slow writer holds the earlier id. Without the ledger's lock the quick one would commit first, and a cursor would skip the slow."""
    recorded, go_on = Signal(), Signal()
    slow, quick = Thread(target=record_slowly, args=(public_affairs, recorded, go_on)), Thread(target=record, args=(public_affairs,))

    slow.start()
    assert recorded.wait(timeout=10)
    quick.start()
    quick.join(timeout=0.5)
    while_slow_writes = ids_since(0)
    go_on.set()
    slow.join(timeout=10)
    quick.join(timeout=10)

    assert while_slow_writes == []
    assert ids_since(0) == [1, 2]


def test_a_reader_that_follows_eight_writers_misses_no_event(public_affairs):
    seen: list[int] = []
    outcomes = race(*[lambda: [record(public_affairs) for _ in range(10)]] * 8, lambda: follow(seen, 80))

    written = sorted(number for outcome in outcomes[:-1] for number in outcome)
    assert (outcomes[-1], seen) == (80, written)


def record_slowly(group, recorded: Signal, go_on: Signal) -> None:
    with writing() as session:
        ledger.record(session, EventKind.GROUP_ADDED, group, at=NOW, by=None, group_id=group.id)
        recorded.set()
        go_on.wait(timeout=10)


def follow(seen: list[int], number: int) -> int:
    """Read from a cursor, as the worker does, until that many events were seen; stops after a while in any case."""
    last_try = monotonic() + 20
    while len(seen) < number and monotonic() < last_try:
        seen += ids_since(seen[-1] if seen else 0)
    return len(seen)
