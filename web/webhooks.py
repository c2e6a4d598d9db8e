"""Webhooks of a working group, for its coordinators: added, changed, stopped and removed, with what was told and what came back."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from models import Group, Webhook
from models.webhook import KEYS
from relais import access, db, topics, webhooks
from relais.errors import Refused, Stale
from relais.following import words
from relais.topics import Topic
from relais.webhooks import WebhookForm, addresses, calls, log, signing
from web.desk import Desk, Language, acting, looking
from web.forms import Posted, PressForm, posted
from web.groups import coordinated
from web.place import Asked, Id, onward
from web.render import page
from web.sign_in import private

routes = APIRouter(prefix="/{language}/groups/{slug}/webhooks")
Verb = Callable[..., None]


def looked_up(
    request: Request, language: Language, slug: str, form: Posted[WebhookForm] = posted(WebhookForm, "version")
) -> Posted[WebhookForm]:
    """The form, its address looked up once it is known that a coordinator asks: outside of any unit of work, since names take long."""
    with db.reading() as session:
        coordinated(Desk.open(session, request, language), slug)
    if not form.errors:
        with form.asking():
            addresses.reachable(form.form.url)
    return form


LookedUp = Annotated[Posted[WebhookForm], Depends(looked_up)]


@routes.get("")
@looking
def index(desk: Desk, slug: str) -> Response:
    group = coordinated(desk, slug)
    found = webhooks.every(desk.session, group)
    named = topics.named(desk.session, access.VISITOR, desk.language, (Topic(one.topic, one.key) for one in found))
    told = [(one, named.get(Topic(one.topic, one.key))) for one in found]
    return private(page(desk, "webhooks/index.html", group=group, told=told))


@routes.get("/new")
@looking
def new(desk: Desk, slug: str) -> Response:
    group = coordinated(desk, slug)
    return _form(desk, group, None, Posted(desk.language, {"kinds": webhooks.usual(), "topic": f"group/{group.slug}"}))


@routes.post("/new")
@acting
def create(desk: Desk, slug: str, form: LookedUp) -> Response:
    group = coordinated(desk, slug)
    if not form.errors:
        with form.trying(desk.session):
            webhook = webhooks.add(desk.session, group, form.form, by=access.member(desk.reader), now=desk.now)
    return _form(desk, group, None, form, 422) if form.errors else onward(desk, _path(group, webhook))


@routes.get("/{id}")
@looking
def show(desk: Desk, slug: str, id: Id, before: Asked = 0) -> Response:  # noqa: A002  the name in the address
    group = coordinated(desk, slug)
    return _shown(desk, group, webhooks.find(desk.session, group, id), before=before)


@routes.get("/{id}/edit")
@looking
def edit(desk: Desk, slug: str, id: Id) -> Response:  # noqa: A002
    group = coordinated(desk, slug)
    webhook = webhooks.find(desk.session, group, id)
    return _form(desk, group, webhook, Posted(desk.language, _typed(webhook)))


@routes.post("/{id}/edit")
@acting
def update(desk: Desk, slug: str, id: Id, form: LookedUp) -> Response:  # noqa: A002
    group = coordinated(desk, slug)
    webhook = webhooks.find(desk.session, group, id)
    if not form.errors:
        by, version = access.member(desk.reader), form.numbers["version"]
        try:
            with form.trying(desk.session):
                webhooks.change(desk.session, group, webhook, form.form, version=version, by=by, now=desk.now)
        except Stale as stale:
            return _form(desk, group, webhook, form, 409, theirs=_typed(stale.current))
    return _form(desk, group, webhook, form, 422) if form.errors else onward(desk, _path(group, webhook))


@routes.post("/{id}/stop")
@acting
def stop(desk: Desk, slug: str, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    return _pressed(desk, slug, id, form, webhooks.stop)


@routes.post("/{id}/start")
@acting
def start(desk: Desk, slug: str, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    return _pressed(desk, slug, id, form, webhooks.start)


@routes.post("/{id}/removal")
@acting
def remove(desk: Desk, slug: str, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    return _pressed(desk, slug, id, form, webhooks.remove, to=f"/groups/{slug}/webhooks")


@routes.post("/{id}/keys")
@acting
def add_key(desk: Desk, slug: str, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    return _pressed(desk, slug, id, form, webhooks.add_key)


@routes.post("/{id}/keys/end")
@acting
def end_keys(desk: Desk, slug: str, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    return _pressed(desk, slug, id, form, webhooks.end_keys)


@routes.post("/{id}/tests")
@acting
def test(desk: Desk, slug: str, id: Id) -> Response:  # noqa: A002
    """Owe a test: the worker calls, so that the page does not wait for the receiver."""
    group = coordinated(desk, slug)
    webhook = webhooks.find(desk.session, group, id)
    try:
        calls.test(desk.session, webhook, desk.now)
    except Refused as refused:
        return _shown(desk, group, webhook, 409, why=refused)
    return onward(desk, f"{_path(group, webhook)}#log")


@routes.get("/{id}/messages/{message}")
@looking
def message(desk: Desk, slug: str, id: Id, message: Id) -> Response:  # noqa: A002
    group = coordinated(desk, slug)
    webhook = webhooks.find(desk.session, group, id)
    row = log.find(desk.session, webhook, message)
    line = log.line(desk.session, row)
    return private(page(desk, "webhooks/message.html", group=group, webhook=webhook, message=row, line=line))


@routes.post("/{id}/messages/{message}/again")
@acting
def again(desk: Desk, slug: str, id: Id, message: Id) -> Response:  # noqa: A002
    group = coordinated(desk, slug)
    webhook = webhooks.find(desk.session, group, id)
    row = log.find(desk.session, webhook, message)
    try:
        calls.again(desk.session, webhook, row, desk.now)
    except Refused as refused:
        return _shown(desk, group, webhook, 409, why=refused)
    return onward(desk, f"{_path(group, webhook)}#log")


def _pressed(desk: Desk, slug: str, webhook_id: int, form: Posted[PressForm], verb: Verb, to: str = "") -> Response:
    """One press of a button of a coordinator. What stands now is shown with why not, when somebody was quicker."""
    group = coordinated(desk, slug)
    webhook = webhooks.find(desk.session, group, webhook_id)
    try:
        version = form.numbers.get("version", 0)
        verb(desk.session, group, webhook, version=version, by=access.member(desk.reader), now=desk.now)
    except Refused as refused:
        stands = refused.current if isinstance(refused, Stale) else webhook
        return _shown(desk, group, stands, 409, why=refused)
    return onward(desk, to or _path(group, webhook))


def _shown(desk: Desk, group: Group, webhook: Webhook, status: int = 200, *, before: int = 0, why: Refused | None = None) -> Response:
    topic = Topic(webhook.topic, webhook.key)
    lines, older = log.of(desk.session, webhook, before=before)
    shown: dict[str, Any] = {
        "about": topics.named(desk.session, access.VISITOR, desk.language, [topic]).get(topic),
        "kinds": [said for kind, said in words.news(desk.language) if kind in webhook.kinds],
        "secrets": [(key, signing.secret(key.salt)) for key in webhooks.keys(desk.session, webhook)],
        "room": KEYS,
        "lines": lines,
        "older": older,
        "awaited": any(line.state == "waiting" and not line.attempts for line in lines),
    }
    return private(page(desk, "webhooks/show.html", status, group=group, webhook=webhook, why=why, **shown))


def _form(
    desk: Desk, group: Group, webhook: Webhook | None, form: Posted[Any], status: int = 200, theirs: dict[str, Any] | None = None
) -> Response:
    choices = webhooks.choices(desk.session, group)
    known = topics.named(desk.session, access.VISITOR, desk.language, choices)
    named = {topic: known[topic] for topic in choices if topic in known}
    shown: dict[str, Any] = {
        "topics": [(topics.written(topic), one.words) for topic, one in named.items()],
        "news": words.news(desk.language),
        "theirs": theirs,
    }
    return private(page(desk, "webhooks/edit.html", status, group=group, webhook=webhook, form=form, **shown))


def _typed(webhook: Any) -> dict[str, Any]:
    topic = topics.written(Topic(webhook.topic, webhook.key))
    return {"name": webhook.name, "url": webhook.url, "topic": topic, "kinds": webhook.kinds, "version": str(webhook.version)}


def _path(group: Group, webhook: Webhook) -> str:
    return f"/groups/{group.slug}/webhooks/{webhook.id}"
