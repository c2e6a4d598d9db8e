import json
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from sqlmodel import col, select

from models import Group, Membership, Person, Proposal
from models.group import Role
from relais import __main__ as command_line
from relais import db, migrations, sign_in
from relais.commands import welcome
from relais.db import reading, writing
from relais.settings import settings
from tests.days import NOW, TODAY
from tests.relais.mail_server import free_port


@pytest.fixture
def relais(house, capsys, monkeypatch):
    """Run a command: (exit code, standard output, standard error)."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["relais", *words])
        with pytest.raises(SystemExit) as ended:
            command_line.main()
        told = capsys.readouterr()
        return ended.value.code or 0, told.out, told.err

    return run


def the_link(said):
    return next(word for word in said.split() if "/sign-in/" in word)


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

    assert (code, migrations.at_head(empty_engine)) == (0, True)
    assert out == f"The database is at {', '.join(migrations.heads())}.\n"
    db.engine().dispose()


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


# --- first start -----------------------------------------------------------------------------------------------------


def words(now=NOW):
    with writing() as session:
        return welcome.words(session, now)


def test_the_first_start_makes_a_coordinator_of_every_group_and_prints_a_link(engine, public_affairs, social_tech):
    said = words()

    with reading() as session:
        made = session.exec(select(Person)).one()
        roles = session.exec(select(Group.slug, Membership.role).join(Membership).order_by(col(Group.slug))).all()
    assert made.email == "coordinator@testserver"
    assert roles == [("european-public-affairs", Role.COORDINATOR), ("social-tech-skills", Role.COORDINATOR)]
    assert "python -m relais invite name@example.org --group european-public-affairs --role editor" in said
    with writing() as session:
        assert sign_in.redeem(session, the_link(said).rpartition("/")[2], NOW + welcome.LASTS - welcome.LASTS / 100)


@pytest.mark.parametrize(
    ("base_url", "email"),
    [("http://127.0.0.1:8000", "coordinator@localhost"), ("https://relais.soga.example", "coordinator@relais.soga.example")],
)
def test_the_coordinator_is_named_after_the_site(engine, public_affairs, house, base_url, email):
    house.setenv("RELAIS_BASE_URL", base_url)
    settings.cache_clear()

    words()

    with reading() as session:
        assert session.exec(select(Person.email)).all() == [email]


def test_later_starts_print_a_fresh_link_until_somebody_signed_in(engine, public_affairs):
    first, second = the_link(words()), the_link(words())
    with writing() as session:
        sign_in.redeem(session, second.rpartition("/")[2], NOW)

    assert first != second
    assert words() == ""
    with reading() as session:
        assert len(session.exec(select(Person)).all()) == 1


def test_a_coordinator_who_was_invited_gets_the_link(engine, coordinator, editor):
    link = the_link(words())

    with writing() as session:
        opened, _ = sign_in.redeem(session, link.rpartition("/")[2], NOW)
        assert sign_in.person_of(session, opened, NOW).email == "claire@relais.test"


def test_without_a_group_nobody_can_sign_in(engine):
    assert words() == "Nobody can sign in: there is no working group yet. Run `python -m relais seed`."


# --- serve and worker, as processes ----------------------------------------------------------------------------------


@pytest.fixture
def started(engine, tmp_path):
    """Start a command as a process of its own; it is stopped when the scene ends."""
    processes = []

    def start(*words):
        environment = {**os.environ, "RELAIS_VAR": str(tmp_path), "RELAIS_TODAY": TODAY.isoformat()}
        environment.pop("RELAIS_BASE_URL", None)
        log = (tmp_path / f"{words[0]}.log").open("wb")
        process = subprocess.Popen([sys.executable, "-m", "relais", *words], env=environment, stdout=subprocess.PIPE, stderr=log)
        log.close()
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def answering(port, seconds=30.0):
    limit = time.monotonic() + seconds
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                return json.loads(answer.read())
        except (URLError, OSError):
            assert time.monotonic() < limit, "the server never answered"
            time.sleep(0.05)


def ended(process, seconds=10.0):
    """The exit code after a friendly request to stop, and what was printed."""
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=seconds)
    return process.returncode, out.decode()


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_serve_says_where_to_look_and_stops_without_cutting_a_request(started, public_affairs, tmp_path, workers):
    port = free_port()
    process = started("serve", "--port", str(port), "--workers", workers, "--worker")
    assert answering(port) == {"status": "ok"}
    with socket.create_connection(("127.0.0.1", port), timeout=15) as asking:
        head = "POST /en/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 24\r\n"
        asking.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=emil%40".encode())
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.7)
        asking.sendall(b"relais.test")
        answer = asking.recv(4096)

    code, out = ended(process)

    assert answer.startswith(b"HTTP/1.1 303")
    assert b"server:" not in answer.lower()
    assert b"\r\ndate:" in answer.lower()
    assert code == 0
    assert out.splitlines()[0] == f"Relais: http://127.0.0.1:{port}"
    assert the_link(out).startswith(f"http://127.0.0.1:{port}/fr/sign-in/")
    for line in (tmp_path / "serve.log").read_text().splitlines():
        assert "emil" not in str(json.loads(line))


@pytest.mark.slow
def test_serve_refuses_a_taken_address_in_one_line(started, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = started("serve", "--port", str(port))
        out, _ = process.communicate(timeout=30)

    assert (process.returncode, out) == (2, b"")
    assert (tmp_path / "serve.log").read_text() == f"relais: Cannot listen on 127.0.0.1:{port}: Address already in use\n"


@pytest.mark.slow
def test_the_worker_posts_what_is_due_and_stops_when_told(started, editor, tmp_path):
    with writing() as session:
        sign_in.ask(session, "emil@relais.test", "198.51.100.7", "en", "/", NOW)
    process = started("worker")
    limit = time.monotonic() + 30
    while not list(tmp_path.glob("mail/*.eml")):
        assert time.monotonic() < limit, "the letter never came"
        time.sleep(0.05)

    assert ended(process) == (0, "")


@pytest.mark.slow
def test_a_worker_that_runs_once_ends_by_itself(started, editor, tmp_path):
    with writing() as session:
        sign_in.ask(session, "emil@relais.test", "198.51.100.7", "en", "/", NOW)

    process = started("worker", "--once")
    process.communicate(timeout=30)

    assert (process.returncode, len(list(tmp_path.glob("mail/*.eml")))) == (0, 1)
