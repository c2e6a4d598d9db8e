"""Those who follow by letter as scenes need them: confirmed at once, by rows; and the letters a worker posts them."""

from sqlmodel import col, select

from models import Subscriber, Subscription
from models.subscription import Pace
from models.topic import USUAL, TopicKind
from relais.db import reading, writing
from tests.days import NOW
from tests.relais.postbox import Postbox, drain

EVERYTHING, GUICHET = (TopicKind.EVERYTHING, ""), (TopicKind.PROPOSAL, "guichet")


def follows(name, *topics, pace=Pace.AT_ONCE, language="en", news=USUAL, weekday=0):
    with writing() as session:
        who = Subscriber(email=f"{name}@relais.test", language=language, created_at=NOW)
        session.add(who)
        session.flush()
        chosen = {"pace": pace, "weekday": weekday, "news": list(news)}
        agreed = {"asked_at": NOW, "confirmed_at": NOW, "consent": "1"}
        for kind, key in topics or (EVERYTHING,):
            session.add(Subscription(subscriber_id=who.id, kind=kind, key=key, **chosen, **agreed))
    return who


def letters(engine, now, *failures):
    """What is posted when a worker does what is due at that moment."""
    post = Postbox(*failures)
    drain(engine, post, now)
    return list(post)


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()
