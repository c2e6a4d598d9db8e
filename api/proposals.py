from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import StringConstraints
from sqlmodel import Session

from api.asked import Asked, OnADay, Slug, SomeProposals
from api.deps import Answer, Today, looking
from api.examples import described
from api.schemas import Page
from api.shapes import Publication
from api.writing import Act, acting
from models import Proposal as ProposalRow
from models.group import Role
from relais import access, export, groups, proposals
from relais.errors import Missing, Refused
from relais.export import lists
from relais.export.lists import Filters
from relais.export.proposal_shapes import Proposal
from relais.export.schema import ProposalExport
from relais.proposals import Facts, ProposalForm, publication

routes = APIRouter(prefix="/proposals", tags=["proposals"])
writes = APIRouter(tags=["proposals"])


class NewForm(ProposalForm):
    """`group` is the slug of the working group that follows it."""

    group: Annotated[str, StringConstraints(min_length=1, max_length=80)]

    def made(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ProposalForm.model_fields}


@routes.get("", response_model=Page[Proposal], summary="Proposals, with all that is recorded of each")
@looking
def index(asked: Annotated[SomeProposals, Query()], session: Session, answer: Answer, today: Today) -> Response:
    """In the order they were added. With `as_of` only those that had been drafted or published by then, each as it stood that day."""
    filters = Filters(asked.stage, asked.theme, asked.group, asked.level, asked.actor, asked.origin)
    found = lists.proposals(session, answer.reader, filters, answer.after(asked), asked.limit + 1, export.past(asked.as_of, today))
    return answer.page(found, asked)


@routes.get("/{slug}", response_model=ProposalExport, summary="One proposal, with the entries, actors and sources it names")
@looking
def show(slug: Slug, asked: Annotated[OnADay, Query()], session: Session, answer: Answer, today: Today) -> Response:
    found = export.proposal(session, slug, answer.reader, as_of=asked.as_of, today=today)
    return answer.versioned(found, proposals.find(session, slug, answer.reader).version)


@writes.post(
    "/proposals",
    status_code=201,
    response_model=ProposalExport,
    summary="Create a proposal",
    openapi_extra=described(
        {
            "group": "european-public-affairs",
            "slug": "fonds-des-communs",
            "original_language": "fr",
            "facts": {"level": "eu", "public": False},
            "text": {
                "title": "Un fonds pour les communs numériques",
                "body": "## Pourquoi\n\n…",
            },
            "first": {"to": "drafted", "on": "2026-11"},
        }
    ),
)
@acting
def create(act: Act, form: NewForm, today: Today) -> Response:
    """In a group one edits in, with its first text and its first stage. Public from the first unless `facts.public` is false."""
    by = access.any_editor(act.reader)
    group = groups.find(act.session, form.group)
    if not act.reader.roles.get(group.id, Role.OBSERVER).may_edit:
        raise Missing
    proposal = proposals.add(act.session, ProposalForm(**form.made()), group=group, by=by, now=act.now)
    return _told(act, proposal, today, 201)


@writes.put(
    "/proposals/{slug}",
    response_model=ProposalExport,
    summary="Change the facts of a proposal",
    openapi_extra=described({"level": "eu", "themes": [], "procedure": "2022/0379(COD)", "rank": 2}, matched=True),
)
@acting
def change(act: Act, form: Facts, slug: Slug, today: Today) -> Response:
    """What is known of it besides its words. `origin` is the slug of a source. What is left out is emptied."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.editor(act.reader, proposal)
    return _told(act, proposals.change(act.session, proposal, form, version=act.version, by=by, now=act.now), today)


@routes.get("/{slug}/publication", response_model=Publication, summary="What making a proposal public would show")
@looking
def foresee(slug: Slug, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    """To its editors, while it is in preparation."""
    answer.for_members()
    proposal = proposals.find(session, slug, answer.reader)
    access.editor(answer.reader, proposal)
    if proposal.public:
        raise Refused(publication.ALREADY)
    found = asdict(publication.of(session, proposal))
    texts = [{"language": language, "title": title, "revisions": number} for language, title, number in found["texts"]]
    return answer.versioned(found | {"texts": texts}, proposal.version)


@writes.put(
    "/proposals/{slug}/publication",
    response_model=ProposalExport,
    summary="Make a proposal public",
    openapi_extra=described(matched=True),
)
@acting
def publish(act: Act, slug: Slug, today: Today) -> Response:
    """For good: what was public stays so. Public already, it stays as it is."""
    proposal, version = proposals.find(act.session, slug, act.reader), act.version
    by = access.editor(act.reader, proposal)
    if not proposal.public:
        publication.publish(act.session, proposal, version=version, by=by, now=act.now)
    return _told(act, proposal, today)


def _told(act: Act, proposal: ProposalRow, today: date, status: int = 200) -> Response:
    found = export.proposal(act.written(), proposal.slug, act.reader, today=today)
    return act(found, status, version=proposal.version, at=f"/proposals/{proposal.slug}")
