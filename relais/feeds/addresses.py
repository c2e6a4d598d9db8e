"""Where feeds and calendars are found, and the names of feeds and items, which stay theirs wherever a page moves (decision 0025)."""

from urllib.parse import quote, urlencode, urlsplit

from models.topic import USUAL, NewsKind, TopicKind
from relais.settings import settings
from relais.topics import Topic

# A tag URI (RFC 4151) names the year in which its maker held the domain: the same one for ever, or every name would change with it.
HELD = "2026"
SEARCHES = (TopicKind.SEARCH, TopicKind.FOUND)  # whose key is a query


def of(topic: Topic, language: str, form: str, kinds: tuple[NewsKind, ...] = USUAL, before: int = 0) -> str:
    """The address of a page of a feed, as `atom` or `json`."""
    asked = [("news", kind.value) for kind in kinds] if kinds != USUAL else []
    asked += [("before", str(before))] if before else []
    query = "&".join(filter(None, (topic.key if topic.kind in SEARCHES else "", urlencode(asked))))
    return at(f"/{language}/feeds/{_place(topic)}.{form}") + (f"?{query}" if query else "")


def calendar(topic: Topic, language: str) -> str:
    """Where the calendar of a topic is fetched."""
    return at(f"/{language}/calendars/{_place(topic)}.ics")


def at(path: str) -> str:
    return f"{settings().base_url}{path}"


def name_of_feed(topic: Topic, language: str, kinds: tuple[NewsKind, ...]) -> str:
    """The same for all its pages and both its forms."""
    searched = f"?{topic.key}" if topic.kind in SEARCHES else ""
    chosen = f"#{'+'.join(kinds)}" if kinds != USUAL else ""
    return named(f"{language}/feeds/{_place(topic)}{searched}{chosen}")


def name_of_item(event_id: int, language: str) -> str:
    """The same in every feed of a language the item is in, so that who reads two of them meets it once."""
    return named(f"{language}/events/{event_id}")


def named(what: str) -> str:
    return f"tag:{urlsplit(settings().base_url).hostname},{HELD}:{what}"


def _place(topic: Topic) -> str:
    return f"{topic.kind.value}/{quote(topic.key, safe='')}" if topic.key and topic.kind not in SEARCHES else topic.kind.value
