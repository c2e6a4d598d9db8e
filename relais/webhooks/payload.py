"""What a message says: which act, in both languages, and where it stands. Only what a visitor may know."""

from datetime import UTC, datetime
from typing import Any

import orjson

from models.event import EventKind
from relais.feeds import Item, addresses
from relais.i18n import LANGUAGES

AT_MOST = 20_000  # bytes, as Standard Webhooks asks
LONG = 4_000  # signs of what an act put on record
TEST = "webhook.test"


def kind_of(act: EventKind) -> str:
    """`stage_moved` is `stage.moved`."""
    return act.value.replace("_", ".", 1)


def of_act(kind: EventKind, proposal: str | None, told: dict[str, Item]) -> str:
    """The message about one act; `told` is its item by language. `proposal` is a slug, None where the act is about none."""
    first = told[LANGUAGES[0]]
    facts: dict[str, Any] = {"event": first.id, "news": first.news.value, "proposal": proposal}
    if proposal:
        facts["record"] = addresses.at(f"/proposals/{proposal}.json")
    words = {language: _words(item, language) for language, item in told.items()}
    return _written(kind_of(kind), first.at, facts | words)


def of_test(name: str, now: datetime) -> str:
    """A message that says it is a test of the webhook of that name."""
    return _written(TEST, now, {"name": name})


def _words(item: Item, language: str) -> dict[str, str]:
    more = item.more if len(item.more) <= LONG else item.more[: LONG - 1] + "…"
    return {"title": item.title[:LONG], "text": more, "who": item.who, "url": addresses.at(f"/{language}{item.path}")}


def _written(kind: str, at: datetime, data: dict[str, Any]) -> str:
    moment = at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return orjson.dumps({"type": kind, "timestamp": moment, "data": data}).decode()
