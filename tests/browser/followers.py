"""Somebody outside who follows two things by letter, asked for through the verbs, and the ends of the links of their letters."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlmodel import col, select

from models import Subscription
from models.topic import USUAL
from relais.following import asking, links
from relais.following.asking import FollowForm
from relais.mailings.links import Purpose
from relais.settings import now, settings
from tests.browser.running_site import Site


def a_follower(site: Site) -> dict[str, object]:
    """What addresses name: a link that confirms, one to the page of the letters, one that stops, and the number of a subscription."""
    form = FollowForm(
        topics=["proposal/guichet-unique", "everything"],
        news=list(USUAL),
        pace="weekly",
        language="en",
        email=f"ines{site.number()}.of.a.long.name@ministry.example.org",
    )
    with the_key_of(site), site.writing() as session:
        subscriber = asking.ask(session, form, f"198.51.{site.number() % 250}.7", now())
        subscriber.due_at = None
        mine = select(Subscription).where(col(Subscription.subscriber_id) == subscriber.id).order_by(col(Subscription.id))
        rows = session.exec(mine).all()
        confirms = links.token(Purpose.CONFIRM, subscriber, *map(links.mark, rows))
        asking.confirm(session, confirms, "198.51.100.7", now())
        return {
            "confirms": confirms,
            "manages": links.token(Purpose.MANAGE, subscriber),
            "stops": links.token(Purpose.STOP, subscriber),
            "followed": rows[0].id,
        }


@contextmanager
def the_key_of(site: Site) -> Iterator[None]:
    """Links are signed with the key of the machine that serves them."""
    with pytest.MonkeyPatch.context() as house:
        house.setenv("RELAIS_VAR", str(site.var))
        settings.cache_clear()
        yield
    settings.cache_clear()
