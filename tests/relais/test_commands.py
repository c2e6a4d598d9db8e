import json

import pytest
from sqlmodel import select, text

from models import Person, Proposal
from relais import db, schema, sign_in, tokens
from relais.db import reading, writing
from relais.settings import now
from tests.days import NOW
from tests.public_record import a_proposal
from tests.relais.mail_server import free_port
from tests.relais.sign_in_links import the_link

# --- what is wrong is told in one line -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("RELAIS_DATABASE_URL", "mysql://x", "relais: RELAIS_DATABASE_URL: must start with postgresql:// or sqlite:///\n"),
        ("RELAIS_BASE_URL", "relais.example", "relais: RELAIS_BASE_URL: must be http(s)://host[:port] without a path\n"),
        ("RELAIS_SMTP_URL", "mail.example", "relais: RELAIS_SMTP_URL: must be smtp://host:port or smtps://host:port\n"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "doctor"])
def test_a_wrong_setting_stops_the_start_with_one_line(relais, house, name, value, told, command):
    house.setenv(name, value)

    assert relais(command) == (2, "", told)


def test_a_database_that_does_not_answer_is_told_without_its_password(relais, house):
    house.setenv("RELAIS_DATABASE_URL", f"postgresql://relais:topsecret@127.0.0.1:{free_port()}/relais")

    code, out, err = relais("doctor")

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("relais: The database does not do this: connection failed")
    assert "topsecret" not in err


@pytest.mark.parametrize(
    "words",
    [
        ("seed",),
        ("export",),
        ("reindex",),
        ("worker", "--once"),
        ("serve",),
        ("sign-in-link", "a@b.fr"),
        ("invite", "a@b.fr", "--group", "g", "--role", "editor"),
    ],
)
def test_without_migrations_a_command_says_to_migrate(relais, empty_engine, house, words):
    house.setenv("RELAIS_DATABASE_URL", empty_engine.url.render_as_string(hide_password=False))

    assert relais(*words) == (2, "", "relais: The database is not ready: run `python -m relais migrate`\n")
    db.engine().dispose()


# --- migrate, seed, export, doctor -----------------------------------------------------------------------------------


def test_migrate_brings_an_empty_database_to_head(relais, empty_engine, house):
    house.setenv("RELAIS_DATABASE_URL", empty_engine.url.render_as_string(hide_password=False))

    code, out, _ = relais("migrate")

    assert (code, schema.at_head(empty_engine)) == (0, True)
    assert out == f"The database is at {', '.join(schema.heads())}.\n"
    db.engine().dispose()


def test_reindex_makes_the_index_of_words_again_and_migrate_where_there_is_none(relais, engine, public_affairs):
    a_proposal("guichet", public_affairs)
    with writing() as session:
        session.connection().execute(text("DELETE FROM search_rows"))

    broken, (code, said, _) = relais("doctor")[0], relais("reindex")
    mended = relais("doctor")[0]
    with writing() as session:
        session.connection().execute(text("DELETE FROM search_rows"))
    relais("migrate")

    assert (broken, code, said, mended, relais("doctor")[0]) == (1, 0, "Indexed: 1 records.\n", 0, 0)


def test_seed_fills_the_record_once(relais, engine):
    first, again, if_empty = relais("seed"), relais("seed"), relais("seed", "--if-empty")

    assert (first[0], first[1].startswith("Added: 4 groups, ")) == (0, True)
    assert again[:2] == (0, "Everything is there already: nothing was added.\n")
    assert if_empty[:2] == (0, "The record is not empty: nothing was added.\n")
    with reading() as session:
        assert len(session.exec(select(Proposal.id)).all()) == 18


def test_export_writes_the_same_to_a_file_as_to_standard_output(relais, engine, tmp_path):
    relais("seed")
    file = tmp_path / "record.json"

    code, out, _ = relais("export", "--output", str(file))
    _, printed, _ = relais("export")

    record = json.loads(file.read_bytes())
    assert (code, out, len(record["proposals"]), record["meta"]["as_of"]) == (0, "", 18, None)
    assert printed.encode() == file.read_bytes()
    assert [path.name for path in tmp_path.glob("*.json*")] == ["record.json"]


def test_export_goes_back_to_a_day(relais, engine, tmp_path):
    relais("seed")
    file = tmp_path / "record.json"

    code, *_ = relais("export", "--as-of", "2022-06-30", "--output", str(file))

    assert (code, json.loads(file.read_bytes())["meta"]["as_of"]) == (0, "2022-06-30")


def test_export_into_no_folder_writes_nothing(relais, engine, tmp_path):
    missing = tmp_path / "missing"

    assert relais("export", "--output", str(missing / "record.json")) == (2, "", f"relais: There is no folder {missing}\n")
    assert not missing.exists()


def test_doctor_says_what_it_checked(relais, engine):
    code, out, _ = relais("doctor")

    assert code == 0
    assert out.splitlines()[:3] == ["ok    migrations", "ok    database settings", "ok    integrity"]


def test_doctor_exits_with_one_when_something_is_wrong(relais, empty_engine, house):
    house.setenv("RELAIS_DATABASE_URL", empty_engine.url.render_as_string(hide_password=False))

    code, out, _ = relais("doctor")

    assert (code, out) == (1, "WRONG migrations\n      not at head: run `python -m relais migrate`\n")
    db.engine().dispose()


# --- invitations -----------------------------------------------------------------------------------------------------


def test_invite_prints_a_link_that_signs_in(relais, engine, public_affairs):
    words = ("--group", "european-public-affairs", "--role", "editor", "--name", "Ana", "--language", "en")
    code, out, _ = relais("invite", "Ana@Example.org", *words)

    link = the_link(out)
    assert (code, out.splitlines()[0]) == (0, "ana@example.org is editor of european-public-affairs.")
    assert link.startswith("http://testserver/en/sign-in/")
    with writing() as session:
        opened, back = sign_in.redeem(session, link.rpartition("/")[2], NOW)
    assert back == "/"
    with reading() as session:
        assert sign_in.person_of(session, opened, NOW).name == "Ana"


@pytest.mark.parametrize(
    ("email", "group", "told"),
    [
        ("nonsense", "european-public-affairs", "relais: Write an address such as name@example.org\n"),
        ("ana@example.org", "nowhere", "relais: There is no group “nowhere”. There are: european-public-affairs\n"),
    ],
)
def test_invite_refuses_in_one_line(relais, engine, public_affairs, email, group, told):
    assert relais("invite", email, "--group", group, "--role", "editor") == (2, "", told)
    with reading() as session:
        assert session.exec(select(Person)).all() == []


def test_invite_knows_the_four_roles_only(relais, engine, public_affairs):
    code, _, err = relais("invite", "ana@example.org", "--group", "european-public-affairs", "--role", "emperor")

    assert code == 2
    assert "emperor" in err


def test_sign_in_link_is_for_those_who_have_an_account(relais, engine, editor):
    code, out, _ = relais("sign-in-link", "emil@relais.test")

    assert (code, the_link(out).startswith("http://testserver/en/sign-in/")) == (0, True)
    assert relais("sign-in-link", "nobody@relais.test") == (
        2,
        "",
        "relais: Nobody has this address. Invite them first: python -m relais invite\n",
    )


def test_token_prints_a_token_and_nothing_else(relais, engine, editor):
    code, out, _ = relais("token", "emil@relais.test", "--scope", "write", "--name", "Sheet", "--days", "7")

    with reading() as session:
        holder = tokens.holder(session, out.strip(), now())
    assert (code, holder.reader.person, holder.writes, holder.token.name) == (0, editor, True, "Sheet")
    assert (holder.token.expires_at - holder.token.created_at).days == 7


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nobody@relais.test",), "relais: Nobody has this address. Invite them first: python -m relais invite\n"),
        (("emil@relais.test", "--name", "x" * 81), "relais: A token is named in one line of at most 80 characters.\n"),
    ],
)
def test_token_refuses_in_one_line(relais, engine, editor, words, told):
    assert relais("token", *words, "--scope", "read") == (2, "", told)
