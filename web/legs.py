"""What a proposal asks of each presidency: the asks in order, one of them with its contacts, planned, changed, closed and carried on."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import model_validator

from models import Leg, Proposal
from relais import legs, proposals, relay
from relais.errors import Missing, Stale
from relais.legs import LegForm, OutcomeForm, cards, lists, planning, targets
from relais.legs.planning import NewLegForm, OnwardForm
from relais.presidencies import Term
from relais.relay import Picture
from relais.sources.citations import Citations
from relais.tasks import lists as steps
from web.desk import Desk, acting, looking
from web.forms import Posted, PressForm, posted
from web.leg_words import LegWords, leads, typed
from web.place import Place, edited, onward, title_of
from web.render import page
from web.told import so_far

routes = APIRouter(prefix="/{language}/proposals/{slug}/legs")


class LegTyped(LegForm):
    """On the page the lead is one choice: `person/12` or `group/digital-commons`."""

    @model_validator(mode="before")
    @classmethod
    def _one_choice(cls, values: Any) -> Any:
        kind, slash, name = str(values.get("lead", "")).partition("/")
        rest = {key: value for key, value in values.items() if key != "lead"}
        return rest | {"lead_group" if kind == "group" else "lead": name} if slash else values


class NewLeg(LegTyped, NewLegForm):
    pass


@routes.get("")
@looking
def index(desk: Desk, slug: str) -> Response:
    proposal = proposals.find(desk.session, slug, desk.reader)
    told = lists.of_proposal(desk.session, desk.reader, desk.calendar, desk.language, proposal)
    ahead, past = cards.of(desk.calendar, told, desk.today, planning=desk.reader.may_edit(proposal))
    shown: dict[str, Any] = {"proposal": proposal, "text": title_of(desk, proposal), "words": LegWords(desk.language)}
    return page(desk, "legs/index.html", ahead=ahead, past=past, **shown)


@routes.get("/new")
@looking
def new(desk: Desk, slug: str, presidency: str = "") -> Response:
    return _new(desk, edited(desk, slug), Posted(desk.language, {"presidency": presidency}))


@routes.post("/new")
@acting
def create(desk: Desk, slug: str, form: Posted[NewLeg] = posted(NewLeg)) -> Response:
    place = edited(desk, slug)
    if not form.errors:
        with form.trying(desk.session):
            when: dict[str, Any] = {"now": desk.now, "today": desk.today}
            planning.plan(desk.session, desk.calendar, place.proposal, form.form, by=place.by, **when)
    return _new(desk, place, form, 422) if form.errors else onward(desk, f"{place.path}/legs/{form.form.presidency}")


@routes.get("/{presidency}")
@looking
def show(desk: Desk, slug: str, presidency: str) -> Response:
    proposal = proposals.find(desk.session, slug, desk.reader)
    return _shown(desk, proposal, legs.find(desk.session, proposal, presidency, desk.reader), Posted(desk.language))


@routes.get("/{presidency}/edit")
@looking
def edit(desk: Desk, slug: str, presidency: str) -> Response:
    place, leg = found(desk, slug, presidency)
    return _edit(desk, place, leg, Posted(desk.language, typed(desk.session, leg)))


@routes.post("/{presidency}/edit")
@acting
def update(desk: Desk, slug: str, presidency: str, form: Posted[LegTyped] = posted(LegTyped, "version")) -> Response:
    return _taken(desk, slug, presidency, form, legs.change, _edit)


@routes.get("/{presidency}/outcome")
@looking
def outcome(desk: Desk, slug: str, presidency: str) -> Response:
    place, leg = found(desk, slug, presidency)
    return _outcome(desk, place, leg, Posted(desk.language, typed(desk.session, leg)))


@routes.post("/{presidency}/outcome")
@acting
def close(desk: Desk, slug: str, presidency: str, form: Posted[OutcomeForm] = posted(OutcomeForm, "version")) -> Response:
    return _taken(desk, slug, presidency, form, legs.close, _outcome)


@routes.post("/{presidency}/reopening")
@acting
def reopen(desk: Desk, slug: str, presidency: str, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:
    place, leg = found(desk, slug, presidency)
    legs.reopen(desk.session, leg, place.proposal, version=form.numbers.get("version", 0), by=place.by, now=desk.now)
    return onward(desk, f"{place.path}/legs/{presidency}")


@routes.post("/{presidency}/continuation")
@acting
def carry(desk: Desk, slug: str, presidency: str, form: Posted[OnwardForm] = posted(OnwardForm)) -> Response:
    """Ask the same of a later presidency."""
    place, leg = found(desk, slug, presidency)
    if not form.errors:
        with form.trying(desk.session):
            there = legs.carry(desk.session, leg, place.proposal, form.form.onward, by=place.by, now=desk.now)
    return _shown(desk, place.proposal, leg, form, 422) if form.errors else onward(desk, f"{place.path}/legs/{there.presidency}")


def found(desk: Desk, slug: str, presidency: str) -> tuple[Place, Leg]:
    """A leg, for the editors of its proposal."""
    place = edited(desk, slug)
    return place, legs.find(desk.session, place.proposal, presidency, desk.reader)


def _shown(desk: Desk, proposal: Proposal, leg: Leg, form: Posted[Any], status: int = 200) -> Response:
    """One leg with its contacts, their sources and its steps; `form` carries it on."""
    told = lists.of_proposal(desk.session, desk.reader, desk.calendar, desk.language, proposal)
    here = next(one for one in told if one.id == leg.id)
    citations = Citations(desk.session, desk.language, entries=(one.id for one in here.contacts))
    shown = {
        "proposal": proposal,
        "text": title_of(desk, proposal),
        "words": LegWords(desk.language),
        "legs": told,
        "evidence_of": {one.id: citations.entry(one.id) for one in here.contacts},
        "steps": [step for step in steps.of_proposal(desk.session, desk.reader, proposal) if step.presidency == leg.presidency],
        "later": [term for term in cards.open_to(desk.calendar, told, here) if term.ends_on >= desk.today],
        "sources": citations.sources,
        "picture": _picture(desk, proposal),
    }
    return page(desk, "legs/show.html", status, leg=here, form=form, **shown | so_far(desk, proposal))


def _picture(desk: Desk, proposal: Proposal) -> Picture:
    """The relay of this proposal alone."""
    as_of = desk.as_of is not None
    return relay.picture(desk.session, desk.calendar, desk.reader, desk.language, day=desk.day, as_of=as_of, only=[proposal.id or 0])


def _term(desk: Desk, slug: str) -> Term | None:
    return next((term for term in desk.calendar.terms if term.slug == slug), None)


def _new(desk: Desk, place: Place, form: Posted[Any], status: int = 200) -> Response:
    asked = legs.planned(desk.session, place.proposal)
    free = [term for term in desk.calendar.terms if term.slug not in asked]
    ahead = (term for term in desk.calendar.terms if term.ends_on >= desk.today)
    term = _term(desk, str(form.values.get("presidency", ""))) or next(ahead, None)
    if term is None:
        raise Missing
    offered = {"terms": free, "near": term, "trio": cards.trio(desk.calendar, term)}
    return page(desk, "legs/new.html", status, place=place, form=form, **offered, **_offered(desk, place, term))


def _taken(desk: Desk, slug: str, presidency: str, form: Posted[Any], take: Callable[..., Any], again: Callable[..., Response]) -> Response:
    """What was typed is taken by the verb, or shown `again`: with what is wrong in it, or beside what somebody saved meanwhile."""
    place, leg = found(desk, slug, presidency)
    if not form.errors:
        try:
            with form.trying(desk.session):
                take(desk.session, leg, place.proposal, form.form, version=form.numbers.get("version", 0), by=place.by, now=desk.now)
        except Stale as stale:
            return again(desk, place, stale.current, form, 409, theirs=typed(desk.session, stale.current))
    return again(desk, place, leg, form, 422) if form.errors else onward(desk, f"{place.path}/legs/{presidency}")


def _edit(desk: Desk, place: Place, leg: Leg, form: Posted[Any], status: int = 200, *, theirs: dict[str, Any] | None = None) -> Response:
    term = _term(desk, leg.presidency)
    also = {one.slug for one in targets.of(desk.session, [leg.id])[leg.id]}
    offered = _offered(desk, place, term, leg, also)
    return page(desk, "legs/edit.html", status, place=place, leg=leg, term=term, form=form, theirs=theirs, **offered)


def _outcome(desk: Desk, place: Place, leg: Leg, form: Posted[Any], status: int = 200, *, theirs: dict[str, Any] | None = None) -> Response:
    told = lists.of_proposal(desk.session, desk.reader, desk.calendar, desk.language, place.proposal)
    here = next(one for one in told if one.id == leg.id)
    later = [term for term in cards.open_to(desk.calendar, told, here) if term.ends_on >= desk.today]
    return page(desk, "legs/outcome.html", status, place=place, leg=leg, term=here.term, form=form, theirs=theirs, later=later)


def _offered(desk: Desk, place: Place, term: Any, leg: Leg | None = None, also: set[str] | None = None) -> dict[str, Any]:
    """Who may lead, and whom the leg may address."""
    told = LegWords(desk.language)
    offered = targets.offered(desk.session, term, desk.language, also=also or ())
    addressed = [(told.word(kind), inside) for kind, inside in offered.near]
    if offered.others:
        addressed.append((told._("Of other states"), offered.others))
    return {"leads": leads(desk, place.proposal.group_id, leg), "targets": addressed}
