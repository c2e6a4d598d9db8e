"""Web clients for the cast: `visitor`, `as_editor`, `as_stranger` ... Each asks as a browser on this site would, and follows no redirect."""

import importlib
import importlib.util
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import Person, PersonSession
from relais.db import writing
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


def client() -> TestClient:
    return TestClient(_app(), base_url="http://testserver", follow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"})


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


def _app() -> Any:
    try:
        return importlib.import_module("relais.asgi").app
    except ModuleNotFoundError:
        return _so_far()


def _so_far() -> Any:
    from fastapi import FastAPI

    from web import errors
    nouns = (
        "relay", "sign_in", "sources", "actors", "groups", "presidencies",
        "texts", "moves", "positions", "entries", "comments", "proposals", "exports", "about",
    )  # fmt: skip
    app = FastAPI(openapi_url=None)
    for noun in nouns:
        if importlib.util.find_spec(f"web.{noun}"):
            app.include_router(importlib.import_module(f"web.{noun}").routes)
    errors.install(app)
    return app
