from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session, col

from api.asked import Asked, Key, Slug, SomeEntries
from api.deps import Answer, Today, looking
from api.examples import described
from api.schemas import Page
from api.writing import CORRECTED, Act, acting
from models import Entry
from relais import access, entries, proposals
from relais.entries import EntryForm, LeadForm
from relais.errors import Refused
from relais.export import claimed, past
from relais.export.proposal_shapes import Entry as EntryShape
from relais.sources import claims

routes = APIRouter(prefix="/entries", tags=["entries"])
writes = APIRouter(tags=["entries"])


@routes.get("", response_model=Page[EntryShape], summary="What happened, is planned or is due")
@looking
def index(asked: Annotated[SomeEntries, Query()], session: Session, answer: Answer, today: Today) -> Response:
    """In the order they were recorded, with those that were corrected."""
    chosen = [
        col(getattr(Entry, name)) == value
        for name, value in (("family", asked.family), ("kind", asked.kind), ("state", asked.state))
        if value is not None
    ]
    if asked.proposal:
        chosen.append(claimed.concerns(asked.proposal, answer.reader))
    if asked.actor:
        chosen.append(claimed.with_actor(asked.actor))
    day = past(asked.as_of, today)
    chosen += claimed.by_day(Entry, day)
    return answer.page(claimed.entries(session, answer.reader, chosen, answer.after(asked), asked.limit + 1), asked, "key")


@routes.get("/{key}", response_model=EntryShape, summary="One entry")
@looking
def show(key: Key, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    return answer(claimed.one(claimed.entries(session, answer.reader, [col(Entry.key) == key], None, 1)))


@writes.post(
    "/proposals/{slug}/entries",
    status_code=201,
    response_model=EntryShape,
    summary="Add something dated to the timeline",
    openapi_extra=described(
        {
            "family": "advocacy",
            "kind": "meeting",
            "state": "planned",
            "on": "2027-01-15",
            "title_en": "Meeting with the cabinet",
            "actor": "france",
            "public": False,
        }
    ),
)
@acting
def add(act: Act, form: EntryForm, slug: Slug) -> Response:
    """It surely concerns the proposal, or with `lead` perhaps, until an editor confirms it."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.editor(act.reader, proposal)
    surely, perhaps = ([], [proposal]) if form.lead else ([proposal], [])
    entry = entries.add(act.session, form, concerns=surely, leads=perhaps, group_id=proposal.group_id, by=by, now=act.now)
    return _told(act, entry)


@writes.post(
    "/entries/{key}/corrections",
    status_code=201,
    response_model=EntryShape,
    summary="Correct an entry",
    openapi_extra=described({"family": "institutional", "kind": "vote", "on": "2026-11-19", "title_en": "Vote in committee"}),
)
@acting
def correct(act: Act, form: EntryForm, key: Key) -> Response:
    """By another that takes its place and concerns the same proposals; its sources come along unless new ones are given."""
    old, about = claims.entry(act.session, key, act.reader)
    by = access.editor(act.reader, next((one for one in about if act.reader.may_edit(one)), about[0]))
    if claims.standing(act.session, old).id != old.id:
        raise Refused(CORRECTED)
    return _told(act, entries.correct(act.session, old, form, by=by, now=act.now))


@writes.post(
    "/proposals/{slug}/entries/{key}/checks",
    status_code=201,
    response_model=EntryShape,
    summary="Say whether a possible link is one",
    openapi_extra=described({"verdict": "confirm"}),
)
@acting
def check(act: Act, form: LeadForm, slug: Slug, key: Key) -> Response:
    """`confirm`, and the entry concerns the proposal; `reject`, and it does not. 409 when somebody said so already."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.editor(act.reader, proposal)
    entry, _ = claims.entry(act.session, key, act.reader)
    entry = claims.standing(act.session, entry)
    entries.check_lead(act.session, proposal, entry, confirmed=form.confirmed, by=by, now=act.now)
    return _told(act, entry)


def _told(act: Act, entry: Entry) -> Response:
    found = claimed.one(claimed.entries(act.written(), act.reader, [col(Entry.key) == entry.key], None, 1))
    return act(found, 201, at=f"/entries/{entry.key}")
