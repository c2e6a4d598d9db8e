"""Webhooks as scenes need them: one added by a coordinator, something that happens, a worker that owes and calls."""

from sqlmodel import col, select

from models import Group, Person, Webhook, WebhookKey
from relais import webhooks
from relais.db import reading, writing
from relais.webhooks import WebhookForm, courier, owing, sending
from relais.webhooks.answer import Answer
from tests.days import NOW

HOOK = "https://hooks.example.org/relais"


def a_webhook(group, by, *, url=HOOK, topic="everything", kinds=("stage", "positions"), name="Archive", now=NOW):
    form = WebhookForm(name=name, url=url, topic=topic, kinds=list(kinds))
    with writing() as session:
        return webhooks.add(session, session.get_one(Group, group.id), form, by=session.get_one(Person, by.id), now=now)


def act(verb, webhook, group, by, *, version=None, now=NOW):
    """Run one of the verbs of a coordinator on it, as they last saw it."""
    with writing() as session:
        row = session.get_one(Webhook, webhook.id)
        verb(session, session.get_one(Group, group.id), row, version=version or row.version, by=session.get_one(Person, by.id), now=now)


def owe(now=NOW):
    """Read the ledger to its end."""
    with writing() as session:
        while owing.anything(session, now):
            owing.batch(session, now)


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def salts(webhook):
    with reading() as session:
        return session.exec(select(WebhookKey.salt).where(col(WebhookKey.webhook_id) == webhook.id)).all()


class Receivers:
    """What couriers are given in place of the network: `called` are the calls, answered by the next of `answers`, then by 200."""

    def __init__(self, *answers):
        self.answers, self.called = list(answers), []

    def __call__(self, url, _salts, name, body, now):
        self.called.append((url, name, body, now))
        answer = self.answers.pop(0) if self.answers else 200
        return answer if isinstance(answer, Answer) else Answer(answer)


def deliver(engine, now=NOW, send=sending.send):
    """Owe what happened, and make every call that is due at that moment."""
    owe(now)
    courier.drain(engine, lambda: now, send)
