"""Notices through crashes, several workers and two pages of one member: each told once, each letter one letter."""

from functools import partial

import pytest
from sqlmodel import col, delete, func, select

from models import Notice, Person
from relais import bookmarks, notices
from relais.db import reading, writing
from relais.notices import ChoiceForm, owing
from relais.notices import letters as notice_letters
from tests.days import NOW
from tests.public_record import a_comment, a_proposal
from tests.relais.postbox import Postbox, drain
from tests.relais.races import names, race


@pytest.fixture
def named(engine, public_affairs, commenter, editor):
    """The editor was named three times, and no worker has read of it yet."""
    guichet = a_proposal("guichet", public_affairs)
    drain(engine, Postbox())
    for number in range(3):
        a_comment(guichet, commenter, f"@Emil Novák, {number}")


def told(engine):
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(Notice)).one()


def owe(engine):
    with writing(engine) as session:
        owing.batch(session, NOW)


def test_a_worker_that_dies_before_its_bookmark_has_told_nothing_and_the_next_tells_once(engine, named, monkeypatch):
    with monkeypatch.context() as dying:
        dying.setattr(bookmarks, "move", _die)
        with pytest.raises(KeyboardInterrupt):
            owe(engine)
    assert told(engine) == 0

    owe(engine)
    owe(engine)
    assert told(engine) == 3


def test_many_workers_tell_once(engine, named):
    assert names(race(*[partial(owe, engine)] * 6)) == ["won"] * 6

    assert told(engine) == 3


def test_a_letter_whose_worker_died_while_posting_comes_again_as_the_same_letter(engine, named):
    owe(engine)
    with writing(engine) as session:
        notice_letters.batch(session, NOW)
    with writing(engine) as session:
        taken = notice_letters.next_errand(session, NOW)
    with writing(engine) as session:
        assert notice_letters.next_errand(session, NOW) is None  # nobody else takes it meanwhile

    post = Postbox()
    drain(engine, post, NOW.replace(hour=NOW.hour + 1))
    assert [letter.message_id for letter in post] == [taken.letter.message_id]


def test_of_two_first_choices_made_at_once_one_is_told_of_the_other(engine, editor):
    outcomes = race(*[partial(_choose, engine, editor)] * 4)

    assert names(outcomes) == ["Stale"] * 3 + ["won"]


def test_what_a_person_was_told_and_chose_goes_with_them(engine, public_affairs):
    with writing(engine) as session:
        person = Person(email="ada@relais.test", name="Ada", language="en", created_at=NOW)
        session.add(person)
    _choose(engine, person)
    with writing(engine) as session:
        session.execute(delete(Person).where(col(Person.id) == person.id))

    with reading(engine) as session:
        assert notices.choice(session, person).version == 0


def _choose(engine, person):
    with writing(engine) as session:
        form = ChoiceForm.model_validate({"kinds": ["mention"], "pace": "daily"})
        notices.choose(session, session.get_one(Person, person.id), form, 0, today=NOW.date())


def _die(*_args):
    raise KeyboardInterrupt
