"""Writes: the same verbs as the pages, by the holder of a token, in one unit of work that is committed before the answer leaves."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, TypeVar

import orjson
from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from sqlmodel import Session

from api.callers import Caller, called
from api.problems import Unconditional
from models import Person
from relais import db
from relais.access import Reader
from relais.errors import Invalid
from relais.form import Form
from relais.i18n import N_
from relais.settings import now, settings
from relais.tokens import writes
from relais.tokens.writes import HEADER, MOST, WINDOW, Quota

F = TypeVar("F", bound=Form)
TAG = re.compile(r'"(\d{1,9})(-[0-9a-f]+)?"')
KEY = re.compile(r"[!-~]{1,255}")
CORRECTED = N_("This was corrected already")
POLICY = f'"writes";q={MOST};w={int(WINDOW.total_seconds())}'


@dataclass
class Act:
    """One write: who does it, when, and how it is answered."""

    session: Session
    request: Request
    caller: Caller
    now: datetime

    @property
    def reader(self) -> Reader:
        return self.caller.reader

    @property
    def by(self) -> Person:
        assert self.reader.person is not None  # noqa: S101  the holder of a token is somebody
        return self.reader.person

    @cached_property
    def version(self) -> int:
        """What the caller saw, from the tag in `If-Match`. Raises Unconditional without one."""
        written = self.request.headers.get("If-Match", "").strip().removeprefix("W/")
        tag = TAG.fullmatch(written)
        if tag is None:
            raise Unconditional
        return int(tag[1])

    def written(self) -> Session:
        """The session, with all that was done in it to be read."""
        self.session.flush()
        return self.session

    def __call__(self, document: Any = None, status: int = 200, *, version: int | None = None, at: str = "") -> Response:
        """`version` makes the tag; `at` is the address of what it is about, told where that was made (201)."""
        headers = {"Cache-Control": "no-store"}
        if version is not None:
            headers["ETag"] = f'"{version}"'
        if at and status == 201:
            headers["Location"] = f"{settings().base_url}/api/v1{at}"
        return Response(b"" if document is None else orjson.dumps(document), status, headers, "application/json" if document else None)


def acting(handler: Callable[..., Response]) -> Callable[..., Response]:
    """A handler that writes: its first argument is the act, `form` the body, read more strictly than a page's form."""
    _, *others = inspect.signature(handler).parameters.values()
    kind = next((parameter.annotation for parameter in others if parameter.name == "form"), None)

    def route(*, request: Request, raw: bytes, **given: Any) -> Response:
        if kind is not None:
            given["form"] = strictly(kind, raw)
        with db.writing() as session:
            return _done(session, request, raw, lambda act: handler(act, **given))

    keyword = inspect.Parameter.KEYWORD_ONLY
    route.__name__, route.__doc__, route.__module__ = handler.__name__, handler.__doc__, handler.__module__
    route.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("request", keyword, annotation=Request),
            inspect.Parameter("raw", keyword, annotation=Annotated[bytes, Depends(raw_body)]),
            *(parameter.replace(kind=keyword) for parameter in others),
        ]
    )
    return route


def _may_write(request: Request) -> None:
    """Asked before the body is looked at: who may not write is told so, and not what is wrong with what they sent."""
    with db.reading() as session:
        called(request, session).must_write()


async def raw_body(request: Request) -> bytes:
    return await request.body()


may_write = Depends(_may_write)


def _done(session: Session, request: Request, raw: bytes, do: Callable[[Act], Response]) -> Response:
    moment = now()
    caller = called(request, session)
    token = caller.must_write()
    key, asked = key_of(request), writes.fingerprint(request.method, _whole(request), raw)
    if before := writes.begun(session, token, key, asked, moment):
        return Response(before.body, before.status, before.headers | {"Idempotency-Replayed": "true"})
    quota = writes.quota(session, token, moment)
    answer = do(Act(session, request, caller, moment))
    session.flush()
    told = {name: value for name, value in answer.headers.items() if name != "content-length"}
    writes.keep(session, token, key, asked, moment, status=answer.status_code, headers=told, body=bytes(answer.body))
    answer.headers.update(_told(quota))
    return answer


def _whole(request: Request) -> str:
    """The address with what it asks for."""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def key_of(request: Request) -> str | None:
    """The key under which a POST may be sent twice."""
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None:
        return None
    if not KEY.fullmatch(key):
        raise Invalid(N_("Write a key of 1 to 255 plain characters"), field=HEADER)
    return key


def _told(quota: Quota) -> dict[str, str]:
    return {"RateLimit-Policy": POLICY, "RateLimit": f'"writes";r={quota.left};t={quota.seconds}'}


def strictly(kind: type[F], raw: bytes) -> F:
    """JSON says what it means: a number is no text, and nothing is yes or no but true and false."""
    try:
        return kind.model_validate_json(raw, strict=True)
    except ValidationError as wrong:
        raise RequestValidationError([{**error, "loc": ("body", *error["loc"])} for error in wrong.errors(include_url=False)]) from None
