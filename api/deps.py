"""What routes need: the day the record is read on, and how to answer whoever calls."""

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2s
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request, Response
from sqlmodel import Session

from api.asked import After, APage
from api.callers import Caller, called
from api.cursors import cursor, last_seen
from api.problems import NotModified
from relais import db, export
from relais.access import Reader
from relais.errors import Invalid, SignedOut
from relais.settings import settings


async def _today() -> date:
    return settings().day()


Today = Annotated[date, Depends(_today)]


@dataclass(frozen=True)
class Answer:
    """How to answer this request: with the tag of the state the answer is made from."""

    path: str
    tag: str
    caller: Caller
    known: str = ""

    @property
    def reader(self) -> Reader:
        return self.caller.reader

    def __call__(self, document: Any, **headers: str) -> Response:
        return Response(export.written(document), headers=self.headers | headers, media_type="application/json")

    def versioned(self, document: Any, version: int) -> Response:
        """With a tag that also says the version, for `If-Match`."""
        return self(document, ETag=f'"{version}-{self.tag[1:]}')

    def made_from(self, state: str) -> "Answer":
        """The same with a tag that changes with this state too, which no act of the ledger tells of. Raises NotModified."""
        answer = replace(self, tag=_tag(f"{self.tag} {state}"))
        answer.unless_known()
        return answer

    def unless_known(self) -> None:
        """Raises NotModified when the reader has what would be answered: `If-None-Match` says so."""
        for tag in (tag.strip().removeprefix("W/") for tag in self.known.split(",")):
            if VERSION.sub('"', tag) == self.tag:
                raise NotModified(self.headers | {"ETag": tag})

    @property
    def headers(self) -> dict[str, str]:
        return {"ETag": self.tag, "Cache-Control": "private, no-cache" if self.caller.token else "no-cache"}

    def for_members(self) -> None:
        """Raises SignedOut for a visitor: there is nothing here for them."""
        if self.reader.visitor:
            raise SignedOut

    def after(self, asked: APage) -> str | None:
        """The slug of the last item seen, from the cursor."""
        return last_seen(asked.cursor, self._listed(asked))

    def number_after(self, asked: APage) -> int:
        """The number of the last item seen, from the cursor; 0 at the start. Raises Invalid for a cursor that holds none."""
        last = self.after(asked) or "0"
        if not (last.isascii() and last.isdigit() and len(last) < 10):
            raise Invalid("This cursor is not of this list", field="cursor")
        return int(last)

    def page(self, items: list[dict[str, Any]], asked: APage, name: str = "slug", names: Sequence[int | str] | None = None) -> Response:
        """A page of `items`, of which there is one more than asked for when the list goes on.

        Where it goes on is told by the member `name` of the last one, or by its number among `names` where it has no such member.
        """
        shown, following = items[: asked.limit], None
        if len(items) > asked.limit:
            last = names[asked.limit - 1] if names else shown[-1][name]
            query = {**asked.filters(), "limit": asked.limit, "cursor": cursor(str(last), self._listed(asked))}
            following = f"{settings().base_url}{self.path}?{urlencode(query)}"
        link = {"Link": f'<{following}>; rel="next"'} if following else {}
        return self({"items": shown, "next": following}, **link)

    def on_from(self, items: list[dict[str, Any]], asked: After) -> Response:
        """Some of what only grows, of which there is one more than asked for when there is more already."""
        shown, following = items[: asked.limit], None
        if len(items) > asked.limit:
            query = asked.model_dump(mode="json", exclude_none=True) | {"after": shown[-1]["id"]}
            following = f"{settings().base_url}{self.path}?{urlencode(query)}"
        link = {"Link": f'<{following}>; rel="next"'} if following else {}
        return self({"items": shown, "next": following}, **link)

    def _listed(self, asked: APage) -> str:
        return f"{self.path}?{urlencode(sorted(asked.filters().items()))}"


VERSION = re.compile(r'^"\d{1,9}-')


def looking(handler: Callable[..., Response]) -> Callable[..., Response]:
    """A handler that only reads: `session` and `answer` are given to it. The whole of it runs in one thread, as a page does: a request
    never holds a connection while it waits for a thread (docs/decisions/0002)."""
    given = inspect.signature(handler).parameters.values()

    def route(*, request: Request, **asked: Any) -> Response:
        with db.reading() as session:
            return handler(session=session, answer=_answer(request, session), **asked)

    keyword = inspect.Parameter.KEYWORD_ONLY
    route.__name__, route.__doc__, route.__module__ = handler.__name__, handler.__doc__, handler.__module__
    route.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("request", keyword, annotation=Request),
            *(parameter.replace(kind=keyword) for parameter in given if parameter.name not in ("session", "answer")),
        ]
    )
    return route


def _answer(request: Request, session: Session) -> Answer:
    """Raises NotModified when the reader has what would be answered."""
    caller = called(request, session)
    made_from = f"{CODE} {caller.state(session)} {settings().day()} {request.url.path}?{request.url.query}"
    answer = Answer(request.url.path, _tag(made_from), caller, request.headers.get("If-None-Match", ""))
    answer.unless_known()
    return answer


def _tag(made_from: str) -> str:
    return f'"{blake2s(made_from.encode(), digest_size=12).hexdigest()}"'


def _code() -> str:
    """A new release may say the same state in other words."""
    rooms = (Path(__file__).parent.glob("*.py"), Path(export.__file__).parent.glob("*.py"))
    return blake2s(b"".join(file.read_bytes() for room in rooms for file in sorted(room)), digest_size=6).hexdigest()


CODE = _code()
