from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlmodel import Session, col

from api.asked import NAME, Asked, Slug, SomeLegs
from api.deps import Answer, Today, looking
from api.examples import described
from api.schemas import Page
from api.shapes import LegOf
from api.writing import Act, acting
from models import Leg, Person, Proposal
from relais import access, legs, presidencies, proposals
from relais.export import claimed
from relais.legs import LegForm, OutcomeForm, planning
from relais.legs.planning import NewLegForm, OnwardForm

routes = APIRouter(tags=["legs"])
writes = APIRouter(tags=["legs"])
Asking = Annotated[str, Path(pattern=NAME, max_length=120, description="Slug of the presidency that is asked.", examples=["2026-ie"])]


@routes.get("/legs", response_model=Page[LegOf], summary="What is asked of presidencies")
@looking
def index(asked: Annotated[SomeLegs, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were planned."""
    chosen = []
    if asked.proposal:
        chosen.append(claimed.of_proposal(asked.proposal))
    if asked.presidency:
        chosen.append(col(Leg.presidency) == asked.presidency)
    found = claimed.legs(session, answer.reader, chosen, answer.number_after(asked), asked.limit + 1)
    return answer.page([leg for _, leg in found], asked, names=[number for number, _ in found])


@routes.get("/proposals/{slug}/legs/{presidency}", response_model=LegOf, summary="What is asked of one presidency")
@looking
def show(slug: Slug, presidency: Asking, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    chosen = [claimed.of_proposal(slug), col(Leg.presidency) == presidency]
    found = claimed.one([leg for _, leg in claimed.legs(session, answer.reader, chosen, 0, 1)])
    return answer.versioned(found, found["version"])


@writes.post(
    "/proposals/{slug}/legs",
    status_code=201,
    response_model=LegOf,
    summary="Plan what is asked of a presidency",
    openapi_extra=described(
        {"presidency": "2027-lt", "ask_en": "Put it on the agenda of the working party", "targets": ["france"], "trio": False}
    ),
)
@acting
def plan(act: Act, form: NewLegForm, slug: Slug, today: Today) -> Response:
    """`lead` is the number of a member of the group, `lead_group` the slug of a group, `targets` slugs of actors. With `trio` the
    rest of the trio is asked the same, as far as it is to come and asked nothing yet."""
    proposal, by = _edited(act, slug)
    calendar = presidencies.calendar(act.session)
    return _told(act, planning.plan(act.session, calendar, proposal, form, by=by, now=act.now, today=today), 201)


@writes.put(
    "/proposals/{slug}/legs/{presidency}",
    response_model=LegOf,
    summary="Change what is asked of a presidency",
    openapi_extra=described({"ask_en": "Name it in the conclusions", "note_en": "They asked for figures.", "public": True}, matched=True),
)
@acting
def change(act: Act, form: LegForm, slug: Slug, presidency: Asking) -> Response:
    """What is left out is emptied; what came of it stays."""
    proposal, by = _edited(act, slug)
    leg = legs.find(act.session, proposal, presidency, act.reader)
    return _told(act, legs.change(act.session, leg, proposal, form, version=act.version, by=by, now=act.now))


@writes.put(
    "/proposals/{slug}/legs/{presidency}/outcome",
    response_model=LegOf,
    summary="Say what came of an ask",
    openapi_extra=described({"outcome_en": "On the agenda of the autumn", "note_en": "They asked for figures."}, matched=True),
)
@acting
def close(act: Act, form: OutcomeForm, slug: Slug, presidency: Asking) -> Response:
    """That closes it. `onward` is the slug of a later presidency that is asked the same; the note takes the place of the one before."""
    proposal, by = _edited(act, slug)
    leg = legs.find(act.session, proposal, presidency, act.reader)
    legs.close(act.session, leg, proposal, form, version=act.version, by=by, now=act.now)
    return _told(act, leg)


@writes.delete(
    "/proposals/{slug}/legs/{presidency}/outcome",
    response_model=LegOf,
    summary="Take an ask up again",
    openapi_extra=described(matched=True),
)
@acting
def reopen(act: Act, slug: Slug, presidency: Asking) -> Response:
    """What came of it is taken back. 409 for one that is open."""
    proposal, by = _edited(act, slug)
    leg = legs.find(act.session, proposal, presidency, act.reader)
    legs.reopen(act.session, leg, proposal, version=act.version, by=by, now=act.now)
    return _told(act, leg)


@writes.post(
    "/proposals/{slug}/legs/{presidency}/continuations",
    status_code=201,
    response_model=LegOf,
    summary="Ask the same of a later presidency",
    openapi_extra=described({"onward": "2027-lt"}),
)
@acting
def carry(act: Act, form: OnwardForm, slug: Slug, presidency: Asking) -> Response:
    """What is asked of that one already keeps its words, and tells where it comes from."""
    proposal, by = _edited(act, slug)
    leg = legs.find(act.session, proposal, presidency, act.reader)
    return _told(act, legs.carry(act.session, leg, proposal, form.onward, by=by, now=act.now), 201)


def _edited(act: Act, slug: str) -> tuple[Proposal, Person]:
    """The proposal, and who edits it."""
    proposal = proposals.find(act.session, slug, act.reader)
    return proposal, access.editor(act.reader, proposal)


def _told(act: Act, leg: Leg, status: int = 200) -> Response:
    ((_, found),) = claimed.legs(act.written(), act.reader, [col(Leg.id) == leg.id], 0, 1)
    at = f"/proposals/{found['proposal']}/legs/{found['presidency']}"
    return act(found, status, version=leg.version, at=at)
