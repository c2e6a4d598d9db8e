"""Notices by letter: at the pace a member chose, several in one letter, once, and nothing of what was read first."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Comment, Mailing, Membership, Person
from models.notice import NoticePace
from relais import comments, notices, waiting
from relais.access import reader_for
from relais.db import reading, writing
from relais.errors import Invalid, Stale
from relais.mail import NotPosted
from relais.mailings.closing import GIVEN_UP
from relais.notices import ChoiceForm
from tests.days import NOW
from tests.public_record import a_comment, a_proposal
from tests.relais.postbox import Postbox, drain

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
MORNING = NOW.replace(day=24, hour=7)  # 8:00 in Brussels in winter

MIDNIGHT = NOW.replace(day=26, hour=23, minute=0)  # in Brussels it is the 27th


@pytest.fixture
def guichet(engine, public_affairs):
    proposal = a_proposal("guichet-unique", public_affairs)
    drain(engine, Postbox())
    return proposal


def letters(engine, now=NOW, *failures):
    post = Postbox(*failures)
    drain(engine, post, now)
    return list(post)


def chosen(person, version=0, **choice):
    with writing() as session:
        form = ChoiceForm.model_validate({"kinds": ["mention"], "pace": "at_once", **choice})
        notices.choose(session, session.get_one(Person, person.id), form, version, today=NOW.date())


def named(guichet, by, words="look"):
    return a_comment(guichet, by, f"@Emil Novák, {words}")


def test_who_never_chose_gets_a_letter_at_once_in_their_language(engine, guichet, commenter, editor):
    named(guichet, commenter)

    (letter,) = letters(engine)
    assert (letter.to, letter.subject) == ("emil@relais.test", "Relais: 1 notice for you")
    assert "* You are named: Comment on Titre de guichet-unique" in letter.text
    assert "http://testserver/en/notices/letters" in letter.text
    assert dict(letter.headers) == {"List-Id": "Relais <notices.testserver>"}
    assert letters(engine, NOW + DAY) == []


def test_a_french_letter_says_why_as_french_is_set(engine, guichet, commenter, editor):
    a_comment(guichet, editor, "@Chiara Conti, look")

    (letter,) = letters(engine)
    assert "* Vous êtes nommé\xa0: Commentaire sur Titre de guichet-unique" in letter.text


def test_what_happens_soon_after_a_letter_waits_for_the_next_and_comes_in_one(engine, guichet, commenter, editor):
    named(guichet, commenter)
    assert len(letters(engine)) == 1
    named(guichet, commenter, "again")
    named(guichet, commenter, "and again")

    assert letters(engine, NOW + HOUR - SECOND) == []
    (letter,) = letters(engine, NOW + HOUR)
    assert letter.subject == "Relais: 2 notices for you"


@pytest.mark.parametrize(("pace", "weekday", "due"), [("daily", "0", MORNING), ("weekly", "2", MORNING + DAY)])
def test_by_day_and_by_week(engine, guichet, commenter, editor, pace, weekday, due):
    chosen(editor, pace=pace, weekday=weekday)
    named(guichet, commenter)

    assert letters(engine, due - SECOND) == []
    assert len(letters(engine, due)) == 1


@pytest.mark.parametrize("choice", [{"pace": "never"}, {"kinds": ["task"]}, {"kinds": []}])
def test_who_wants_no_letter_of_it_gets_none_and_is_told_all_the_same(engine, guichet, commenter, editor, choice):
    chosen(editor, **choice)
    named(guichet, commenter)

    assert letters(engine, NOW + 8 * DAY) == []
    with reading(engine) as session:
        assert waiting.of(session, reader_for(session, editor)).notices == 1


def test_what_was_read_first_is_in_no_letter(engine, guichet, commenter, editor):
    chosen(editor, pace="daily")
    named(guichet, commenter)
    letters(engine)
    with writing(engine) as session:
        notices.read_all(session, editor, 99, NOW)

    assert letters(engine, MORNING) == []


def test_what_was_read_while_the_mail_server_was_down_is_told_no_more(engine, guichet, commenter, editor):
    named(guichet, commenter)
    assert letters(engine, NOW, NotPosted("451", again=True)) == []
    with writing(engine) as session:
        notices.read_all(session, editor, 99, NOW)

    assert letters(engine, NOW + HOUR) == []
    with reading(engine) as session:
        assert session.get_one(Mailing, 1).ended_why == "nothing left to tell"


def test_a_letter_put_off_is_the_same_letter_later(engine, guichet, commenter, editor):
    named(guichet, commenter)
    letters(engine, NOW, NotPosted("451", again=True))

    (letter,) = letters(engine, NOW + HOUR)
    with reading(engine) as session:
        assert letter.message_id == session.get_one(Mailing, 1).message_id


def test_a_letter_nobody_takes_is_given_up_after_two_days(engine, guichet, commenter, editor):
    named(guichet, commenter)
    letters(engine, NOW, NotPosted("451", again=True))
    letters(engine, NOW + GIVEN_UP + SECOND, NotPosted("451", again=True))

    with reading(engine) as session:
        assert session.get_one(Mailing, 1).ended_why == "given up after two days"


def test_what_one_may_not_know_any_more_is_in_no_letter(engine, guichet, commenter, editor):
    chosen(editor, pace="daily")
    named(guichet, commenter)
    letters(engine)
    with writing(engine) as session:
        session.delete(session.exec(select(Membership).where(col(Membership.person_id) == editor.id)).one())

    assert letters(engine, MORNING) == []


def test_a_comment_that_was_taken_back_says_so_little(engine, guichet, commenter, editor):
    chosen(editor, pace="daily")
    comment = named(guichet, commenter, "a secret")
    with writing(engine) as session:
        row = session.get_one(Comment, comment.id)
        comments.remove(session, row, guichet, version=row.version, by=commenter, now=NOW)

    assert all("a secret" not in letter.text + letter.html for letter in letters(engine, MORNING))


def test_letters_are_held_back_until_a_day_and_what_is_unread_then_comes_in_one(engine, guichet, commenter, editor):
    chosen(editor, paused_until="2026-11-27")
    named(guichet, commenter)
    named(guichet, commenter, "again")

    assert letters(engine, MIDNIGHT - SECOND) == []
    (letter,) = letters(engine, MIDNIGHT)
    assert letter.subject == "Relais: 2 notices for you"


def test_a_letter_under_way_is_held_back_too_and_told_once(engine, guichet, commenter, editor):
    named(guichet, commenter)
    letters(engine, NOW, NotPosted("451", again=True))
    chosen(editor, paused_until="2026-11-27")

    assert [len(letters(engine, at)) for at in (NOW + HOUR, MIDNIGHT, MIDNIGHT + DAY)] == [0, 1, 0]


def test_a_pause_until_a_day_that_is_over_is_refused(engine, editor):
    with pytest.raises(Invalid):
        chosen(editor, paused_until="2026-11-23")


@pytest.mark.parametrize("choice", [{"pace": "never"}, {"kinds": ["task"], "pace": "daily"}])
def test_what_is_wanted_no_more_is_in_no_letter_though_it_was_due(engine, guichet, commenter, editor, choice):
    chosen(editor, pace="daily")
    named(guichet, commenter)
    letters(engine)
    chosen(editor, version=1, **choice)

    assert letters(engine, MORNING) == []


def test_a_choice_made_over_another_is_refused(engine, editor):
    chosen(editor, pace="daily")
    chosen(editor, version=1, pace="weekly")

    with pytest.raises(Stale):
        chosen(editor, version=1, pace="never")
    with reading(engine) as session:
        assert notices.choice(session, editor).pace is NoticePace.WEEKLY
