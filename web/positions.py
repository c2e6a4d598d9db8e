"""Positions: the coalition on a proposal, what each said over time and what changed; recorded, and corrected by a new row."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from models import Actor, Position
from models.confirmation import state_of
from models.position import Stance
from models.proposal import Level, Stage
from relais import actors, choices, confirmations, positions, proposals, words
from relais.errors import Invalid
from relais.form import Form
from relais.i18n import N_
from relais.positions import PositionForm, history
from relais.positions import grid as by_states
from relais.presidencies import Term
from relais.proposals import themes
from relais.relay import Filters
from relais.sources import claims
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Id, Place, edited, for_editor, onward, title_of
from web.record import record_page, typed
from web.render import page

routes = APIRouter(prefix="/{language}")
From, To = Annotated[str, Query(alias="from")], Annotated[str, Query(alias="to")]


@routes.get("/positions")
@looking
def grid(desk: Desk, group: str = "", theme: str = "", origin: str = "", stage: str = "", level: str = "", start: str = "") -> Response:
    """What each member state says of each proposal, narrowed as the relay is."""
    filters = Filters(group, theme, origin, stage if stage in set(Stage) else "", level if level in set(Level) else "")
    place = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 0
    found = by_states.of(
        desk.session, desk.calendar, desk.reader, desk.language,
        day=desk.day, as_of=desk.as_of is not None, filters=filters, start=place,
    )  # fmt: skip
    offered: dict[str, Any] = {"choices": themes.choices(desk.session, desk.language), "origins": themes.origins(desk.session)}
    return page(desk, "positions/grid.html", found=found, filters=filters, **offered)


@routes.get("/proposals/{slug}/positions")
@looking
def index(desk: Desk, slug: str) -> Response:
    """The coalition: who stands on which side, in the Council, and under each presidency."""
    proposal = proposals.find(desk.session, slug, desk.reader)
    found = history.gathering(desk.session, desk.calendar, proposal, desk.reader, desk.language, desk.day, desk.as_of is not None)
    return page(desk, "positions/index.html", proposal=proposal, title=title_of(desk, proposal), found=found)


@routes.get("/proposals/{slug}/positions/changes")
@looking
def changes(
    desk: Desk, slug: str, first: Annotated[str, Query(alias="from")] = "", last: Annotated[str, Query(alias="to")] = ""
) -> Response:
    """What changed after one day and up to another: since the presidency began, where nothing is asked."""
    proposal = proposals.find(desk.session, slug, desk.reader)
    now = desk.calendar.at(desk.day)
    since = now.starts_on - timedelta(days=1) if now else desk.day.replace(month=1, day=1)
    form: Posted[Form] = Posted(desk.language, {"from": first or since.isoformat(), "to": last or desk.day.isoformat()})
    days = _span(form)
    found = history.between(desk.session, desk.calendar, proposal, desk.reader, desk.language, *days) if days else None
    shown = {"found": found, "days": days, "form": form, "terms": _terms(desk)}
    return page(desk, "positions/changes.html", 200 if days else 422, proposal=proposal, title=title_of(desk, proposal), **shown)


@routes.get("/proposals/{slug}/positions/new")
@looking
def new(desk: Desk, slug: str, actor: str = "", stance: str = "") -> Response:
    asked = {"actor": actor, "stance": stance if stance in set(Stance) else ""}
    return _form(desk, edited(desk, slug), Posted(desk.language, {name: value for name, value in asked.items() if value}))


@routes.get("/proposals/{slug}/positions/{actor}")
@looking
def show(desk: Desk, slug: str, actor: str) -> Response:
    """What one actor said of the proposal, position by position."""
    proposal, who = proposals.find(desk.session, slug, desk.reader), actors.find(desk.session, actor)
    found = history.of_actor(desk.session, desk.calendar, proposal, who.id, desk.reader, desk.language, desk.as_of)
    requests = [(row, state_of(row, desk.now).value) for row in confirmations.of_actor(desk.session, proposal, who.id, desk.reader)]
    return page(desk, "positions/show.html", proposal=proposal, title=title_of(desk, proposal), actor=who, found=found, requests=requests)


@routes.post("/proposals/{slug}/positions/new")
@acting
def create(desk: Desk, slug: str, form: Posted[PositionForm] = posted(PositionForm)) -> Response:
    place = edited(desk, slug)
    if not form.errors:
        with form.trying(desk.session):
            row = positions.record(desk.session, place.proposal, form.form, by=place.by, now=desk.now)
    return _form(desk, place, form, 422) if form.errors else onward(desk, f"{place.path}#p{row.id}")


@routes.get("/positions/{id}/edit")
@looking
def edit(desk: Desk, id: Id) -> Response:  # noqa: A002  the name in the address
    old, place = _found(desk, id)
    now = claims.standing(desk.session, old)
    if now.id != old.id:
        return onward(desk, f"/positions/{now.id}/edit")
    actor = desk.session.get_one(Actor, old.actor_id).slug
    return _form(desk, place, Posted(desk.language, {"actor": actor, "stance": old.stance.value} | typed(old, desk.language)), old=old)


@routes.post("/positions/{id}/edit")
@acting
def update(desk: Desk, id: Id, form: Posted[PositionForm] = posted(PositionForm)) -> Response:  # noqa: A002
    old, place = _found(desk, id)
    now = claims.standing(desk.session, old)
    if now.id != old.id:
        return _form(desk, place, form, 409, old=now, stale=True)
    if not form.errors:
        with form.trying(desk.session):
            row = positions.correct(desk.session, place.proposal, old, form.form, by=place.by, now=desk.now)
    return _form(desk, place, form, 422, old=old) if form.errors else onward(desk, f"{place.path}#p{row.id}")


def _span(form: Posted[Form]) -> tuple[date, date] | None:
    """The two days that were asked for; None where one is no day or they are the wrong way round, which is said beside the field."""
    days = {}
    for name in ("from", "to"):
        try:
            days[name] = date.fromisoformat(form.values[name].strip())
        except ValueError:
            form.refuse(Invalid("Write a day such as 2022-07-01", field=name))
    if not form.errors and days["to"] < days["from"]:
        form.refuse(Invalid(N_("This ends before it begins"), field="to"))
    return None if form.errors else (days["from"], days["to"])


def _terms(desk: Desk) -> list[tuple[Term, date]]:
    """Presidencies up to the day, the newest first, each with the day before it began: the way to what changed under it."""
    past = [term for term in desk.calendar.terms if term.starts_on <= desk.day]
    return [(term, term.starts_on - timedelta(days=1)) for term in past[:-13:-1]]


def _found(desk: Desk, position_id: int) -> tuple[Position, Place]:
    old, proposal = claims.position(desk.session, position_id, desk.reader)
    return old, for_editor(desk, proposal)


def _form(desk: Desk, place: Place, form: Posted[Any], status: int = 200, *, old: Position | None = None, stale: bool = False) -> Response:
    say = words.Words(desk.language).word
    shown = {
        "actors": [(say(kind), inside) for kind, inside in choices.actors(desk.session, desk.language)],
        "sources": choices.sources(desk.session),
        "old": old,
        "old_actor": desk.session.get_one(Actor, old.actor_id).name(desk.language) if old else "",
        "stale": stale,
    }
    return record_page(desk, "positions/new.html", place, form, status, **shown)
