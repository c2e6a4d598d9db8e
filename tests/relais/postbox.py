"""The outbox as a scene needs it: somebody asks for a link, a worker drains, and a postbox takes the letters."""

from sqlmodel import select

from models import SignInRequest
from relais import outbox, sign_in
from relais.db import reading, writing
from tests.days import NOW


class Postbox(list):
    """A mail server that is a list; it fails as it is told to before it takes a letter."""

    def __init__(self, *failures):
        super().__init__()
        self.failures = list(failures)

    def __call__(self, letter, _now):
        if self.failures:
            raise self.failures.pop(0)
        self.append(letter)


def ask(address="emil@relais.test", now=NOW, back="/", language="fr", client="198.51.100.7"):
    with writing() as session:
        return sign_in.ask(session, address, client, language, back, now)


def requests():
    with reading() as session:
        return session.exec(select(SignInRequest).order_by(SignInRequest.id)).all()


def drain(engine, post, now=NOW):
    outbox.drain(engine, lambda: now, post)
