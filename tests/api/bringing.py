"""Files a program brings into a group, each in one line."""

from typing import Any

from httpx import Response
from sqlmodel import col, select
from starlette.testclient import TestClient

from relais.db import reading

HOME = "groups/european-public-affairs/imports"
TABLE = "id;titre;thème\n1;Guichet unique;\n2;Communs;nowhere\n"
REFUSED = {
    "where": "3",
    "column": "themes",
    "why": {"fr": "Il n’y a pas de thème «\u00a0nowhere\u00a0»", "en": "There is no theme “nowhere”"},
}


def bring(
    program: TestClient, content: str | bytes = TABLE, name: str = "Liste.csv", headers: dict[str, str] | None = None, **asked: str
) -> Response:
    return program.post(HOME, params={"name": name, **asked}, content=content, headers=headers)


def seen(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}


def rows(kind: Any) -> Any:
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()
