"""Open pages on two web processes with one database: what is done at one is told at the other, once and in order, whatever breaks."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from threading import Thread

import pytest
from sqlalchemy import Engine, text
from sqlmodel import col, delete, select

from models import Comment, Event, Membership, PersonSession
from models.event import EventKind
from relais import ledger
from relais.comments import CommentForm, post
from relais.db import reading, writing
from tests.days import NOW
from tests.public_record import a_comment, a_proposal
from tests.relais.races import race
from tests.web.conftest import signed_in
from tests.web.serving import Listener, Server, serving

pytestmark = pytest.mark.slow
LIVE = "/en/proposals/guichet/live"


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


@pytest.fixture
def here(engine, tmp_path) -> Iterator[Server]:
    with serving(tmp_path) as server:
        yield server


@pytest.fixture
def there(engine, tmp_path) -> Iterator[Server]:
    with serving(tmp_path) as server:
        yield server


@pytest.fixture
def opened() -> Iterator[Callable[..., Listener]]:
    """Opens a page at a server, with cookies if it is somebody's; all are closed at the end."""
    pages: list[Listener] = []

    def open_one(server: Server, mine: Mapping[str, str] | None = None) -> Listener:
        pages.append(Listener(server, LIVE, mine or {}))
        return pages[-1]

    yield open_one
    for page in pages:
        page.hang_up()


def cookies(engine, person):
    return dict(signed_in(engine, person).cookies)


def newest():
    with reading() as session:
        return ledger.newest(session)


def test_what_is_done_at_one_process_is_told_at_the_other_to_those_who_may_know(
    engine, here, there, guichet, editor, commenter, stranger, opened
):
    mine, after = cookies(engine, commenter), newest()
    member = opened(there, cookies(engine, editor)).listen(after=after)
    visitor, other = opened(there).listen(after=after), opened(there, cookies(engine, stranger)).listen(after=after)
    author = opened(there, mine).listen(after=after)

    for words, public in (("Between us", {}), ("For all", {"public": "true"})):
        assert here.post("/en/proposals/guichet/comments", mine, body=words, **public).status_code == 303

    with reading() as session:
        kept, shown = session.exec(select(Comment.id).order_by(col(Comment.id))).all()
    assert [member.next_act()["data"], member.next_act()["data"]] == [str(kept), str(shown)]
    assert (visitor.next_act()["data"], other.next_act()["data"]) == (str(shown), str(shown))
    a_comment(guichet, editor, "The end", public=True)  # of the others' acts the author is told, in their place
    assert author.next_act()["data"] == visitor.next_act()["data"] == other.next_act()["data"]
    assert visitor.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert (visitor.headers["cache-control"], visitor.headers["x-accel-buffering"]) == ("no-store, no-transform", "no")
    assert "content-encoding" not in visitor.headers


def test_however_often_a_line_breaks_while_many_write_every_event_is_heard_once_and_in_order(
    engine, here, there, guichet, editor, commenter, opened
):
    members = cookies(engine, editor)
    listener = opened(here, members).listen(after=newest())

    def write(number):
        for one in range(10):
            with writing() as session:
                post(session, guichet, CommentForm(body=f"{number} {one}"), by=commenter, now=NOW)

    writers = Thread(target=lambda: race(*[partial(write, number) for number in range(4)]))
    writers.start()
    heard: list[int] = []
    while len(heard) < 40:
        message = listener.next_act()
        heard += [int(message["id"])] if message else []
        if message is None or len(heard) % 4 == 0:
            listener.hang_up()
            listener.server = there if listener.server is here else here
            listener.listen(after=0)
    writers.join()

    with reading() as session:
        assert heard == session.exec(select(Event.id).where(col(Event.kind) == EventKind.COMMENT_POSTED).order_by(col(Event.id))).all()


def end_session(engine, editor, guichet):
    with writing() as session:
        session.connection().execute(delete(PersonSession).where(col(PersonSession.person_id) == editor.id))


def leave_group(engine, editor, guichet):
    with writing() as session:
        session.connection().execute(delete(Membership).where(col(Membership.person_id) == editor.id))


@pytest.mark.parametrize("end", [end_session, leave_group])
def test_a_stream_ends_before_its_reader_is_told_what_they_may_not_know_any_more(engine, here, guichet, editor, commenter, end, opened):
    listener = opened(here, cookies(engine, editor)).listen(after=newest())
    assert "presence" in listener.next()["data"]

    end(engine, editor, guichet)
    a_comment(guichet, commenter, "Between us")

    assert listener.next() is None


def test_streams_of_visitors_end_when_a_proposal_is_withdrawn_from_them(engine, here, guichet, editor, opened):
    listener = opened(here).listen(after=newest())
    with writing() as session:
        row = session.get_one(type(guichet), guichet.id)
        row.public = False
        ledger.record(session, EventKind.PROPOSAL_CHANGED, row, at=NOW, by=editor, proposal=row)

    assert listener.next() is None
    assert listener.listen().status == 404


def test_a_server_told_to_stop_ends_its_streams_and_is_gone_at_once(engine, here, guichet, opened):
    listeners = [opened(here).listen(after=newest()) for _ in range(3)]

    code, seconds = here.stop()

    assert [listener.next() for listener in listeners] == [None] * 3
    assert (code, seconds < 4) == (0, True)


def test_one_person_opens_no_more_than_so_many_pages_and_is_told_when_to_ask_again(engine, here, guichet, editor, opened):
    mine = cookies(engine, editor)
    first = opened(here, mine).listen(after=newest())
    others = [opened(here, mine).listen(after=newest()) for _ in range(19)]

    refused = opened(here, mine).listen(after=newest())
    assert (refused.status, refused.headers["retry-after"]) == (503, "30")
    assert opened(here).listen(after=newest()).status == 200

    first.hang_up()
    for _ in range(50):
        if opened(here, mine).listen(after=newest()).status == 200:
            break
    else:
        raise AssertionError("a page that has gone still counts")
    assert [one.status for one in others] == [200] * 19


@pytest.mark.postgresql
def test_twenty_pages_hold_one_connection_and_it_is_made_anew_when_it_breaks(engine: Engine, here, guichet, editor, opened):
    pages = [opened(here).listen(after=newest()) for _ in range(20)]
    listening = "FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
    a_comment(guichet, editor, "First", public=True)
    assert len({page.next()["id"] for page in pages}) == 1

    with writing() as session:
        assert session.connection().execute(text(f"SELECT count(*) {listening}")).scalar_one() == 1
        session.connection().execute(text(f"SELECT pg_terminate_backend(pid) {listening}"))
    a_comment(guichet, editor, "While nobody listened", public=True)

    assert len({page.next()["id"] for page in pages}) == 1
