"""Sessions: how long they last, and who ends them."""

from datetime import timedelta
from hashlib import sha256

from models import Event, Membership, Person, PersonSession, SignInLink, SignInRequest
from models.group import Role
from relais import sign_in
from relais.access import VISITOR, reader_for
from relais.db import reading, writing
from tests.days import NOW
from tests.public_record import counted
from tests.relais.signing_in import MINUTE, a_link, ask, open_session, rows, whose


def test_a_session_ends_after_thirty_days(engine, editor):
    token = open_session(editor)

    assert whose(token, NOW + timedelta(days=30, seconds=-1)) == "emil@relais.test"
    assert whose(token, NOW + timedelta(days=30)) is None


def test_a_session_tells_who_reads_with_all_their_roles_in_one_question(engine, editor, social_tech):
    with writing() as session:
        session.add(Membership(group_id=social_tech.id, person_id=editor.id, role=Role.OBSERVER, joined_at=NOW))
    token = open_session(editor)

    with reading() as session, counted(engine) as asked:
        reader = sign_in.reader_of(session, token, NOW)
    with reading() as session:
        same = reader_for(session, session.get_one(Person, editor.id))

    assert (reader.person.email, reader.roles) == ("emil@relais.test", same.roles)
    assert sorted(reader.roles.values()) == [Role.EDITOR, Role.OBSERVER]
    assert len(asked) == 1


def test_who_is_in_no_group_reads_as_themselves_and_who_has_no_session_as_a_visitor(engine):
    with writing() as session:
        loner = Person(email="lone@relais.test", created_at=NOW)
        session.add(loner)
    token = open_session(loner)

    with reading() as session:
        reader = sign_in.reader_of(session, token, NOW)
        ended = sign_in.reader_of(session, token, NOW + timedelta(days=30))
        unknown = sign_in.reader_of(session, "no-such-token", NOW)

    assert (reader.person.email, reader.roles, reader.visitor) == ("lone@relais.test", {}, False)
    assert [ended, unknown] == [VISITOR, VISITOR]


def test_signing_out_ends_the_session_on_the_server_and_once(engine, editor):
    token, other = open_session(editor), open_session(editor)

    for _ in range(2):
        with writing() as session:
            sign_in.sign_out(session, token, NOW)

    assert (whose(token), whose(other)) == (None, "emil@relais.test")
    assert [row.kind for row in rows(Event)] == ["signed_in", "signed_in", "signed_out"]
    assert [row.public for row in rows(Event)] == [False, False, False]


def test_one_may_see_ones_own_sessions_and_end_the_others(engine, editor, stranger):
    token, other, theirs = open_session(editor), open_session(editor, NOW + MINUTE), open_session(stranger)

    with writing() as session:
        seen = [row.opened_at for row in sign_in.sessions_of(session, editor, NOW)]
        ended = sign_in.sign_out_elsewhere(session, editor, token, NOW)

    assert (seen, ended) == ([NOW + MINUTE, NOW], 1)
    assert (whose(token), whose(other), whose(theirs)) == ("emil@relais.test", None, "sofia@relais.test")


def test_nobody_ever_signed_in_until_somebody_did(engine, editor):
    with reading() as session:
        before = sign_in.anybody_ever(session)
    token = open_session(editor)
    with writing() as session:
        sign_in.sign_out(session, token, NOW)

    with reading() as session:
        assert (before, sign_in.anybody_ever(session)) == (False, True)


def test_what_is_past_its_time_is_forgotten_and_the_rest_stays(engine, editor):
    ask("old@relais.test", now=NOW - timedelta(days=30, seconds=1))
    ask("young@relais.test", now=NOW - timedelta(days=30))
    a_link(editor, now=NOW - timedelta(minutes=30))
    young = a_link(editor, now=NOW - timedelta(minutes=29))
    old_session, young_session = open_session(editor, NOW - timedelta(days=30)), open_session(editor, NOW - timedelta(days=29))

    with writing() as session:
        sign_in.purge(session, NOW)

    assert [row.address for row in rows(SignInRequest)] == ["young@relais.test"]
    assert [row.token_hash for row in rows(SignInLink)] == [sha256(young.encode()).hexdigest()]
    assert [row.token_hash for row in rows(PersonSession)] == [sha256(young_session.encode()).hexdigest()]
    assert whose(old_session, NOW - timedelta(days=1)) is None
