"""Who gets what from every route, on a public proposal and on one its group keeps to itself. A route without a row fails."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from models import Confirmation
from models.actor import ActorKind
from models.entry import EntryKind, Family
from models.group import Role
from models.position import Stance
from models.proposal import Stage
from relais import (
    actors,
    comments,
    entries,
    imports,
    invitations,
    legs,
    positions,
    presidencies,
    proposals,
    saved_reports,
    sources,
    suggestions,
    tasks,
    tokens,
    webhooks,
)
from relais.access import Reader
from relais.actors import ActorForm
from relais.comments import CommentForm
from relais.confirmations import LASTS
from relais.db import writing
from relais.entries import EntryForm
from relais.groups import roles
from relais.invitations import InvitationForm
from relais.legs import LegForm
from relais.positions import PositionForm
from relais.presidencies import PresidencyForm
from relais.proposals import FactsForm, MoveForm, ProposalForm
from relais.saved_reports import ReportForm
from relais.settings import now
from relais.sources import SourceForm
from relais.suggestions import SuggestionForm
from relais.tasks import TaskForm
from relais.texts import TextForm
from relais.tokens import TokenForm
from relais.webhooks import WebhookForm
from relais.webhooks import calls as webhook_calls
from tests.days import NOW
from tests.web.roles import ROLES
from tests.web.rules import QUERIES, RULES
from web.app import app

PUBLIC = ("shown", "seen")


def routes(router) -> Iterator[str]:
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if inner:
            yield from routes(inner)
        else:
            yield from (f"{method} {route.path}" for method in sorted(route.methods - {"HEAD"}))


def test_every_route_has_a_rule_and_every_rule_a_route():
    assert sorted(set(routes(app))) == sorted(RULES)


@pytest.fixture
def places(public_affairs, commenter) -> dict[str, dict[str, str]]:
    """What stands in the addresses: for a public proposal of the group, and for a private one."""
    with writing() as session:
        source = what_all_know(session)
        return {slug: a_place(session, slug, public_affairs, commenter, source) for slug in ("shown", "kept")}


def what_all_know(session) -> str:
    """A source, whose slug is given; two actors, and a presidency of one of them, other than the one the addresses name."""
    source = sources.add(session, SourceForm(title="A note", language="en"), by=None, now=NOW).slug
    actors.add(session, "a-network", ActorForm(kind=ActorKind.NETWORK, name_fr="Un réseau", name_en="A network"), by=None, now=NOW)
    state = ActorForm(kind=ActorKind.MEMBER_STATE, code="IE", name_fr="Irlande", name_en="Ireland")
    actors.add(session, "ireland", state, by=None, now=NOW)
    days = {"starts": "2027-01-01", "ends": "2027-06-30", "known_on": "2016-07-26"}
    term = {"slug": "2027-ie", "state": "ireland", "trio": ["IE"], "legal_basis": source}
    presidencies.add(session, PresidencyForm.model_validate(term | days), now=NOW)
    return source


def a_place(session, slug, group, author, source) -> dict[str, str]:
    public = slug in PUBLIC
    text = TextForm(title=f"An ask {slug}", body="Do it.")
    form = ProposalForm(slug=slug, original_language="en", facts=FactsForm(public=public), text=text, first=MoveForm(to=Stage.DRAFTED))
    proposal = proposals.add(session, form, group=group, by=None, now=NOW)
    move = proposals.moves(session, proposal)[0]
    position = positions.record(session, proposal, PositionForm(actor="a-network", stance=Stance.SUPPORTS, public=public), by=None, now=NOW)
    told = EntryForm(family=Family.ADVOCACY, kind=EntryKind.LETTER, title_en="A letter", public=public)
    entry = entries.add(session, told, leads=[proposal], group_id=group.id, by=None, now=NOW, key=f"letter-{slug}")
    comment = comments.post(session, proposal, CommentForm(body="Yes.", public=public), by=author, now=NOW)
    task = tasks.add(session, proposal, TaskForm(text="Write to them"), by=author, now=NOW)
    legs.plan(session, proposal, "2027-ie", LegForm(ask_en=f"An ask {slug}", public=True), by=author, now=NOW)
    better = SuggestionForm(title=f"A better ask {slug}", body="Do it.")
    suggestion = suggestions.make(session, proposal, "en", better, base=1, by=author, now=NOW)
    asked = InvitationForm(email=f"{slug}@example.org", role=Role.OBSERVER)
    theirs, writer = ReportForm(name=f"An ask {slug}", group=group.slug, public=public), Reader(author, {group.id: Role.COMMENTER})
    saved = saved_reports.save(session, "", theirs, writer, language="en", by=author, now=NOW)
    invited = str(invitations.invite(session, group, asked, by=author, now=NOW).id)
    tokens.make(session, TokenForm(name="Sheet"), by=author, now=now(), group=group)
    token = str(tokens.standing(session, author, group, now())[0][0].id)
    hook = WebhookForm(name="Sheet", url="https://hooks.example.org/", kinds=["stage"])
    webhook = webhooks.add(session, group, hook, by=author, now=NOW)
    message = webhook_calls.test(session, webhook, NOW)
    file = imports.opened(group, "f.csv", f"title\nAn ask {slug}".encode(), language="en", by=author, now=NOW)
    brought = str(imports.bring(session, file).id)
    request = {"email": f"contact-{slug}@example.org", "language": "en", "link": 1, "asked_at": NOW, "expires_at": NOW + LASTS}
    confirmation = Confirmation(position_id=position.id, **request)  # of a position that was public when they were asked
    session.add(confirmation)
    session.flush()
    seat = str(roles.of(session, group, author).id)
    return {
        "language": "en", "slug": slug, "token": "no-such-link", "name": "x.eml", "tongue": "en", "section": "title", "number": "1",
        "first:int": "1",
        "second:int": "1", "key": entry.key, "moves": str(move.id), "positions": str(position.id), "comments": str(comment.id),
        "confirmations": str(confirmation.id),
        "invitations": invited, "members": seat, "sources": source, "actors": "a-network", "groups": group.slug,
        "presidencies": "2026-ie", "tasks": str(task.id), "suggestions": str(suggestion.id), "presidency": "2027-ie", "noun": "entries",
        "actor": "a-network", "kind": "proposal", "form": "atom", "saved": str(saved.id), "tokens": token, "webhooks": str(webhook.id),
        "message": str(message.id), "imports": brought,
    }  # fmt: skip


def address(path: str, place: dict[str, str]) -> str:
    steps = path.removeprefix("/{language}/").split("/")
    nouns = {part: place[noun] for noun, part in pairwise(steps) if noun in place}
    parts = place | {name.strip("{}"): value for name, value in nouns.items() if name in ("{slug}", "{id}")}
    for name, value in parts.items():
        path = path.replace(f"{{{name}}}", value)
    return path


@pytest.mark.parametrize("route", RULES)
def test_each_role_is_answered_as_the_rule_says(route, places, visitor, as_stranger, as_observer, as_commenter, as_editor, as_coordinator):
    clients = dict(zip(ROLES, (visitor, as_stranger, as_observer, as_commenter, as_editor, as_coordinator), strict=True))
    method, path = route.split(" ", 1)
    shown, _, kept = RULES[route].partition(" / ")

    answers = {
        slug: " ".join(
            str(client.request(method, address(path, places[slug]) + QUERIES.get(route, "")).status_code) for client in clients.values()
        )
        for slug in ("shown", "kept")
    }

    assert f"{answers['shown']} / {answers['kept']}" == f"{shown} / {kept or shown}"
