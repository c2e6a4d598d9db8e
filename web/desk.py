"""One request at the HTML door: who asks, in which language, on which day, and the unit of work it runs in.

`looking` and `acting` wrap a handler so that the whole unit of work runs in one thread and is committed before the answer leaves
(docs/decisions/0002): a request never holds the write lock while it waits for a thread.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, Literal

from fastapi import Path, Request
from sqlmodel import Session

from relais import db, sign_in, waiting
from relais.access import VISITOR, Reader
from relais.errors import Invalid, SignedOut
from relais.ledger import Latest
from relais.presidencies import Calendar, calendar
from relais.settings import now, settings
from relais.waiting import Waiting

Language = Annotated[Literal["fr", "en"], Path()]
COOKIE = "relais"


@dataclass
class Desk:
    session: Session
    request: Request
    language: str
    reader: Reader
    now: datetime
    today: date

    @classmethod
    def open(cls, session: Session, request: Request, language: str) -> "Desk":
        moment = now()
        token = request.cookies.get(cookie_name())
        reader = sign_in.reader_of(session, token, moment) if token else VISITOR
        return cls(session, request, language, reader, moment, settings().day())

    @cached_property
    def calendar(self) -> Calendar:
        return calendar(self.session)

    @cached_property
    def waiting(self) -> Waiting:
        """What waits for whoever asks: every page of theirs says so."""
        return waiting.of(self.session, self.reader)

    @property
    def latest(self) -> Latest:
        """The last event, and the last that is about no comment; for pages that only look."""
        return self.waiting.latest

    @property
    def newest(self) -> int:
        """The last of all; for pages that only look."""
        return self.latest.event

    @property
    def htmx(self) -> bool:
        return self.request.headers.get("HX-Request") == "true"

    @property
    def here(self) -> str:
        """Path and query of this request: where to come back to after signing in."""
        url = self.request.url
        return url.path + (f"?{url.query}" if url.query else "")

    @cached_property
    def as_of(self) -> date | None:
        """The day the page is asked for, None for now. Raises Invalid for what is not a day."""
        asked = self.request.query_params.get("as_of", "").strip()
        if not asked:
            return None
        try:
            day = date.fromisoformat(asked)
        except ValueError:
            raise Invalid("Write a day such as 2022-07-01", field="as_of") from None
        return None if day >= self.today else day

    @property
    def day(self) -> date:
        return self.as_of or self.today

    def must_be_signed_in(self, back: str = "") -> None:
        if self.reader.visitor:
            raise SignedOut(back or self.here)


def cookie_name() -> str:
    return f"__Host-{COOKIE}" if settings().secure else COOKIE


def looking(handler: Callable[..., Any]) -> Callable[..., Any]:
    """A handler that only reads; its first argument is the desk."""
    return _with_desk(handler, db.reading)


def acting(handler: Callable[..., Any]) -> Callable[..., Any]:
    """A handler that writes; its first argument is the desk. The commit comes before the answer; a failed one is a 5xx."""
    return _with_desk(handler, db.writing)


def _with_desk(handler: Callable[..., Any], unit: Callable[[], Any]) -> Callable[..., Any]:
    def route(*, request: Request, language: str, **given: Any) -> Any:
        with unit() as session:
            return handler(Desk.open(session, request, language), **given)

    _, *others = inspect.signature(handler).parameters.values()
    kind = inspect.Parameter.KEYWORD_ONLY
    route.__name__, route.__doc__, route.__module__ = handler.__name__, handler.__doc__, handler.__module__
    route.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("request", kind, annotation=Request),
            inspect.Parameter("language", kind, annotation=Language),
            *(parameter.replace(kind=kind) for parameter in others),
        ]
    )
    return route
