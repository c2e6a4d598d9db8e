"""The words of a proposal: edited, previewed and translated. Nobody's words are lost."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from models import Proposal
from models.text import FIELDS, Tongue
from relais import texts
from relais.errors import Stale
from relais.markdown import render
from relais.texts import TextForm, conflict, diff, revisions, together
from web import saves
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Place, edited, onward
from web.proposal_words import ProposalWords
from web.render import page as whole
from web.told import so_far

routes = APIRouter(prefix="/{language}/proposals/{slug}")


@routes.get("/texts")
@looking
def choose(desk: Desk, slug: str, tongue: Annotated[Tongue, Query()] = "fr") -> Response:
    """From a list of languages to the form of one."""
    return onward(desk, f"{edited(desk, slug).path}/texts/{tongue}/edit")


@routes.get("/texts/{tongue}/edit")
@looking
def edit(desk: Desk, slug: str, tongue: Tongue) -> Response:
    place = edited(desk, slug)
    text = texts.of(desk.session, place.proposal, tongue)
    values = {name: getattr(text, name) for name in FIELDS} if text else {}
    return form_page(desk, place, tongue, Posted(desk.language, values), base=text.number if text else 0)


@routes.post("/texts/{tongue}/edit")
@acting
def save(desk: Desk, slug: str, tongue: Tongue, form: Posted[TextForm] = posted(TextForm, "base", "source")) -> Response:
    place, base = edited(desk, slug), form.numbers.get("base", 0)
    if not form.errors:
        try:
            with form.trying(desk.session):
                saved = together.save(desk.session, place.proposal, tongue, form.form, base=base, by=place.by, now=desk.now)
        except Stale as stale:
            return conflict_page(desk, place, tongue, form, stale, base)
    if form.errors:
        return form_page(desk, place, tongue, form, 422, base=base)
    return onward(desk, saves.place_of(desk, place, tongue, saved, "text"))


@routes.post("/texts/{tongue}/preview")
@looking
def preview(desk: Desk, slug: str, tongue: Tongue, form: Posted[TextForm] = posted(TextForm, "base", "source")) -> Response:
    """The text as it would read; nothing is kept. Without script the form comes along, with all that was typed."""
    html = "" if form.errors else render(form.form.body)
    return _shown(desk, edited(desk, slug), tongue, form, "texts/_preview.html", html=html)


@routes.post("/texts/{tongue}/comparison")
@looking
def comparison(desk: Desk, slug: str, tongue: Tongue, form: Posted[TextForm] = posted(TextForm, "base", "source")) -> Response:
    """What is typed beside the text as it stands; nothing is kept. Without script the form comes along."""
    place = edited(desk, slug)
    text = texts.of(desk.session, place.proposal, tongue)
    typed = form.form.model_dump() if not form.errors else {}
    lines = {name: diff.words(getattr(text, name) if text else "", words) for name, words in typed.items() if name in FIELDS}
    return _shown(desk, place, tongue, form, "texts/_compared.html", lines=lines, number=text.number if text else 0)


def text_page(desk: Desk, template: str, status: int = 200, **shown: Any) -> Response:
    """Every page of texts may show a difference and who saved what."""
    told = {"told": ProposalWords(desk.language), "before": diff.before, "after": diff.after, "paragraphs": diff.paragraphs}
    return whole(desk, template, status, **told, changed=diff.changed, **shown)


def form_page(desk: Desk, place: Place, tongue: str, form: Posted[Any], status: int = 200, **shown: Any) -> Response:
    original = place.proposal.original_language
    source = texts.of(desk.session, place.proposal, original) if tongue != original else None
    text = texts.of(desk.session, place.proposal, tongue) if source else None
    behind = texts.behind(desk.session, place.proposal, text) if text else None
    shown |= so_far(desk, place.proposal)
    told = {"html": None, "lines": None, "source": source, "behind": behind, "changes": changes(desk, place.proposal, behind)} | shown
    return text_page(desk, "texts/edit.html", status, place=place, tongue=tongue, form=form, **told)


def _shown(desk: Desk, place: Place, tongue: str, form: Posted[TextForm], fragment: str, **shown: Any) -> Response:
    """What is shown of a text that is not saved: below its form, alone to htmx."""
    status = 422 if form.errors else 200
    if desk.htmx:
        return text_page(desk, fragment, status, form=form, tongue=tongue, **shown)
    return form_page(desk, place, tongue, form, status, base=form.numbers.get("base", 0), **shown)


def changes(desk: Desk, proposal: Proposal, behind: texts.Behind | None) -> dict[str, Any]:
    """What changed in the source since it was translated, for the fields that are behind."""
    if behind is None:
        return {}
    original = proposal.original_language
    old, new = (revisions.one(desk.session, proposal, original, number) for number in (behind.translated, behind.current))
    return {name: diff.words(getattr(old, name), getattr(new, name)) for name in behind.fields}


def conflict_page(desk: Desk, place: Place, tongue: str, form: Posted[TextForm], stale: Stale, base: int, section: str = "") -> Response:
    """Theirs, mine and both in one; `section` names the part that was edited by itself, whose draft goes when this is saved."""
    clashes = conflict.between(stale.current, stale.base, form.form)
    theirs = revisions.one(desk.session, place.proposal, tongue, stale.current.number)
    merged = Posted[TextForm](desk.language, form.values | {clash.name: clash.merged for clash in clashes})
    shown: dict[str, Any] = {"clashes": clashes, "theirs": theirs, "base": base, "part": section, "lines": None}
    return text_page(desk, "texts/conflict.html", 409, place=place, tongue=tongue, form=merged, **shown)
