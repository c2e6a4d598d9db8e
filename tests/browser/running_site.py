"""Relais as it runs: a server process of its own on a free port, with the real content, and people signed in by rows."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Group, Person, PersonSession
from models.group import Role
from relais import db, people
from relais.db import reading, writing
from relais.settings import now
from seed.load import load
from tests.days import TODAY
from tests.house.checkout import ROOT

STARTS_WITHIN = 60  # seconds
RELAIS = (sys.executable, "-m", "relais")
GROUP = "european-public-affairs"


@dataclass
class Site:
    url: str
    var: Path
    engine: Engine
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def number(self) -> int:
        """A number no scene had before: for names and addresses that must not meet."""
        return next(self.numbers)

    def invite(self, name: str, role: Role = Role.EDITOR, language: str = "en", group: str = GROUP) -> Person:
        """A person with that role; the address is the first name with a number at relais.test."""
        email = f"{name.split(maxsplit=1)[0].lower()}{self.number()}@relais.test"
        with writing(self.engine) as session:
            house = session.exec(select(Group).where(col(Group.slug) == group)).one()
            return people.invite(session, house, email, role, by=None, now=now(), name=name, language=language)

    def sign_in(self, person: Person) -> str:
        """The token of a new session of that person."""
        token, at = f"session-{self.number()}-of-{person.id}", now()
        row = PersonSession(token_hash=_hashed(token), person_id=person.id, opened_at=at, expires_at=at + timedelta(days=1))
        with writing(self.engine) as session:
            session.add(row)
        return token

    def sign_out(self, token: str) -> None:
        """End a session behind its owner's back."""
        with writing(self.engine) as session:
            session.delete(session.exec(select(PersonSession).where(col(PersonSession.token_hash) == _hashed(token))).one())

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with reading(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with writing(self.engine) as session:
            yield session


@contextmanager
def running(var: Path, command: Sequence[str] = RELAIS) -> Iterator[Site]:
    """A seeded Relais with its worker; stopped at the end. `command` starts it in place of `python -m relais`."""
    port = _free_port()
    house = {name: value for name, value in os.environ.items() if not name.startswith("RELAIS_")}
    house |= {"RELAIS_VAR": str(var), "RELAIS_TODAY": TODAY.isoformat(), "RELAIS_BASE_URL": f"http://127.0.0.1:{port}"}
    house |= {"RELAIS_WEBHOOK_NETWORKS": "127.0.0.0/8"}
    subprocess.run([*RELAIS, "migrate"], cwd=ROOT, env=house, check=True, capture_output=True)
    site = Site(house["RELAIS_BASE_URL"], var, db.engine_for(f"sqlite:///{var / 'relais.db'}"))
    with site.writing() as session:
        load(session, now())
    with (var / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "serve", "--port", str(port), "--worker"], cwd=ROOT, env=house, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait_for(site, server)
            yield site
        finally:
            server.terminate()
            server.wait(15)
            site.engine.dispose()


def _wait_for(site: Site, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{site.url}/readyz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start:\n{(site.var / 'server.log').read_text()[-4000:]}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
