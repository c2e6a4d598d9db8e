"""Actors: who takes positions, what each has said, and their entry in the record."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models import Actor
from models.actor import ActorKind
from relais import access, actors, choices, words
from relais.actors import ActorForm
from relais.errors import Stale
from relais.positions import stances
from relais.sources import slug_of
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import onward
from web.render import page

routes = APIRouter(prefix="/{language}/actors")
FIELDS = ("kind", "name_fr", "name_en", "code", "size", "part_of", "since", "until", "note_fr", "note_en")


@routes.get("")
@looking
def index(desk: Desk) -> Response:
    return page(desk, "actors/index.html", kinds=stances.listed(desk.session, desk.reader, desk.language, desk.as_of))


@routes.get("/new")
@looking
def new(desk: Desk) -> Response:
    _editor(desk)
    return _form(desk, Posted(desk.language))


@routes.post("/new")
@acting
def create(desk: Desk, form: Posted[ActorForm] = posted(ActorForm)) -> Response:
    by = _editor(desk)
    if not form.errors:
        with form.trying(desk.session):
            actor = actors.add(desk.session, slug_of(form.form.name_en), form.form, by=by, now=desk.now)
    return _form(desk, form, 422) if form.errors else onward(desk, f"/actors/{actor.slug}")


@routes.get("/{slug}")
@looking
def show(desk: Desk, slug: str) -> Response:
    actor = actors.find(desk.session, slug)
    told = stances.of(desk.session, desk.reader, desk.language, actor, desk.as_of)
    kin = actors.kin(desk.session, actor, desk.language, desk.day)
    terms = [term for term in desk.calendar.terms if term.actor_id == actor.id]
    coming, past = ([term for term in terms if (term.ends_on < desk.day) is over] for over in (False, True))
    return page(desk, "actors/show.html", actor=actor, told=told, kin=kin, coming=coming, past=past[::-1])


@routes.get("/{slug}/edit")
@looking
def edit(desk: Desk, slug: str) -> Response:
    _editor(desk)
    actor = actors.find(desk.session, slug)
    return _form(desk, Posted(desk.language, {"version": actor.version} | typed(desk, actor)), old=actor)


@routes.post("/{slug}/edit")
@acting
def update(desk: Desk, slug: str, form: Posted[ActorForm] = posted(ActorForm, "version")) -> Response:
    by, actor = _editor(desk), actors.find(desk.session, slug)
    if form.errors:
        return _form(desk, form, 422, old=actor)
    try:
        with form.trying(desk.session):
            actors.change(desk.session, actor, form.form, version=form.numbers["version"], by=by, now=desk.now)
    except Stale:
        return _form(desk, form, 409, old=actor, theirs=typed(desk, actor))
    return _form(desk, form, 422, old=actor) if form.errors else onward(desk, f"/actors/{slug}")


def typed(desk: Desk, actor: Actor) -> dict[str, str]:
    """The row as somebody would type it into its form."""
    row = actor.model_dump(include={"kind", "code", "size", "since", "until", "note_fr", "note_en"})
    whole = desk.session.get_one(Actor, actor.part_of_id).slug if actor.part_of_id else ""
    row |= {"name_fr": actor.names["fr"], "name_en": actor.names["en"], "part_of": whole}
    return {name: str(row[name]) if row[name] is not None else "" for name in FIELDS}


def _editor(desk: Desk) -> Any:
    desk.must_be_signed_in()
    return access.any_editor(desk.reader)


def _form(desk: Desk, form: Posted[Any], status: int = 200, *, old: Actor | None = None, theirs: dict[str, str] | None = None) -> Response:
    template = "actors/_form.html" if desk.htmx else "actors/new.html"
    say = words.Words(desk.language).word
    wholes = [
        (say(kind), [one for one in inside if not old or one[0] != old.slug])
        for kind, inside in choices.actors(desk.session, desk.language)
    ]
    return page(desk, template, status, form=form, old=old, theirs=theirs, kinds=list(ActorKind), wholes=wholes)
