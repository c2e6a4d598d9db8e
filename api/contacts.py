from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, Slug
from api.deps import Answer, looking
from api.examples import described
from api.legs import Asking
from api.schemas import Page
from api.shapes import Contact
from api.writing import Act, acting
from relais import access, choices, legs, proposals
from relais.export import contacts as told
from relais.legs import contacts
from relais.legs.contacts import NewContactForm

routes = APIRouter(tags=["contacts"])
writes = APIRouter(tags=["contacts"])
HERE = "/proposals/{slug}/legs/{presidency}/contacts"


@routes.get(HERE, response_model=Page[Contact], summary="Letters, meetings, events and answers for an ask")
@looking
def index(slug: Slug, presidency: Asking, asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """Those that stand, in the order they were recorded: what is not public for the proposal's group alone."""
    leg = legs.find(session, proposals.find(session, slug, answer.reader), presidency, answer.reader)
    return answer.page(told.of_leg(session, answer.reader, leg, answer.after(asked), asked.limit + 1), asked, "key")


@writes.post(
    HERE,
    status_code=201,
    response_model=Contact,
    summary="Record a letter, a meeting, an event or an answer",
    openapi_extra=described(
        {
            "kind": "letter",
            "on": "2026-11-20",
            "title_en": "Letter to the permanent representation",
            "actor": "france",
            "notice_days": 30,
            "step": "Call them",
            "due_on": "2026-12-20",
        }
    ),
)
@acting
def record(act: Act, form: NewContactForm, slug: Slug, presidency: Asking) -> Response:
    """For the group, unless `public`. `answers` is the key of what it answers, `also` are slugs of other proposals it was about;
    `step` becomes a next step, of `assignee` by `due_on`."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.editor(act.reader, proposal)
    leg = legs.find(act.session, proposal, presidency, act.reader)
    letter = contacts.answered(act.session, proposal, form.answers, act.reader) if form.answers else None
    also = choices.also(act.session, act.reader, form.also, but=proposal)
    entry = contacts.record(act.session, leg, proposal, form, answers=letter, also=also, by=by, now=act.now)
    (found,) = told.of_leg(act.written(), act.reader, leg, None, 1, key=entry.key)
    return act(found, 201, at=f"/entries/{entry.key}")
