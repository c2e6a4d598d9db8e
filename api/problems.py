"""Refusals and failures as application/problem+json (RFC 9457)."""

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api.schemas import Fault, Problem
from relais.errors import Refused, SignedOut, TooMany
from relais.tokens import NoToken

MEDIA = "application/problem+json"
DOCUMENTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer, and the tag of the state of the record it was made from.",
        "headers": {"ETag": {"description": "For `If-None-Match`.", "required": True, "schema": {"type": "string"}}},
    },
    304: {"description": "Nothing public changed since the `ETag` in `If-None-Match`."},
    404: {"description": "Not here, or not public.", "model": Problem},
    422: {"description": "A parameter is unknown, wrong or given twice.", "model": Problem},
    "default": {"description": "Any other problem.", "model": Problem},
}


class NotModified(Exception):
    """The reader has the answer already."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__()
        self.headers = headers


def install(app: FastAPI) -> None:
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)


def problem(request: Request, status: int, detail: str, errors: tuple[Fault, ...] = (), headers: dict[str, str] | None = None) -> Response:
    """One shape for every problem; `detail` says it in a sentence."""
    body = Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=quote(request.url.path),
        errors=list(errors),
    )
    return Response(orjson.dumps(body.model_dump()), status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA)


def not_modified(_request: Request, known: NotModified) -> Response:
    return Response(status_code=304, headers=known.headers)


def refused(request: Request, refusal: Refused) -> Response:
    errors = (Fault(parameter=refusal.field, detail=str(refusal)),) if refusal.field else ()
    headers = {}
    if isinstance(refusal, TooMany):
        headers["Retry-After"] = str(refusal.wait)
    if isinstance(refusal, SignedOut):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(refusal, NoToken):
        headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return problem(request, refusal.status, DETAILS.get(refusal.status, str(refusal)), errors, headers)


def invalid(request: Request, wrong: RequestValidationError) -> Response:
    errors = tuple(Fault(parameter=_parameter(error), detail=_said(error)) for error in wrong.errors())
    return problem(request, 422, "The request cannot be understood as it is.", errors)


def raised(request: Request, error: HTTPException) -> Response:
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = "GET, HEAD"
    return problem(request, error.status_code, DETAILS.get(error.status_code, str(error.detail)), headers=headers)


def failed(request: Request, _error: Exception) -> Response:
    """What went wrong is in the log, under the request's id; the reader is told no more than that."""
    return problem(request, 500, "Something failed on our side.")


DETAILS = {404: "There is nothing at this address.", 405: "This address can only be read."}
HANDLERS: dict[Any, Any] = {
    NotModified: not_modified,
    Refused: refused,
    RequestValidationError: invalid,
    HTTPException: raised,
    Exception: failed,
}


def _parameter(error: dict[str, Any]) -> str:
    return ".".join(str(part) for part in error["loc"][1:])


def _said(error: dict[str, Any]) -> str:
    if error["type"] == "extra_forbidden":
        return "There is no such parameter here."
    return str(error["msg"]).removeprefix("Value error, ")
