"""Contacts of a leg: a letter, a meeting, an event or an answer recorded, with the step that follows."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models import Actor, Entry, Leg
from models.entry import EntryKind
from relais import choices
from relais.i18n import said, say
from relais.legs import contacts, targets
from relais.legs.contacts import NewContactForm
from relais.words import Words
from web import task_choices
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.legs import found
from web.place import Place, onward
from web.render import page

routes = APIRouter(prefix="/{language}/proposals/{slug}/legs/{presidency}/contacts")


@routes.get("/new")
@looking
def new(desk: Desk, slug: str, presidency: str, answers: str = "") -> Response:
    """The form of a new contact; `answers` names the one it answers."""
    place, leg = found(desk, slug, presidency)
    letter = _answered(desk, place, answers) if answers else None
    return _form(
        desk, place, leg, Posted(desk.language, _from(desk, letter) if letter else {"kind": EntryKind.LETTER.value}), letter=letter
    )


@routes.post("/new")
@acting
def create(desk: Desk, slug: str, presidency: str, form: Posted[NewContactForm] = posted(NewContactForm)) -> Response:
    place, leg = found(desk, slug, presidency)
    letter = _answered(desk, place, str(form.values["answers"])) if form.values.get("answers") else None
    if not form.errors:
        with form.trying(desk.session):
            others = choices.also(desk.session, desk.reader, form.form.also, but=place.proposal)
            how: dict[str, Any] = {"answers": letter, "also": others, "by": place.by, "now": desk.now}
            entry = contacts.record(desk.session, leg, place.proposal, form.form, **how)
    if form.errors:
        return _form(desk, place, leg, form, 422, letter=letter)
    return onward(desk, f"{place.path}/legs/{presidency}#e{entry.id}")


def _answered(desk: Desk, place: Place, key: str) -> Entry:
    return contacts.answered(desk.session, place.proposal, key, desk.reader)


def _from(desk: Desk, letter: Entry) -> dict[str, str]:
    """What the record of an answer begins with: whom it comes from, and what it answers."""
    words, _ = said(letter, "title", desk.language)
    title = say(desk.language, "Answer: %(letter)s", letter=words)[:200]
    actor = desk.session.get(Actor, letter.actor_id) if letter.actor_id else None
    reach = {"public": "true"} if letter.public else {}
    return {
        "kind": EntryKind.ANSWER.value,
        "answers": letter.key,
        f"title_{desk.language}": title,
        "actor": actor.slug if actor else "",
    } | reach


def _form(desk: Desk, place: Place, leg: Leg, form: Posted[Any], status: int = 200, *, letter: Entry | None = None) -> Response:
    told = Words(desk.language)
    near = [(one.slug, one.name(desk.language)) for one in targets.of(desk.session, [leg.id])[leg.id]]
    everyone = [(told.word(kind), inside) for kind, inside in choices.actors(desk.session, desk.language)]
    shown: dict[str, Any] = {
        "term": next(term for term in desk.calendar.terms if term.slug == leg.presidency),
        "letter": letter,
        "kinds": [(kind.value, told.word(kind)) for kind in contacts.KINDS],
        "actors": [(told._("Whom this ask addresses"), near), *everyone] if near else everyone,
        "members": task_choices.people(desk, place.proposal.group_id),
        "others": choices.edited_by(desk.session, desk.reader, desk.language, but=place.proposal),
        "sources": choices.sources(desk.session),
    }
    template = "contacts/_form.html" if desk.htmx else "contacts/new.html"
    return page(desk, template, status, place=place, leg=leg, form=form, **shown)
