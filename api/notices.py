from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field
from sqlmodel import Session

from api.asked import Asked, Number, SomeNotices
from api.callers import Caller
from api.deps import Answer, Today, looking
from api.examples import described
from api.notice_shapes import Letters, Notice
from api.schemas import Page
from api.writing import Act, acting
from models import NoticeChoice, Person
from relais import notices
from relais.errors import Forbidden, SignedOut
from relais.export import notices as told
from relais.form import Day, Form
from relais.i18n import N_
from relais.notices import ChoiceForm
from relais.settings import BRUSSELS

routes = APIRouter(prefix="/notices", tags=["notices"])
writes = APIRouter(prefix="/notices", tags=["notices"])


class ReadForm(Form):
    upto: Annotated[int, Field(gt=0, lt=2**31)]


class LettersForm(ChoiceForm):
    """A page chooses the day by its words, a program by its number."""

    weekday: Annotated[int, Field(gt=-1, lt=7)] = 0  # type: ignore[assignment]
    paused_until: Day | None = None


@routes.get("", response_model=Page[Notice], summary="What the holder is told of")
@looking
def index(asked: Annotated[SomeNotices, Query()], session: Session, answer: Answer) -> Response:
    """In the order they came to be, for 90 days after they were read. With a personal token alone."""
    _holder(answer.caller)
    unread, first = asked.unread is True, answer.number_after(asked)
    found = told.listed(session, answer.reader, unread=unread, after=first, limit=asked.limit + 1)
    return answer.made_from(str(found)).page(found, asked, "id")  # that one was read is no act


@routes.get("/letters", response_model=Letters, summary="Which notices come by letter")
@looking
def letters(_: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    """For who never chose: all of them, as they happen, version 0. With a personal token alone."""
    stands = notices.choice(session, _holder(answer.caller))
    return answer.made_from(str(stands.version)).versioned(_letters(stands), stands.version)


@routes.get("/{id}", response_model=Notice, summary="One notice")
@looking
def show(id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002  the name in the address
    _holder(answer.caller)
    found = told.one(session, answer.reader, id)
    return answer.made_from(str(found))(found)


@writes.put("/letters", response_model=Letters, summary="Choose which notices come by letter", openapi_extra=described(
    {"kinds": ["mention", "task"], "pace": "weekly", "weekday": 3}, matched=True,
))  # fmt: skip
@acting
def choose(act: Act, form: LettersForm, today: Today) -> Response:
    """None with the pace `never`. Who never chose does so over version 0. What is left out of `kinds` stands among the notices alone."""
    person = _holder(act.caller)
    notices.choose(act.session, person, form, act.version, today=today)
    stands = notices.choice(act.written(), person)
    return act(_letters(stands), version=stands.version)


@writes.put("/reading", status_code=204, summary="Mark notices as read", openapi_extra=described({"upto": 12}))
@acting
def read_all(act: Act, form: ReadForm) -> Response:
    """All up to that number: what came after it was seen stays unread. No letter is sent about what was read."""
    notices.read_all(act.session, _holder(act.caller), form.upto, act.now)
    return act(status=204)


@writes.put("/{id}/reading", response_model=Notice, summary="Mark a notice as read")
@acting
def read(act: Act, id: Number) -> Response:  # noqa: A002
    """Twice is once."""
    _holder(act.caller)
    notices.read(act.session, act.reader, id, act.now)
    return act(told.one(act.written(), act.reader, id))


def _holder(caller: Caller) -> Person:
    """Who is told. Raises SignedOut for a visitor, Forbidden for a token of a group, which is nobody's."""
    if caller.reader.person is None:
        raise SignedOut
    if caller.token and caller.token.group_id is not None:
        raise Forbidden(N_("Notices are a person’s own: a token of a group reads none"))
    return caller.reader.person


def _letters(row: NoticeChoice) -> dict[str, Any]:
    until = row.paused_until.astimezone(BRUSSELS).date() if row.paused_until else None
    return {"kinds": row.kinds, "pace": row.pace, "weekday": row.weekday, "paused_until": until, "version": row.version}
