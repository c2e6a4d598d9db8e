from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from sqlmodel import Session

from api.asked import APage, Asked, Number, Slug
from api.callers import called
from api.coordinating import coordinated
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.webhook_shapes import Key, Keys, Message, SentMessage, Webhook
from api.writing import Act, acting, key_of, raw_body, strictly
from models import Webhook as Row
from models import WebhookKey
from relais import db, topics, webhooks
from relais.settings import now
from relais.tokens import writes as writes_of_tokens
from relais.topics import Topic
from relais.webhooks import WebhookForm, addresses, calls, log, signing
from relais.webhooks.log import Line

routes = APIRouter(prefix="/groups/{slug}/webhooks", tags=["webhooks"])
writes = APIRouter(prefix="/groups/{slug}/webhooks", tags=["webhooks"])
Told = Annotated[int, Path(ge=1, lt=2**31, description="The number of the message.", examples=[1])]
EXAMPLE = {"name": "Archive", "url": "https://hooks.example.org/relais", "topic": "everything", "kinds": ["stage", "text"]}


def looked_up(request: Request, slug: Slug, raw: Annotated[bytes, Depends(raw_body)]) -> None:
    """Whether the address of the body may be called, once it is known that a coordinator asks: outside of any unit of work, since names
    take long. What is sent twice is answered as it was, wherever its name leads by now. Raises Invalid."""
    with db.reading() as session:
        caller = called(request, session)
        coordinated(session, slug, caller)
        twice = writes_of_tokens.answered(session, caller.must_write(), key_of(request), now())
    if not twice:
        addresses.reachable(strictly(WebhookForm, raw).url)


LookedUp = Annotated[None, Depends(looked_up)]


# --- webhooks --------------------------------------------------------------------------------------------------------


@routes.get("", response_model=Page[Webhook], summary="The webhooks of a working group")
@looking
def index(slug: Slug, asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """For coordinators with a token that manages: in the order they were added."""
    group = coordinated(session, slug, answer.caller)
    first = answer.number_after(asked)
    found = [_webhook(row) for row in webhooks.every(session, group) if row.id > first][: asked.limit + 1]
    return answer.made_from(str(found)).page(found, asked, "id")  # that a receiver fails is no act


@routes.get("/{id}", response_model=Webhook, summary="One webhook")
@looking
def show(slug: Slug, id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002  the name in the address
    row = webhooks.find(session, coordinated(session, slug, answer.caller), id)
    found = _webhook(row)
    return answer.made_from(str(found)).versioned(found, row.version)


@writes.post("", status_code=201, response_model=Webhook, summary="Have a program told of news", openapi_extra=described(EXAMPLE))
@acting
def create(act: Act, form: WebhookForm, slug: Slug, _: LookedUp) -> Response:
    """Of what is recorded from now on, as a visitor may know it. Its first secret is among its keys. At most 20 in a group."""
    row = webhooks.add(act.session, coordinated(act.session, slug, act.caller), form, by=act.by, now=act.now)
    return _written(act, row, slug, 201)


@writes.put("/{id}", response_model=Webhook, summary="Change a webhook", openapi_extra=described(EXAMPLE, matched=True))
@acting
def change(act: Act, form: WebhookForm, slug: Slug, id: Number, _: LookedUp) -> Response:  # noqa: A002
    """Its name, where it leads and what it is told."""
    group = coordinated(act.session, slug, act.caller)
    row = webhooks.find(act.session, group, id)
    webhooks.change(act.session, group, row, form, version=act.version, by=act.by, now=act.now)
    return _written(act, row, slug)


@writes.put("/{id}/stop", response_model=Webhook, summary="Stop a webhook", openapi_extra=described(matched=True))
@acting
def stop(act: Act, slug: Slug, id: Number) -> Response:  # noqa: A002
    """It is told nothing until it is started again; what is owed to it is owed no more."""
    return _pressed(act, slug, id, webhooks.stop)


@writes.delete("/{id}/stop", response_model=Webhook, summary="Start a webhook again", openapi_extra=described(matched=True))
@acting
def start(act: Act, slug: Slug, id: Number) -> Response:  # noqa: A002
    """From what is recorded now on, whoever or whatever stopped it."""
    return _pressed(act, slug, id, webhooks.start)


@writes.delete("/{id}", status_code=204, summary="Remove a webhook", openapi_extra=described(matched=True))
@acting
def remove(act: Act, slug: Slug, id: Number) -> Response:  # noqa: A002
    """For good."""
    _pressed(act, slug, id, webhooks.remove)
    return act(status=204)


# --- keys ------------------------------------------------------------------------------------------------------------


@routes.get("/{id}/keys", response_model=Keys, summary="The secrets its messages are signed with")
@looking
def keys(slug: Slug, id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002
    row = webhooks.find(session, coordinated(session, slug, answer.caller), id)
    return answer.versioned({"items": [_key(key) for key in webhooks.keys(session, row)]}, row.version)


@writes.post("/{id}/keys", status_code=201, response_model=Webhook, summary="Add a secret", openapi_extra=described(matched=True))
@acting
def add_key(act: Act, slug: Slug, id: Number) -> Response:  # noqa: A002
    """Messages are signed with each until the older ones are ended: at most three."""
    return _pressed(act, slug, id, webhooks.add_key, 201)


@writes.delete("/{id}/keys/older", response_model=Webhook, summary="End the older secrets", openapi_extra=described(matched=True))
@acting
def end_keys(act: Act, slug: Slug, id: Number) -> Response:  # noqa: A002
    """Messages are signed with the newest alone from now on."""
    return _pressed(act, slug, id, webhooks.end_keys)


# --- messages --------------------------------------------------------------------------------------------------------


@routes.get("/{id}/messages", response_model=Page[Message], summary="What it was told, and what came back")
@looking
def messages(slug: Slug, id: Number, asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002
    """Of the last 30 days, in the order it was made."""
    row = webhooks.find(session, coordinated(session, slug, answer.caller), id)
    found = [_message(line) for line in log.following(session, row, answer.number_after(asked), asked.limit + 1)]
    return answer.made_from(str(found)).page(found, asked, "id")  # neither a message nor a call is an act


@routes.get("/{id}/messages/{message}", response_model=SentMessage, summary="One message, with its words")
@looking
def message(slug: Slug, id: Number, message: Told, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002
    row = webhooks.find(session, coordinated(session, slug, answer.caller), id)
    sent = log.find(session, row, message)
    found = _message(log.line(session, sent)) | {"body": sent.body}
    return answer.made_from(str(found))(found)


@writes.post("/{id}/tests", status_code=201, response_model=Message, summary="Send a test")
@acting
def test(act: Act, slug: Slug, id: Number) -> Response:  # noqa: A002
    """By the next round of the worker, while it runs."""
    row = webhooks.find(act.session, coordinated(act.session, slug, act.caller), id)
    made = calls.test(act.session, row, act.now)
    at = f"/groups/{slug}/webhooks/{id}/messages/{made.id}"
    return act(_message(log.line(act.written(), made)), 201, at=at)


@writes.post("/{id}/messages/{message}/repeats", status_code=201, response_model=Message, summary="Send a message again")
@acting
def again(act: Act, slug: Slug, id: Number, message: Told) -> Response:  # noqa: A002
    """Under the same name, as if it had never been tried, while the webhook runs."""
    row = webhooks.find(act.session, coordinated(act.session, slug, act.caller), id)
    found = log.find(act.session, row, message)
    calls.again(act.session, row, found, act.now)
    return act(_message(log.line(act.written(), found)), 201)


def _pressed(act: Act, slug: str, webhook_id: int, verb: Any, status: int = 200) -> Response:
    group = coordinated(act.session, slug, act.caller)
    row = webhooks.find(act.session, group, webhook_id)
    verb(act.session, group, row, version=act.version, by=act.by, now=act.now)
    return _written(act, row, slug, status, part="/keys")


def _written(act: Act, row: Row, slug: str, status: int = 200, *, part: str = "") -> Response:
    act.written()
    at = f"/groups/{slug}/webhooks/{row.id}{part}"
    return act(_webhook(row), status, version=row.version, at=at)


def _webhook(row: Row) -> dict[str, Any]:
    told = row.model_dump(mode="json", include=set(Webhook.model_fields))
    return told | {"topic": topics.written(Topic(row.topic, row.key)), "running": row.running}


def _key(key: WebhookKey) -> dict[str, Any]:
    return Key(added_at=key.added_at, secret=signing.secret(key.salt)).model_dump(mode="json")


def _message(line: Line) -> dict[str, Any]:
    facts = {name: getattr(line.message, name) for name in ("id", "name", "kind", "made_at", "due_at", "taken_at")}
    made = [{name: getattr(call, name) for name in ("at", "status", "why", "ms")} for call in line.attempts]
    return Message.model_validate(facts | {"state": line.state, "calls": made}).model_dump(mode="json")
