"""The description at /openapi.json, as FastAPI gives it but for two things it cannot know."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from api.problems import MEDIA


def described(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Problems have a media type of their own, and a parameter may be left out but never be null."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        described = plain()
        for operations in described["paths"].values():
            for operation in operations.values():
                for parameter in operation["parameters"]:
                    _as_sent(parameter["schema"])
                for status, answer in operation["responses"].items():
                    _as_problem(status, answer)
        return described

    return openapi


def _as_problem(status: str, answer: dict[str, Any]) -> None:
    if status != "200" and "application/json" in answer.get("content", {}):
        answer["content"] = {MEDIA: answer["content"].pop("application/json")}


def _as_sent(schema: dict[str, Any]) -> None:
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    for kind in kinds:
        schema.update(kind)
