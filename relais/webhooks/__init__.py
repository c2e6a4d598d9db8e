"""Webhooks of a working group: programs elsewhere that are told of what happens. Its coordinators add, change, stop and remove them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints
from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from models import Group, Person, Proposal, Webhook, WebhookKey, WebhookMessage
from models.event import EventKind
from models.topic import USUAL, NewsKind, TopicKind
from models.webhook import KEYS, PER_GROUP
from relais import ledger, topics
from relais.access import VISITOR
from relais.db import columns, one_at_a_time, take
from relais.errors import Invalid, Missing, Refused
from relais.form import Form
from relais.i18n import N_
from relais.topics import Topic
from relais.webhooks import calls

KEPT = timedelta(days=30)  # what was told, and what came back
LOCK = 20_261_130  # any fixed number: on PostgreSQL one webhook at a time is added, so that the limit of a group holds


def _in_order(kinds: list[NewsKind]) -> list[NewsKind]:
    if not kinds:
        raise ValueError(N_("Choose at least one kind of news"))
    return [kind for kind in NewsKind if kind in kinds]


class WebhookForm(Form):
    """`topic` as `topics.written` says it; `url` is checked by `addresses.reachable` before the verbs are asked."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    url: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    topic: Annotated[str, StringConstraints(max_length=220)] = TopicKind.EVERYTHING.value
    kinds: Annotated[list[NewsKind], AfterValidator(_in_order)] = Field(default=[], validate_default=True)


def every(session: Session, group: Group) -> Sequence[Webhook]:
    """Those of a group that were not removed, in the order they were added."""
    mine = select(Webhook).where(col(Webhook.group_id) == group.id, col(Webhook.removed_at).is_(None))
    return session.exec(mine.order_by(col(Webhook.id))).all()


def find(session: Session, group: Group, webhook_id: int) -> Webhook:
    mine = (col(Webhook.id) == webhook_id, col(Webhook.group_id) == group.id, col(Webhook.removed_at).is_(None))
    found = session.exec(select(Webhook).where(*mine)).first()
    if found is None:
        raise Missing
    return found


def choices(session: Session, group: Group) -> list[Topic]:
    """What a webhook of this group may be told of: everything, the group, and each of its public proposals."""
    led = columns(Proposal.slug).where(col(Proposal.group_id) == group.id, col(Proposal.public)).order_by(col(Proposal.slug))
    proposals = [Topic(TopicKind.PROPOSAL, slug) for slug in session.execute(led).scalars()]
    return [Topic(TopicKind.GROUP, group.slug), *proposals, topics.EVERYTHING]


def usual() -> list[str]:
    return [kind.value for kind in USUAL]


def add(session: Session, group: Group, form: WebhookForm, *, by: Person, now: datetime) -> Webhook:
    """Add one, with a first key: it is told what is recorded from now on. Raises Invalid for no such topic, Refused above the limit."""
    topic = _topic(session, group, form)
    one_at_a_time(session, LOCK)
    if len(every(session, group)) >= PER_GROUP:
        raise Refused(N_("A group has at most %(most)s webhooks: remove one first"), most=PER_GROUP)
    facts = _facts(form, topic) | {"group_id": group.id, "added_at": now, "since_event": ledger.newest(session)}
    webhook = Webhook(**facts)
    session.add(webhook)
    session.flush()
    session.add(WebhookKey(webhook_id=webhook.id, added_at=now))
    _record(session, EventKind.WEBHOOK_ADDED, webhook, group, by, now)
    return webhook


def change(session: Session, group: Group, webhook: Webhook, form: WebhookForm, *, version: int, by: Person, now: datetime) -> None:
    """Change where it leads and what it is told. Raises Stale when somebody did in between, Invalid for no such topic."""
    facts = _facts(form, _topic(session, group, form))
    take(session, webhook, version)
    changed = [name for name, value in facts.items() if value != getattr(webhook, name)]
    if changed:
        webhook.sqlmodel_update(facts)
        webhook.rest_until = None
        _record(session, EventKind.WEBHOOK_CHANGED, webhook, group, by, now, changed=changed)


def stop(session: Session, group: Group, webhook: Webhook, *, version: int, by: Person, now: datetime) -> None:
    """Tell it nothing until it is started again; what is owed is owed no more. Raises Stale."""
    take(session, webhook, version)
    if webhook.running:
        webhook.stopped_at = now
        calls.nothing_more(session, webhook)
        _record(session, EventKind.WEBHOOK_CHANGED, webhook, group, by, now, changed=["stopped"])


def start(session: Session, group: Group, webhook: Webhook, *, version: int, by: Person, now: datetime) -> None:
    """Tell it again, from what is recorded now on, whoever or whatever stopped it. Raises Stale."""
    take(session, webhook, version)
    if not webhook.running:
        webhook.stopped_at = webhook.ended_at = webhook.ended_why = webhook.failing_since = webhook.rest_until = None
        webhook.since_event = ledger.newest(session)
        _record(session, EventKind.WEBHOOK_CHANGED, webhook, group, by, now, changed=["started"])


def remove(session: Session, group: Group, webhook: Webhook, *, version: int, by: Person, now: datetime) -> None:
    """Take it away for good; what was told stays in the log until it is purged. Raises Stale."""
    take(session, webhook, version)
    calls.nothing_more(session, webhook)
    webhook.removed_at = now
    _record(session, EventKind.WEBHOOK_REMOVED, webhook, group, by, now)


# --- keys ------------------------------------------------------------------------------------------------------------


def keys(session: Session, webhook: Webhook) -> Sequence[WebhookKey]:
    """Those in use, the newest first: every message is signed with each."""
    mine = select(WebhookKey).where(col(WebhookKey.webhook_id) == webhook.id)
    return session.exec(mine.order_by(col(WebhookKey.id).desc())).all()


def add_key(session: Session, group: Group, webhook: Webhook, *, version: int, by: Person, now: datetime) -> None:
    """Sign with one more key from now on. Raises Stale, Refused when there are enough."""
    take(session, webhook, version)
    if len(keys(session, webhook)) >= KEYS:
        raise Refused(N_("A webhook has at most %(most)s secrets: end the older ones first"), most=KEYS)
    session.add(WebhookKey(webhook_id=webhook.id, added_at=now))
    _record(session, EventKind.WEBHOOK_CHANGED, webhook, group, by, now, changed=["keys"])


def end_keys(session: Session, group: Group, webhook: Webhook, *, version: int, by: Person, now: datetime) -> None:
    """Sign with the newest key alone from now on. Raises Stale."""
    take(session, webhook, version)
    newest, *older = keys(session, webhook)
    if older:
        old = (col(WebhookKey.webhook_id) == webhook.id, col(WebhookKey.id) != newest.id)
        session.connection().execute(delete(WebhookKey).where(*old))
        _record(session, EventKind.WEBHOOK_CHANGED, webhook, group, by, now, changed=["keys"])


def purge(session: Session, now: datetime) -> None:
    """Forget what was told thirty days ago and is owed no more, and removed webhooks of which nothing is left."""
    old = (col(WebhookMessage.made_at) < now - KEPT, col(WebhookMessage.due_at).is_(None))
    session.connection().execute(delete(WebhookMessage).where(*old))
    told = select(func.count()).where(col(WebhookMessage.webhook_id) == col(Webhook.id)).scalar_subquery()
    session.connection().execute(delete(Webhook).where(col(Webhook.removed_at) < now - KEPT, told == 0))


def _topic(session: Session, group: Group, form: WebhookForm) -> Topic:
    """What the form names, when it is one of the choices: nothing is told of what no visitor may know."""
    kind, _, key = form.topic.partition("/")
    try:
        topic = topics.of(kind, key)
        topics.name(session, VISITOR, "en", topic)
    except Missing:
        raise Invalid(N_("Choose one from the list"), field="topic") from None
    if topic not in choices(session, group):
        raise Invalid(N_("Choose one from the list"), field="topic")
    return topic


def _facts(form: WebhookForm, topic: Topic) -> dict[str, Any]:
    return {"name": form.name, "url": form.url, "topic": topic.kind, "key": topic.key, "kinds": [kind.value for kind in form.kinds]}


def _record(session: Session, kind: EventKind, webhook: Webhook, group: Group, by: Person, now: datetime, **told: Any) -> None:
    """For the group's coordinators. Where it leads is in no event: an address may hold a secret."""
    facts = {"name": webhook.name, "slug": group.slug} | told
    ledger.record(session, kind, webhook, at=now, by=by, group_id=group.id, public=False, **facts)
