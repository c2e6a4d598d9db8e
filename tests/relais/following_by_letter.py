"""Following by letter as scenes need it: somebody asks, a worker sends the letter, and the button behind its link is pressed."""

from sqlmodel import col, select

from models.topic import USUAL
from relais.db import reading, writing
from relais.following import asking
from relais.following.asking import FollowForm
from tests.days import NOW
from tests.relais.postbox import Postbox, drain

HOME = "203.0.113.77"


def ask(email="ines@relais.test", *topics, now=NOW, client=HOME, language="en", **choices):
    form = FollowForm(topics=topics or ["everything"], email=email, language=language, **{"news": USUAL, "pace": "weekly", **choices})
    with writing() as session:
        return asking.ask(session, form, client, now)


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def letters(engine, now=NOW):
    post = Postbox()
    drain(engine, post, now)
    return list(post)


def token_in(letter):
    return letter.text.split("/follow/")[1].split()[0].split("/")[1]


def confirm(engine, now=NOW, client=HOME):
    """Press the button behind the one letter that is due."""
    (letter,) = letters(engine, now)
    with writing() as session:
        return asking.confirm(session, token_in(letter), client, now)
