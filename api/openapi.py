"""The description at /openapi.json, where problems are problem+json."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from api.problems import MEDIA


def described(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """FastAPI's own description, in which it can only name one media type for all answers."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        described = plain()
        for operations in described["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    _as_problem(status, answer)
        return described

    return openapi


def _as_problem(status: str, answer: dict[str, Any]) -> None:
    if status != "200" and "application/json" in answer.get("content", {}):
        answer["content"] = {MEDIA: answer["content"].pop("application/json")}
