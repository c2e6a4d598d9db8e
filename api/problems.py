"""Refusals and failures as application/problem+json (RFC 9457)."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.callers import called
from api.schemas import Fault, Outdated, Problem
from relais import db
from relais.errors import Refused, SignedOut, Stale, TooMany
from relais.form import wrong_words
from relais.i18n import N_, chosen, say
from relais.imports.making import Failed
from relais.tokens import NoToken
from relais.tokens.writes import UsedUp

MEDIA = "application/problem+json"
ROW = N_("Row %(where)s: %(why)s")
READ: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer, and the tag of the state of the record it was made from.",
        "headers": {"ETag": {"description": "For `If-None-Match`.", "required": True, "schema": {"type": "string"}}},
    },
    304: {"description": "Nothing public changed since the `ETag` in `If-None-Match`."},
    404: {"description": "Not here, or not public.", "model": Problem},
    422: {"description": "A parameter is unknown, wrong or given twice.", "model": Problem},
    429: {"description": "More than 600 reads a minute; `Retry-After` says when to go on.", "model": Problem},
    "default": {"description": "Any other problem.", "model": Problem},
}


WRITTEN: dict[int | str, dict[str, Any]] = {
    401: {"description": "There is no token, or it is not known, was ended, or is too old.", "model": Problem},
    403: {"description": "The token only reads, or its holder may not do this.", "model": Problem},
    404: {"description": "Not here, or not for this caller.", "model": Problem},
    409: {"description": "As things stand it cannot be done.", "model": Problem},
    412: {"description": "Somebody changed it since: `version` is what stands now, as is the `ETag`.", "model": Outdated},
    422: {"description": "Something sent is unknown, wrong or given twice; `errors` names it.", "model": Problem},
    428: {"description": "There is no `If-Match` that says what was seen.", "model": Problem},
    429: {"description": "More than 60 writes a minute with this token, or too many letters: go on after `Retry-After`.", "model": Problem},
    "default": {"description": "Any other problem.", "model": Problem},
}


class Unconditional(Refused):
    """A change of what others may change too, by somebody who does not say what they saw."""

    status = 428

    def __init__(self) -> None:
        super().__init__(N_("Say which version you saw: send its ETag in If-Match"))


class NotModified(Exception):
    """The reader has the answer already."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__()
        self.headers = headers


def install(app: FastAPI) -> None:
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)


def problem(
    request: Request,
    status: int,
    detail: str,
    errors: tuple[Fault, ...] = (),
    headers: dict[str, str] | None = None,
    **more: int,
) -> Response:
    """One shape for every problem; `detail` says it in a sentence, in the language of the request."""
    language = language_of(request)
    body = Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=say(language, DETAILS[status]) if status in DETAILS else detail,
        instance=quote(request.url.path),
        errors=list(errors),
    )
    kept = {"Cache-Control": "no-store", "Content-Language": language, **(headers or {})}
    return Response(orjson.dumps(body.model_dump() | more), status, kept, MEDIA)


def language_of(request: Request) -> str:
    """As `Accept-Language` asks, else English."""
    return chosen(None, request.headers.get("Accept-Language") or "en")


def not_modified(_request: Request, known: NotModified) -> Response:
    return Response(status_code=304, headers=known.headers)


def refused(request: Request, refusal: Refused) -> Response:
    words = say(language_of(request), refusal.message, **refusal.values)
    if isinstance(refusal, Failed):
        words = say(language_of(request), ROW, where=refusal.where, why=words)
    errors = (Fault(parameter=refusal.field, detail=words),) if refusal.field else ()
    headers = {}
    if isinstance(refusal, Stale):
        return _stale(request, refusal, words)
    if isinstance(refusal, TooMany):
        headers["Retry-After"] = str(refusal.wait)
    if isinstance(refusal, UsedUp):
        headers["RateLimit"] = f'"writes";r=0;t={refusal.wait}'
    if isinstance(refusal, SignedOut):
        headers["WWW-Authenticate"] = "Bearer"
        words = say(language_of(request), N_("This wants a token: Authorization: Bearer relais_…"))
    if isinstance(refusal, NoToken):
        headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return problem(request, refusal.status, words, errors, headers)


def _stale(request: Request, stale: Stale, words: str) -> Response:
    """What was seen is not what stands: 412 to who said what they saw, with the version that stands."""
    if "If-Match" not in request.headers:
        return problem(request, 409, words)
    detail = say(language_of(request), N_("Somebody changed this in between. Read it again, then send your change once more."))
    return problem(request, 412, detail, headers={"ETag": f'"{stale.version}"'}, version=stale.version)


def invalid(request: Request, wrong: RequestValidationError) -> Response:
    """What is no JSON is found before anything else is asked: who may not write is told so, and not what is wrong with what they sent."""
    if any(error["type"] == "json_invalid" for error in wrong.errors()):
        try:
            with db.reading() as session:
                called(request, session).must_write()
        except Refused as refusal:
            return refused(request, refusal)
    language = language_of(request)
    errors = tuple(Fault(parameter=_parameter(error), detail=_said(language, error)) for error in wrong.errors())
    return problem(request, 422, say(language, N_("The request cannot be understood as it is.")), errors)


def raised(request: Request, error: HTTPException) -> Response:
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(sorted(_allowed(request.app.routes, request)))
    return problem(request, error.status_code, str(error.detail), headers=headers)


def _allowed(routes: Iterable[Any], request: Request) -> set[str]:
    """Of all routes at this address: the first that is tried knows of itself alone."""
    found: set[str] = set()
    for route in routes:
        if inner := getattr(route, "original_router", None):
            found |= _allowed(inner.routes, request)
        elif route.matches(request.scope)[0] is not Match.NONE:
            found |= route.methods
    return found | {"HEAD"} if "GET" in found else found


def failed(request: Request, _error: Exception) -> Response:
    """What went wrong is in the log, under the request's id; the reader is told no more than that."""
    return problem(request, 500, "")


DETAILS = {
    404: N_("There is nothing at this address."),
    405: N_("This cannot be done at this address."),
    500: N_("Something failed on our side."),
}
HANDLERS: dict[Any, Any] = {
    NotModified: not_modified,
    Refused: refused,
    RequestValidationError: invalid,
    HTTPException: raised,
    Exception: failed,
}


def _parameter(error: dict[str, Any]) -> str:
    """Where it is wrong: the name of a parameter, or the way to a member of the body."""
    place = [str(part) for part in error["loc"][1:]]
    beside = getattr(error.get("ctx", {}).get("error"), "field", "")
    return ".".join([*place, beside] if beside else place).encode("utf-8", "replace").decode()


def _said(language: str, error: dict[str, Any]) -> str:
    """In the words of the forms; of a choice also what there is to choose from."""
    if error["type"] == "extra_forbidden":
        return say(language, N_("There is no such parameter here."))
    offered = error.get("ctx", {}).get("expected")
    return f"{wrong_words(language, error)} ({offered})" if offered else wrong_words(language, error)
