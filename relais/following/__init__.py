"""Following from outside: by letter, without an account, with consent, and with a way out in every letter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import Subscriber, Subscription
from models.subscription import Pace, new_number
from models.topic import NewsKind
from relais import topics
from relais.access import VISITOR
from relais.db import take
from relais.errors import Invalid, Missing
from relais.form import Form
from relais.i18n import N_
from relais.mailings import links, refiling
from relais.mailings.links import Ended, Purpose
from relais.settings import BRUSSELS
from relais.topics import Named, Topic

UNCONFIRMED_KEPT = timedelta(days=7)


def _some(chosen: list[NewsKind]) -> list[NewsKind]:
    if not chosen:
        raise ValueError(N_("Choose at least one kind of news"))
    return [kind for kind in NewsKind if kind in chosen]


class ChoiceForm(Form):
    """Which news, and when. `weekday` counts only for weekly letters, from 0 for Monday."""

    news: Annotated[list[NewsKind], AfterValidator(_some)] = Field(default=[], validate_default=True)
    pace: Pace
    weekday: Literal["0", "1", "2", "3", "4", "5", "6"] = "0"


class ReachForm(Form):
    """How letters reach somebody: in which language, and from which day on, at once where none."""

    language: Literal["fr", "en"]
    paused_until: date | None = None


@dataclass(frozen=True)
class Followed:
    """One subscription as a page shows it; `about` is None where the topic is not there for visitors any more."""

    subscription: Subscription
    about: Named | None


def subscriber_of(session: Session, token: str) -> Subscriber:
    """Whose page it is. Raises Ended."""
    return links.read(session, Purpose.MANAGE, token)[0]


def of(session: Session, subscriber: Subscriber) -> Sequence[Subscription]:
    """All an address follows or was asked to confirm, the oldest first."""
    return session.exec(select(Subscription).where(col(Subscription.subscriber_id) == subscriber.id).order_by(col(Subscription.id))).all()


def choose(row: Subscription, form: ChoiceForm) -> None:
    row.news, row.pace, row.weekday = [kind.value for kind in form.news], form.pace, int(form.weekday)


def shown(session: Session, language: str, rows: Iterable[Subscription]) -> list[Followed]:
    """With the names of the topics, as a visitor may know them."""
    rows = list(rows)
    names = topics.named(session, VISITOR, language, [Topic(row.kind, row.key) for row in rows])
    return [Followed(row, names.get(Topic(row.kind, row.key))) for row in rows]


def one(session: Session, subscriber: Subscriber, number: int) -> Subscription:
    """One of what they follow. Raises Missing for what is not theirs, or not confirmed."""
    row = session.get(Subscription, number)
    if row is None or row.subscriber_id != subscriber.id or row.confirmed_at is None:
        raise Missing
    return row


def change(session: Session, subscription: Subscription, form: ChoiceForm, version: int) -> None:
    """Raises Stale when it was changed in between."""
    take(session, subscription, version)
    choose(subscription, form)
    session.flush()


def reach(session: Session, subscriber: Subscriber, form: ReachForm, version: int, *, today: date) -> None:
    """In which language letters come, and from which day on: what happens until then comes in the first letter after.

    Raises Invalid for a day that is over, Stale when it was changed in between.
    """
    if form.paused_until and form.paused_until <= today:
        raise Invalid("Choose a day that is still to come", field="paused_until")
    take(session, subscriber, version)
    subscriber.language = form.language
    subscriber.paused_until = datetime.combine(form.paused_until, time(), BRUSSELS).astimezone(UTC) if form.paused_until else None
    session.flush()


def renew_links(session: Session, subscriber: Subscriber) -> None:
    """End every link in every letter so far."""
    subscriber.links = new_number()
    session.flush()


# --- leaving ---------------------------------------------------------------------------------------------------------


def stopped_by(session: Session, token: str) -> list[Subscription]:
    """What a link to stop would end: none where the link has ended, or what it names."""
    try:
        subscriber, marks = links.read(session, Purpose.STOP, token)
    except Ended:
        return []
    return [row for row in of(session, subscriber) if not marks or links.mark(row) in marks]


def stop(session: Session, subscriptions: Iterable[Subscription]) -> None:
    """End them, all of one address. What is owed because of them and of another is still owed; who follows nothing more is forgotten."""
    leaving = list(subscriptions)
    if leaving:
        refiling.pass_on(session, leaving)
    for row in leaving:
        session.delete(row)
    session.flush()
    _forget_idle(session)


def is_known(session: Session, subscriber_id: int) -> bool:
    """Whether an address is still kept, by its number."""
    known = select(col(Subscriber.id)).where(col(Subscriber.id) == subscriber_id)
    return session.exec(known).first() is not None


def erase(session: Session, subscriber: Subscriber) -> None:
    """Forget the address and all that is kept with it."""
    session.delete(subscriber)
    session.flush()


def purge(session: Session, now: datetime) -> None:
    """Forget what nobody confirmed within seven days, and the addresses that follow nothing."""
    old = col(Subscription.confirmed_at).is_(None), col(Subscription.asked_at) <= now - UNCONFIRMED_KEPT
    session.connection().execute(delete(Subscription).where(*old))
    _forget_idle(session)


def _forget_idle(session: Session) -> None:
    something = select(col(Subscription.id)).where(col(Subscription.subscriber_id) == col(Subscriber.id))
    session.connection().execute(delete(Subscriber).where(~something.exists()))
