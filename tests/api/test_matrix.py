"""Who gets what from every route that writes, and from every one that reads: a route without a row fails."""

import re
from collections.abc import Iterator

import pytest
from sqlmodel import col, select

from api.app import app
from models import Move
from relais.db import reading
from tests.api import (
    advocacy_rules,
    confirmation_rules,
    discussion_rules,
    frozen_rules,
    group_rules,
    import_rules,
    notice_rules,
    proposal_rules,
    text_rules,
    webhook_rules,
)
from tests.api.conftest import caller, with_token
from tests.api.coordinating import numbers
from tests.api.keeping import a_packet
from tests.api.writing import a_place, a_record

ROLES = ("visitor", "reads", "stranger", "observer", "commenter", "editor", "coordinator", "group", "manages", "group manages")

# What each is answered, on the public proposal and (after the stroke) on the private one where that differs. `reads` is an editor whose
# token only reads, `group` a token of the group, made by the coordinator; the last two are tokens of the coordinator and of the group
# that manage: where nothing is said of them they are answered as the coordinator is.
READ = "200 200 200 200 200 200 200 200"
READ_KEPT = f"{READ} / 404 200 404 200 200 200 200 200"
TASK = "401 200 404 200 200 200 200 200"
COMMENT = "401 403 404 403 201 201 201 201 / 401 403 404 403 201 201 201 201"
EDIT = "401 403 404 403 403 201 201 201"
SAVE = "401 403 404 403 403 200 200 200"
OWN = "401 403 404 403 200 403 403 403"
OWN_GONE = "401 403 404 403 204 403 403 403"
TICK = "401 403 404 403 200 200 200 200"
TASKS = "401 200 200 200 200 200 200 200"
MISSING = "404 404 404 404 404 404 404 404"
VOTE = {"family": "institutional", "kind": "vote", "title_en": "Vote"}

ROWS = (
    {
        "GET /proposals": (READ, None),
        "GET /proposals/{slug}": (READ_KEPT, None),
        "POST /proposals": (
            "401 403 404 403 403 201 201 201",
            {"group": "european-public-affairs", "slug": "new-{unique}", "text": {"title": "New"}},
        ),
        "GET /proposals/{slug}/texts/{language}": (READ_KEPT, None),
        "PUT /proposals/{slug}/texts/{language}": (SAVE, {"title": "Mieux"}),
        "GET /moves": (READ, None),
        "GET /moves/{move}": (READ_KEPT, None),
        "POST /proposals/{slug}/moves": (EDIT, {"to": "backed"}),
        "POST /moves/{move}/citations": (EDIT, {"source": "minutes"}),
        "GET /positions": (READ, None),
        "GET /positions/{position}": (READ_KEPT, None),
        "POST /proposals/{slug}/positions": (EDIT, {"actor": "france", "stance": "supports"}),
        "POST /positions/{position}/corrections": (EDIT, {"actor": "mednum", "stance": "opposes"}),
        "POST /positions/{position}/citations": (EDIT, {"source": "minutes"}),
        "GET /entries": (READ, None),
        "GET /entries/{key}": (READ_KEPT, None),
        "POST /proposals/{slug}/entries": (EDIT, VOTE),
        "POST /entries/{key}/corrections": (EDIT, VOTE),
        "POST /entries/{key}/citations": (EDIT, {"source": "minutes"}),
        "GET /comments": (READ, None),
        "GET /comments/{comment}": (READ_KEPT, None),
        "POST /proposals/{slug}/comments": (COMMENT, {"body": "Non."}),
        "PUT /comments/{comment}": (OWN, {"body": "Peut-être."}),
        "DELETE /comments/{comment}": (OWN_GONE, None),
        "GET /tasks": (TASKS, None),
        "GET /tasks/{task}": (TASK, None),
        "POST /proposals/{slug}/tasks": (COMMENT, {"text": "Ask"}),
        "PUT /tasks/{task}": (TICK, {"text": "Ask"}),
        "DELETE /tasks/{task}": ("401 403 404 403 204 204 204 204", None),
        "PUT /tasks/{task}/completion": (TICK, None),
        "DELETE /tasks/{task}/completion": (TICK, None),
        "GET /legs": (READ, None),
        "GET /sources": (READ, None),
        "GET /sources/{source}": (READ, None),
        "PUT /sources/{source}": (
            "401 403 200 403 403 412 412 412 / 401 403 412 403 403 412 412 412",
            {"title": "A note", "language": "en"},
        ),
        "POST /sources": ("401 403 201 403 403 201 201 201", {"title": "A note", "language": "en"}),
        "GET /actors": (READ, None),
        "GET /actors/{actor}": (READ, None),
        "GET /groups": (READ, None),
        "GET /groups/{group}": (READ, None),
        "GET /presidencies": (READ, None),
        "GET /presidencies/{presidency}": (READ, None),
        "GET /themes": (READ, None),
        "GET /themes/{theme}": (MISSING, None),
        "GET /searches": (TASKS, None),
        "POST /searches": ("401 403 201 201 201 201 201 201", {"query": "q=titre"}),
        "DELETE /searches/{search}": ("401 403 404 404 404 404 404 404", None),
        "GET /reports": (READ, None),
        "GET /reports/{report}": (MISSING, None),
        "POST /reports": ("401 403 201 403 201 201 201 201", {"name": "Mine"}),
        "PUT /reports/{report}": ("401 403 404 404 404 404 404 404", {"name": "Mine"}),
        "POST /reports/{report}/restorations": ("401 403 404 404 404 404 404 404", None),
        "DELETE /reports/{report}": ("401 403 404 404 404 404 404 404", None),
        "GET /events": (READ, None),
        "GET /search?q=titre": (READ, None),
    }
    | advocacy_rules.ROWS
    | proposal_rules.ROWS
    | group_rules.ROWS
    | frozen_rules.ROWS
    | text_rules.ROWS
    | discussion_rules.ROWS
    | notice_rules.ROWS
    | confirmation_rules.ROWS
    | webhook_rules.ROWS
    | import_rules.ROWS
)
NAMES = {
    "{id}": {
        "moves": "{move}", "positions": "{position}", "comments": "{comment}", "tasks": "{task}", "searches": "{search}",
        "suggestions": "{suggestion}", "reports": "{report}", "notices": "{notice}", "members": "{member}", "invitations": "{invitation}",
        "confirmations": "{confirmation}", "webhooks": "{webhook}", "packets": "{packet}",
        "imports": "{import}",
    },
    "{slug}": {
        "sources": "{source}", "actors": "{actor}", "groups": "{group}", "presidencies": "{presidency}", "themes": "{theme}",
    },
    "{key}": {"snapshots": "{snapshot}"},
}  # fmt: skip

NAME = re.compile(r"/([a-z]+)/(\{id\}|\{slug\}|\{key\})")


def routes(router) -> Iterator[str]:
    """By method and address, in which a number is called by what it is the number of."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if inner:
            yield from routes(inner)
        elif route.path != "/openapi.json":
            path = NAME.sub(lambda found: f"/{found[1]}/{NAMES[found[2]].get(found[1], found[2])}", route.path)
            yield from (f"{method} {path}" for method in route.methods - {"HEAD"})


def test_every_route_has_a_row_and_every_row_a_route():
    assert sorted(routes(app.router)) == sorted(row.partition("?")[0] for row in ROWS)


@pytest.fixture
def people(stranger, observer, commenter, editor, coordinator, public_affairs):
    return {
        "reads": with_token(editor, "read"),
        "stranger": with_token(stranger),
        "observer": with_token(observer),
        "commenter": with_token(commenter),
        "editor": with_token(editor),
        "coordinator": with_token(coordinator),
        "group": with_token(coordinator, group=public_affairs),
        "manages": with_token(coordinator, "manage"),
        "group manages": with_token(coordinator, "manage", public_affairs),
    }


def last_move() -> int:
    with reading() as session:
        return session.exec(select(Move.id).order_by(col(Move.id).desc())).first() or 0


@pytest.mark.parametrize("route", ROWS)
def test_each_is_answered_as_the_row_says(route, people, public_affairs, commenter, coordinator):
    a_record()
    a_packet(1, None)
    method, path = route.split(" ", 1)
    told, body = ROWS[route]
    shown, _, kept = told.partition(" / ")

    def asked(role: str, *, public: bool) -> int:
        place = a_place(
            f"{role}-{'shown' if public else 'kept'}".replace(" ", "-"), public_affairs, commenter, last_move() + 1, public=public
        )
        parts = {
            "slug": place.proposal.slug, "move": place.move, "position": place.position.id, "key": place.entry, "entry": place.entry,
            "comment": place.comment.id,
            "task": place.task.id, "language": "fr", "source": "minutes", "actor": "france", "group": public_affairs.slug,
            "presidency": "2026-ie", "theme": "nothing", "number": 1, "suggestion": place.suggestion.id, "search": 2**30, "report": 2**30,
            "notice": 2**30, "message": 2**30, "packet": 1,
        } | numbers(path, public_affairs, coordinator)  # fmt: skip
        sent = body and {name: unique(value, place.proposal.slug) for name, value in body.items()}
        asker = people.get(role) or caller()
        headers = {"If-Match": '"1"'} if method != "GET" else {}
        return asker.request(method, path.format(**parts)[1:], json=sent, headers=headers).status_code

    answers = [" ".join(str(asked(role, public=public)) for role in ROLES) for public in (True, False)]

    assert answers == [whole(shown), whole(kept or shown)]


def unique(value, name: str):
    """What may be said once only is said with the name of the place."""
    return value.replace("{unique}", name) if isinstance(value, str) else value


def whole(row: str) -> str:
    said = row.split()
    return " ".join([*said, *said[6:7] * (len(ROLES) - len(said))])
