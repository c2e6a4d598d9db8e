"""What every template may call: words, sentences, addresses."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from models.proposal import LADDER
from models.topic import TopicKind
from relais.activity.words import ActWords
from relais.feeds import addresses
from relais.topics import Topic, written
from web.council_words import CouncilWords
from web.sentences import Sentences


def globals_for(language: str) -> dict[str, Callable[..., Any] | Any]:
    """What every template may call."""
    words = Sentences(language)
    names = (
        "word", "short", "definition", "chance", "term_name", "presides", "takes_over", "lead_sentence", "relay_caption", "standing",
        "spoken", "short_of", "stage_choices", "level_choices", "order_choices", "colon",
    )  # fmt: skip
    return {name: getattr(words, name) for name in names} | {
        "followed": lambda kind, key="": Topic(TopicKind(kind), key),
        "written": written,
        "follow_at": lambda topic: f"/{language}/follow?{urlencode({'topic': written(topic)})}",
        "feed_at": lambda topic, form: addresses.of(topic, language, form),
        "calendar_at": lambda topic: addresses.calendar(topic, language),
        "act_words": ActWords(language),
        "council_words": CouncilWords(language),
        "ladder": LADDER,
        "other_path": lambda desk: _other_path(desk, language),
        "with_query": _with_query,
        "htmx_config": HTMX_CONFIG,
    }


HTMX_CONFIG = json.dumps(
    {
        "includeIndicatorCSS": False,
        "prefix": "",
        "extensions": "",
        "defaultSwap": "outerMorph",
        "defaultTimeout": 10_000,
        "noSwap": [204, 304, 403, 404, 410, 413, 429, "5xx"],
    }
)


def _other_path(desk: Any, language: str) -> str:
    """The same page in the other language."""
    other = "en" if language == "fr" else "fr"
    here: str = desk.here
    return f"/{other}{here.removeprefix(f'/{language}')}" if here.startswith(f"/{language}") else f"/{other}/"


def _with_query(desk: Any, **changed: Any) -> str:
    """This page with some query parameters changed; an empty one is left out."""
    query = {**dict(desk.request.query_params), **changed}
    kept = urlencode({name: value for name, value in query.items() if value not in ("", None)})
    path: str = desk.request.url.path
    return f"{path}?{kept}" if kept else path
