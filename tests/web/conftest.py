"""Web clients for the cast: `visitor`, `as_editor`, `as_stranger` ... Each asks as a browser on this site would, and is not redirected."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import Person, PersonSession
from models.group import Role
from relais import groups
from relais.asgi import app
from relais.db import writing
from tests.cast import a_member
from tests.days import NOW
from web.desk import cookie_name


@pytest.fixture
def visitor(engine: Engine) -> TestClient:
    return client()


@pytest.fixture
def as_coordinator(engine: Engine, coordinator: Person) -> TestClient:
    return signed_in(engine, coordinator)


@pytest.fixture
def as_editor(engine: Engine, editor: Person) -> TestClient:
    return signed_in(engine, editor)


@pytest.fixture
def as_commenter(engine: Engine, commenter: Person) -> TestClient:
    return signed_in(engine, commenter)


@pytest.fixture
def as_observer(engine: Engine, observer: Person) -> TestClient:
    return signed_in(engine, observer)


@pytest.fixture
def as_stranger(engine: Engine, stranger: Person) -> TestClient:
    return signed_in(engine, stranger)


@pytest.fixture
def as_commons_editor(engine: Engine, seeded: None) -> TestClient:
    """An editor of the group that leads the seed's proposals on digital commons."""
    with writing(engine) as session:
        commons = groups.find(session, "digital-commons")
    return signed_in(engine, a_member(engine, commons, Role.EDITOR, "Edda Holm", "en"))


def client() -> TestClient:
    return TestClient(app, base_url="http://testserver", follow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"})


def signed_in(engine: Engine, person: Person) -> TestClient:
    """A client with an open session of that person. The session outlives any clock the machine may have."""
    token = f"session of {person.email}".replace(" ", "-")
    with writing(engine) as session:
        session.add(
            PersonSession(
                token_hash=sha256(token.encode()).hexdigest(), person_id=person.id, opened_at=NOW, expires_at=NOW + timedelta(days=36500)
            )
        )
    asker = client()
    asker.cookies.set(cookie_name(), token)
    return asker
