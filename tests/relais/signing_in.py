"""Signing in, step by step, each step in its own unit of work."""

from datetime import timedelta

from sqlmodel import select

from relais import sign_in
from relais.db import reading, writing
from tests.days import NOW

MINUTE = timedelta(minutes=1)


def ask(address, client="198.51.100.7", now=NOW, back="/"):
    with writing() as session:
        return sign_in.ask(session, address, client, "en", back, now)


def a_link(person, now=NOW, back="/en/proposals/guichet-unique"):
    with writing() as session:
        return sign_in.link_for(session, person, back, now)


def open_session(person, now=NOW):
    with writing() as session:
        return sign_in.redeem(session, sign_in.link_for(session, person, "/", now), now)[0]


def whose(token, now=NOW):
    with reading() as session:
        person = sign_in.person_of(session, token, now)
    return person.email if person else None


def rows(kind):
    with reading() as session:
        return session.exec(select(kind)).all()
