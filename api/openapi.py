"""The description at /openapi.json, as FastAPI gives it but for what it cannot know."""

from collections.abc import Callable
from functools import cache
from typing import Any

from fastapi import FastAPI

from api.examples import IDEMPOTENCY_KEY
from api.problems import MEDIA

TOKEN: dict[str, list[str]] = {"token": []}
SCHEMES = {"token": {"type": "http", "scheme": "bearer", "description": "A token of a person or of a group: docs/api/tokens.md."}}
FOR_MEMBERS = (
    "/proposals/{slug}/publication", "/proposals/{slug}/suggestions", "/proposals/{slug}/confirmations", "/confirmations", "/tasks",
    "/searches", "/notices", "/groups/{slug}/",
)  # fmt: skip
SEEN = ("412", "428")  # only where one says what one saw


def described(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Problems have a media type of their own, a parameter may be left out but never be null, and some needs a token."""
    plain = app.openapi

    @cache  # FastAPI gives the same dict again, which would be completed a second time
    def openapi() -> dict[str, Any]:
        described = plain()
        described["components"]["securitySchemes"] = SCHEMES
        for schema in described["components"]["schemas"].values():
            for member in schema.get("properties", {}).values():
                _as_left_out(member)
        for path, operations in described["paths"].items():
            for method, operation in operations.items():
                operation["security"] = [TOKEN] if method != "get" or path.startswith(FOR_MEMBERS) else [{}, TOKEN]
                _complete(method, operation)
        return described

    return openapi


def _complete(method: str, operation: dict[str, Any]) -> None:
    parameters = operation.setdefault("parameters", [])
    if method == "post":
        parameters.append(IDEMPOTENCY_KEY)
    for parameter in parameters:
        _as_sent(parameter["schema"])
    if not any(parameter["name"] == "If-Match" for parameter in parameters):
        for status in SEEN:
            operation["responses"].pop(status, None)
    for status, answer in operation["responses"].items():
        _as_problem(status, answer)


def _as_problem(status: str, answer: dict[str, Any]) -> None:
    if not status.startswith("2") and "application/json" in answer.get("content", {}):
        answer["content"] = {MEDIA: answer["content"].pop("application/json")}


def _as_left_out(member: dict[str, Any]) -> None:
    """A date that is not known is sent as no text, whatever it is here."""
    if member.get("type") == "string" and isinstance(member.get("default"), dict):
        member["default"] = ""


def _as_sent(schema: dict[str, Any]) -> None:
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    for kind in kinds:
        schema.update(kind)
