from collections.abc import Callable
from operator import attrgetter, itemgetter
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, Asked, Slug, SomeClaims
from api.deps import Answer, Today, looking
from api.evidence_shapes import ClaimName, RecordCoverage, SourceDue
from api.examples import described
from api.schemas import Page
from api.writing import Act, acting
from relais import access, sources
from relais.export import lists, parts
from relais.export.parts import Part
from relais.export.shapes import Check, Source
from relais.sources import SourceForm, checks
from relais.sources import coverage as covered
from relais.sources.checks import CheckForm, Due
from relais.sources.coverage import Claimed

routes = APIRouter(prefix="/sources", tags=["sources"])
writes = APIRouter(tags=["sources"])


@routes.get("", response_model=Page[Source], summary="Documents and pages the record rests on")
@looking
def index(asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were added."""
    return answer.page(lists.sources(session, answer.after(asked), asked.limit + 1), asked)


@routes.get("/checks", response_model=Page[SourceDue], summary="Sources to look up again")
@looking
def to_check(asked: Annotated[APage, Query()], session: Session, answer: Answer, today: Today) -> Response:
    """Those that were not there when somebody last looked, and those nobody looked up for a year; in the order they were added."""
    after = answer.number_after(asked)
    found = sorted((one for group in checks.due(session, today) for one in group if one.id > after), key=attrgetter("id"))
    items = [_due(one) for one in found[: asked.limit + 1]]
    return answer.page(items, asked, names=[one.id for one in found])


@routes.get("/coverage", response_model=RecordCoverage, summary="How much of the record has a source")
@looking
def coverage(_: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    """Moves, positions and entries that stand, and that the caller may see."""
    found = covered.of(session, answer.reader, "en")
    proposals = [{"proposal": one.title.slug, **_shares(one)} for one in found.proposals]
    return answer({**_shares(found), "proposals": proposals})


@routes.get("/coverage/missing", response_model=Page[ClaimName], summary="Claims without a source")
@looking
def missing(asked: Annotated[SomeClaims, Query()], session: Session, answer: Answer) -> Response:
    """In the order of their addresses."""
    return _claims(session, answer, asked, lambda one: not one.sourced)


@routes.get("/coverage/disputed", response_model=Page[ClaimName], summary="Claims that a source contradicts")
@looking
def disputed(asked: Annotated[SomeClaims, Query()], session: Session, answer: Answer) -> Response:
    """In the order of their addresses, with those that are settled."""
    return _claims(session, answer, asked, lambda one: one.contested)


@routes.get("/{slug}", response_model=Source, summary="One source")
@looking
def show(slug: Slug, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    return answer.versioned(lists.source(session, slug), sources.find(session, slug).version)


@writes.post(
    "/sources",
    status_code=201,
    response_model=Source,
    summary="Add a document or a page the record may rest on",
    openapi_extra=described(
        {
            "title": "Council conclusions on digital commons",
            "publisher": "Council of the European Union",
            "language": "en",
            "url": "https://example.org/conclusions",
            "published": "2026-11-18",
            "retrieved_on": "2026-11-20",
        }
    ),
)
@acting
def add(act: Act, form: SourceForm) -> Response:
    """By whoever edits in some group. Its slug is made of its title."""
    by = access.any_editor(act.reader)
    source = sources.add(act.session, form, by=by, now=act.now)
    return act(lists.source(act.written(), source.slug), 201, version=source.version, at=f"/sources/{source.slug}")


@writes.put(
    "/sources/{slug}",
    response_model=Source,
    summary="Correct what is said of a source",
    openapi_extra=described({"title": "Council conclusions on digital commons", "language": "en", "published": "2026-11-18"}, matched=True),
)
@acting
def change(act: Act, form: SourceForm, slug: Slug) -> Response:
    """By whoever edits in some group. What is left out is emptied."""
    source = sources.find(act.session, slug)
    by = access.any_editor(act.reader)
    sources.change(act.session, source, form, version=act.version, by=by, now=act.now)
    return act(lists.source(act.written(), slug), version=source.version)


@writes.post(
    "/sources/{slug}/checks",
    status_code=201,
    response_model=Check,
    summary="Say whether a source is still where it was",
    openapi_extra=described({"checked_on": "2026-11-20", "reachable": False, "note": "The page was moved."}),
)
@acting
def check(act: Act, form: CheckForm, slug: Slug, today: Today) -> Response:
    """Somebody looked, on that day. By whoever edits in some group."""
    source = sources.find(act.session, slug)
    by = access.any_editor(act.reader)
    checks.record(act.session, source, form, by=by, now=act.now, today=today)
    return act(form.model_dump(), 201, at=f"/sources/{slug}")


def _due(one: Due) -> Part:
    names = ("slug", "title", "publisher", "language", "url")
    last = one.last
    return {name: getattr(one, name) for name in names} | {"looked_up_on": last.day, "reachable": last.reachable, "note": last.note}


def _shares(found: Any) -> Part:
    shares = {"all": found.all, **found.nouns}
    return {name: {"sourced": share.sourced, "total": share.total} for name, share in shares.items()}


def _claims(session: Session, answer: Answer, asked: SomeClaims, wanted: Callable[[Claimed], bool]) -> Response:
    after = answer.after(asked) or ""
    found = covered.claims(session, answer.reader, "en", asked.proposal)
    items = sorted((_claim(one, title.slug) for one, title in found if wanted(one)), key=itemgetter("address"))
    return answer.page([item for item in items if item["address"] > after][: asked.limit + 1], asked, "address")


def _claim(one: Claimed, proposal: str) -> Part:
    when = parts.span(one.when.on, one.when.until, one.when.precision.value)
    told = {"address": f"/{one.noun}/{one.key}", "kind": one.noun, "proposal": proposal, "when": when}
    return told | {"contested": one.contested, "settled": one.settled}
