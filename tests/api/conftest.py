from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from api import pace
from api.app import app
from models import Group, Person
from relais import tokens
from relais.db import writing
from relais.settings import now
from relais.tokens import TokenForm
from relais.webhooks import addresses
from relais.webhooks.addresses import Target


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What earlier scenes read is not counted against this one."""
    monkeypatch.setattr(pace, "pace", pace.Pace())


@pytest.fixture(autouse=True)
def resolved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are looked up, which all are public."""
    asked: list[str] = []
    there = Target("hooks.example.org", 443, "93.184.216.34")
    monkeypatch.setattr(addresses, "reachable", lambda url: asked.append(url) or there)
    return asked


@pytest.fixture
def api(engine: Engine) -> TestClient:
    """A reader of the API, where the gate mounts it. What fails there is answered, not raised here."""
    return caller()


@pytest.fixture
def carrying(engine: Engine) -> Callable[..., TestClient]:
    """A caller with a token of that person, or of a group they coordinate."""
    return with_token


def caller(secret: str = "") -> TestClient:
    mounted = Starlette(routes=[Mount("/api/v1", app)])
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return TestClient(mounted, base_url="http://testserver/api/v1/", raise_server_exceptions=False, follow_redirects=False, headers=headers)


def with_token(person: Person, scope: str = "write", group: Group | None = None) -> TestClient:
    return caller(a_token(person, scope, group))


def a_token(person: Person, scope: str = "write", group: Group | None = None) -> str:
    with writing() as session:
        return tokens.make(session, TokenForm(name="Sheet", scope=scope), by=person, now=now(), group=group)
