"""The description at /openapi.json, as FastAPI gives it but for what it cannot know."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from api.examples import IDEMPOTENCY_KEY
from api.problems import MEDIA

TOKEN: dict[str, list[str]] = {"token": []}
SCHEMES = {"token": {"type": "http", "scheme": "bearer", "description": "A token of a person or of a group: docs/api/tokens.md."}}
FOR_MEMBERS = "/tasks"


def described(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Problems have a media type of their own, a parameter may be left out but never be null, and some needs a token."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        described = plain()
        described["components"]["securitySchemes"] = SCHEMES
        for path, operations in described["paths"].items():
            for method, operation in operations.items():
                operation["security"] = [TOKEN] if method != "get" or path.startswith(FOR_MEMBERS) else [{}, TOKEN]
                if method == "post":
                    operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
                for parameter in operation.get("parameters", []):
                    _as_sent(parameter["schema"])
                for status, answer in operation["responses"].items():
                    _as_problem(status, answer)
        return described

    return openapi


def _as_problem(status: str, answer: dict[str, Any]) -> None:
    if not status.startswith("2") and "application/json" in answer.get("content", {}):
        answer["content"] = {MEDIA: answer["content"].pop("application/json")}


def _as_sent(schema: dict[str, Any]) -> None:
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    for kind in kinds:
        schema.update(kind)
