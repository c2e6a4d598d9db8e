"""A feed as JSON Feed 1.1 (jsonfeed.org)."""

from datetime import UTC, datetime
from typing import Any

import orjson

from relais.feeds import Feed, Item, addresses

MEDIA_TYPE = "application/feed+json"


def written(feed: Feed) -> bytes:
    about, topic = feed.about, feed.about.topic
    whole: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{about.words} — Relais",
        "home_page_url": addresses.at(f"/{feed.language}{about.path}"),
        "feed_url": addresses.of(topic, feed.language, "json", feed.kinds, feed.before),
        "language": feed.language,
        "authors": [{"name": "Relais"}],
    }
    if feed.older:
        whole["next_url"] = addresses.of(topic, feed.language, "json", feed.kinds, feed.older)
    return orjson.dumps(whole | {"items": [_item(item, feed.language) for item in feed.items]})


def _item(item: Item, language: str) -> dict[str, Any]:
    return {
        "id": addresses.name_of_item(item.id, language),
        "url": addresses.at(f"/{language}{item.path}"),
        "title": item.title,
        "content_text": item.more or item.title,
        "date_published": _moment(item.at),
        "date_modified": _moment(item.at),
        "authors": [{"name": item.who}],
        "tags": [item.news.value],
        "language": language,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
