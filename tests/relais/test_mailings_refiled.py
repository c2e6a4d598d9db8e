"""Somebody stops one of two things that a change is about: it still comes because of the other, at the pace of the other."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Delivery, Subscription
from models.subscription import Pace
from models.topic import NewsKind, TopicKind
from relais import following
from relais.db import reading, writing
from relais.mail import NotPosted
from tests.days import NOW
from tests.news_told import tell
from tests.public_record import a_proposal, moved
from tests.relais.postbox import Postbox, drain
from tests.relais.subscribers import EVERYTHING, GUICHET, follows

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MORNING = NOW.replace(day=24, hour=7)  # 8:00 in Brussels in winter


@pytest.fixture
def guichet(engine, public_affairs):
    proposal = a_proposal("guichet", public_affairs)
    follows("first", (TopicKind.PRESIDENCY, "2001-xx"))  # with whom the reading of the ledger begins
    drain(engine, Postbox())
    return proposal


def changed(which, **facts):
    with writing() as session:
        session.exec(select(Subscription).where(col(Subscription.kind) == which[0])).one().sqlmodel_update(facts)


def stopped(*which):
    with writing() as session:
        kinds = [kind for kind, _ in which]
        following.stop(session, session.exec(select(Subscription).where(col(Subscription.kind).in_(kinds))).all())


def owe(engine):
    tell(engine, NOW - DAY)  # before anything is due: nothing is put into a letter yet


def owed():
    with reading() as session:
        return [(row.subscription_id, row.due_at) for row in session.exec(select(Delivery).order_by(col(Delivery.id)))]


def letters(engine, now, *failures):
    post = Postbox(*failures)
    drain(engine, post, now)
    return [letter.text for letter in post]


def test_it_comes_because_of_the_other(engine, guichet):
    follows("ana", EVERYTHING, GUICHET)
    changed(GUICHET, pace=Pace.DAILY)
    moved(guichet, "backed", on="2022-06-22")
    owe(engine)
    stopped(EVERYTHING)

    assert [due for _, due in owed()] == [MORNING]
    assert letters(engine, MORNING - MINUTE) == []
    (text,) = letters(engine, MORNING)
    assert "You get this because you follow: Titre de guichet." in text


@pytest.mark.parametrize("facts", [{"news": [NewsKind.TEXT.value]}, {"since_event": 99}, {"confirmed_at": None, "consent": ""}])
def test_it_comes_no_more_where_the_other_does_not_want_it(engine, guichet, facts):
    follows("ana", EVERYTHING, GUICHET)
    changed(GUICHET, **facts)
    moved(guichet, "backed", on="2022-06-22")
    owe(engine)
    stopped(EVERYTHING)

    assert owed() == []
    assert letters(engine, NOW + 40 * DAY) == []


def test_of_two_others_the_one_due_first_brings_it(engine, guichet, public_affairs):
    group = (TopicKind.GROUP, "european-public-affairs")
    follows("ana", EVERYTHING, GUICHET, group)
    changed(GUICHET, pace=Pace.HANDOVER)  # whose day is not known
    changed(group, pace=Pace.WEEKLY, weekday=2)
    moved(guichet, "backed", on="2022-06-22")
    owe(engine)
    stopped(EVERYTHING)

    assert [due for _, due in owed()] == [MORNING + DAY]


def test_a_letter_that_waits_for_the_mail_server_still_tells_it(engine, guichet):
    follows("ana", EVERYTHING, GUICHET)
    moved(guichet, "backed", on="2022-06-22")
    assert letters(engine, NOW, NotPosted("451", again=True)) == []
    stopped(EVERYTHING)

    (text,) = letters(engine, NOW + MINUTE)
    assert "You get this because you follow: Titre de guichet." in text


def test_who_stops_everything_gets_nothing_more(engine, guichet):
    follows("ana", EVERYTHING, GUICHET)
    moved(guichet, "backed", on="2022-06-22")
    owe(engine)
    stopped(EVERYTHING, GUICHET)

    assert (owed(), letters(engine, NOW + DAY)) == ([], [])
