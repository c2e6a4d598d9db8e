"""What is new to somebody since their last visit."""

from datetime import timedelta

from models import Person
from relais import ledger
from relais.access import VISITOR
from relais.activity import seen
from relais.db import reading, writing
from tests.days import NOW
from tests.public_record import a_comment, a_proposal, moved
from tests.relais.happening import member, saved

MINUTE = timedelta(minutes=1)


def newest():
    with reading() as session:
        return ledger.newest(session)


def see(person, upto):
    with writing() as session:
        return seen.mark(session, session.get_one(Person, person.id), upto)


def test_what_others_did_since_is_new_and_what_i_did_is_not(engine, public_affairs, editor, coordinator):
    proposal, other = a_proposal("guichet", public_affairs), a_proposal("tarif", public_affairs)
    see(editor, newest())
    saved(proposal, 1, editor, NOW + MINUTE)
    a_comment(proposal, coordinator, "One.")
    moved(other, "taken_up", "2022-07-01")
    saved(proposal, 2, coordinator, NOW + 2 * MINUTE)

    with reading() as session:
        news = seen.news(session, member(public_affairs, editor), "en")

    assert [(title.slug, number) for title, number in news.proposals] == [("guichet", 2), ("tarif", 1)]
    assert (news.number, news.besides, news.more, news.upto) == (3, 0, False, newest())


def test_nothing_is_new_to_a_visitor_or_once_everything_was_seen(engine, public_affairs, editor):
    a_proposal("guichet", public_affairs)
    see(editor, newest())

    with reading() as session:
        assert [seen.news(session, reader, "en") for reader in (VISITOR, member(public_affairs, editor))] == [None, None]


def test_what_is_seen_never_goes_back_nor_beyond_what_there_is(engine, public_affairs, editor):
    a_proposal("guichet", public_affairs)
    last = newest()

    assert [see(editor, upto) for upto in (last - 1, last - 2, last + 1, last, last)] == [True, False, False, True, False]
    with reading() as session:
        assert session.get_one(Person, editor.id).seen_event_id == last
