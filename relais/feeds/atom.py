"""A feed as Atom (RFC 4287, paged as RFC 5005 has it)."""

import re
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from relais.feeds import Feed, Item, addresses

MEDIA_TYPE = "application/atom+xml"
ATOM, XML = "http://www.w3.org/2005/Atom", "http://www.w3.org/XML/1998/namespace"
# What XML 1.0 can hold in no way, not even escaped.
_UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

register_namespace("", ATOM)


def written(feed: Feed) -> bytes:
    root = Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": feed.language})
    about, topic = feed.about, feed.about.topic
    _say(root, "id", addresses.name_of_feed(topic, feed.language, feed.kinds))
    _say(root, "title", f"{about.words} — Relais")
    _say(root, "updated", _moment(feed.at))
    _say(_say(root, "author"), "name", "Relais")
    _link(root, "alternate", "text/html", addresses.at(f"/{feed.language}{about.path}"))
    _link(root, "self", MEDIA_TYPE, addresses.of(topic, feed.language, "atom", feed.kinds, feed.before))
    if feed.before:
        _link(root, "first", MEDIA_TYPE, addresses.of(topic, feed.language, "atom", feed.kinds))
    if feed.older:
        _link(root, "next", MEDIA_TYPE, addresses.of(topic, feed.language, "atom", feed.kinds, feed.older))
    for item in feed.items:
        _entry(root, item, feed.language)
    whole: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return whole


def _entry(root: Element, item: Item, language: str) -> None:
    entry = _say(root, "entry")
    _say(entry, "id", addresses.name_of_item(item.id, language))
    _say(entry, "title", item.title)
    _say(entry, "published", _moment(item.at))
    _say(entry, "updated", _moment(item.at))
    _say(_say(entry, "author"), "name", item.who)
    _link(entry, "alternate", "text/html", addresses.at(f"/{language}{item.path}"))
    _say(entry, "category").set("term", item.news.value)
    _say(entry, "summary", item.more or item.title)


def _say(parent: Element, name: str, words: str = "") -> Element:
    element = SubElement(parent, f"{{{ATOM}}}{name}")
    if words:
        element.text = _UNSAYABLE.sub("", words)
    return element


def _link(parent: Element, rel: str, kind: str, address: str) -> None:
    _say(parent, "link").attrib.update({"rel": rel, "type": kind, "href": address})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
