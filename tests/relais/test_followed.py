"""Who follows by letter changes what they get, pauses, and leaves."""

from datetime import timedelta

import pytest

from models import Subscriber, Subscription
from models.subscription import Pace
from models.topic import NewsKind
from relais import following
from relais.db import reading, writing
from relais.errors import Invalid, Missing, Stale
from relais.following import ChoiceForm, ReachForm, links
from relais.mailings.links import Ended, Purpose
from tests.days import NOW
from tests.public_record import a_proposal
from tests.relais.following_by_letter import ask, confirm, rows

DAY = timedelta(days=1)


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


def test_choices_are_changed_by_the_version_they_were_read_in(engine):
    ask()
    subscriber = confirm(engine)
    (row,) = rows(Subscription)
    form = ChoiceForm(news=["comments", "stage"], pace="daily")
    with writing() as session:
        following.change(session, following.one(session, subscriber, row.id), form, row.version)
    with pytest.raises(Stale), writing() as session:
        following.change(session, following.one(session, subscriber, row.id), form, row.version)

    (changed,) = rows(Subscription)
    assert (changed.pace, changed.news, changed.version) == (Pace.DAILY, [NewsKind.STAGE, NewsKind.COMMENTS], row.version + 1)


def test_what_another_follows_is_not_there(engine):
    ask("ines@relais.test")
    confirm(engine)
    ask("omar@relais.test")
    other = confirm(engine)
    (hers, _) = rows(Subscription)
    with reading() as session, pytest.raises(Missing):
        following.one(session, other, hers.id)


def test_letters_are_paused_until_a_day_in_brussels(engine):
    ask()
    subscriber = confirm(engine)
    day = NOW.date()
    for until, version in ((day + DAY, 1), (None, 2)):
        with writing() as session:
            theirs = session.get_one(Subscriber, subscriber.id)
            following.reach(session, theirs, ReachForm(language="fr", paused_until=until), version, today=day)
        (row,) = rows(Subscriber)
        assert (row.language, row.paused_until is None) == ("fr", until is None)
    with pytest.raises(Invalid), writing() as session:
        following.reach(session, session.get_one(Subscriber, subscriber.id), ReachForm(language="fr", paused_until=day), 3, today=day)


def test_new_links_end_the_old_ones(engine):
    ask()
    subscriber = confirm(engine)
    old = links.token(Purpose.MANAGE, subscriber)
    with writing() as session:
        following.renew_links(session, following.subscriber_of(session, old))
    with reading() as session, pytest.raises(Ended):
        following.subscriber_of(session, old)


def test_one_press_stops_what_the_letter_named_and_the_last_one_forgets_the_address(engine, guichet):
    ask("ines@relais.test", "everything", "proposal/guichet-unique")
    subscriber = confirm(engine)
    first, second = rows(Subscription)
    for row, left in ((first, [second.key]), (first, [second.key]), (second, [])):
        token = links.token(Purpose.STOP, subscriber, links.mark(row))
        with writing() as session:
            following.stop(session, following.stopped_by(session, token))
        assert [row.key for row in rows(Subscription)] == left

    assert rows(Subscriber) == []


def test_erasing_forgets_the_address_and_its_links(engine):
    ask()
    subscriber = confirm(engine)
    with writing() as session:
        following.erase(session, session.get_one(Subscriber, subscriber.id))
    ask("omar@relais.test")

    assert [row.email for row in rows(Subscriber)] == ["omar@relais.test"]
    with reading() as session, pytest.raises(Ended):
        following.subscriber_of(session, links.token(Purpose.MANAGE, subscriber))
