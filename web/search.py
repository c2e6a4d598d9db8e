"""Search: one page and the same as JSON, for the words and the narrowing in the address."""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

import orjson
from fastapi import APIRouter, Query
from fastapi.responses import Response

from relais import saved_searches, search, topics
from relais.i18n import N_, say
from relais.proposals import themes
from relais.search import Found, Narrowing, facets, hits, question
from relais.search.hits import Shown
from relais.search.question import Question
from relais.search.words import KINDS, of_value
from relais.settings import settings
from web.desk import Desk, looking
from web.render import page

routes = APIRouter(prefix="/{language}")
ON_A_PAGE = 20
FACETS = (("kind", N_("Kind")), ("stage", N_("Stage of the proposal")), ("theme", N_("Theme")), ("tongue", N_("Language")))
Number = Annotated[str, Query(alias="page")]


class Facet(NamedTuple):
    """`options` are value, words, number of hits, and whether there may be more of them."""

    name: str
    words: str
    options: Sequence[tuple[str, str, int, bool]]


class Searched(NamedTuple):
    """What an address asks for, and the page of it."""

    question: Question
    narrowed: Narrowing
    found: Found
    number: int
    pages: int
    rows: Sequence[Shown]


@routes.get("/search")
@looking
def index(desk: Desk, q: str = "", number: Number = "") -> Response:
    """The form, what it finds, and what that can be narrowed to; htmx replaces all but the form."""
    searched = _searched(desk, q, number)
    asked, narrowed = searched.question, searched.narrowed
    topic, person = topics.looked_for(asked, narrowed), desk.reader.person
    shown: dict[str, Any] = {
        **searched._asdict(),
        "facets": _facets(desk, asked, narrowed, searched.found),
        "kinds": {kind: say(desk.language, one) for kind, (one, _) in KINDS.items()},
        "topic": topic,
        "followed": bool(topic and person and saved_searches.follows(desk.session, person, topic)),
    }
    return page(desk, "search/_results.html" if desk.htmx else "search/index.html", **shown)


@routes.get("/search.json")
@looking
def show(desk: Desk, q: str = "", number: Number = "") -> Response:
    """The same for programs: whole, and nothing marked up."""
    searched = _searched(desk, q, number)
    counts = facets.of(searched.question, searched.narrowed, searched.found) if searched.found.hits else {}
    body = {
        "query": searched.question.typed,
        "narrowed": searched.narrowed.named(),
        "total": len(searched.found.hits),
        "more": searched.found.more,
        "page": searched.number,
        "pages": searched.pages,
        "facets": {name: facet.counts for name, facet in counts.items()},
        "at_least": {name: sorted(facet.at_least) for name, facet in counts.items() if facet.at_least},
        "results": [_written(desk, one) for one in searched.rows],
    }
    return Response(orjson.dumps(body) + b"\n", media_type="application/json", headers={"Cache-Control": "private, no-cache"})


def _written(desk: Desk, one: Shown) -> dict[str, Any]:
    """One hit; `excerpt` as runs of plain words, each with whether it is what was looked for."""
    about = {"slug": one.about.slug, "title": one.about.words, "language": one.about.language} if one.about else None
    return {
        "kind": one.kind.value,
        "url": f"{settings().base_url}/{desk.language}{one.path}",
        "name": "".join(run.text for run in one.name) or None,
        "name_language": one.name_language or None,
        "excerpt": [run._asdict() for run in one.excerpt],
        "excerpt_language": one.excerpt_language or None,
        "what": one.what.value if one.what else None,
        "date": str(one.when or one.day or "") or None,
        "proposal": about,
        "public": not one.private,
    }


def _searched(desk: Desk, q: str, number: str) -> Searched:
    asked, narrowed = question.read(q), search.narrowing(dict(desk.request.query_params))
    found = search.find(desk.session, desk.reader, asked, narrowed)
    pages = max(1, -(-len(found.hits) // ON_A_PAGE))
    at = min(max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 6 else 1, pages)
    return Searched(asked, narrowed, found, at, pages, _shown(desk, asked, found, (at - 1) * ON_A_PAGE))


def _shown(desk: Desk, asked: Question, found: Found, first: int) -> list[Shown]:
    some = found.hits[first : first + ON_A_PAGE]
    return hits.shown(desk.session, desk.reader, desk.language, asked.wanted, some, desk.calendar) if some else []


def _facets(desk: Desk, asked: Question, narrowed: Narrowing, found: Found) -> list[Facet]:
    """Those that tell hits apart, and those that are chosen."""
    if not asked.wanted:
        return []
    counts = facets.of(asked, narrowed, found)
    named = dict(themes.choices(desk.session, desk.language).themes)
    listed = []
    for name, words in FACETS:
        options = [
            (value, of_value(desk.language, name, value, named), many, value in counts[name].at_least)
            for value, many in counts[name].counts.items()
        ]
        if getattr(narrowed, name) or len(options) > 1:
            listed.append(Facet(name, say(desk.language, words), options))
    return listed
