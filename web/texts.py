"""The words of a proposal: edited, previewed, translated, and their revisions compared. Nobody's words are lost."""

from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from models import Proposal
from models.text import FIELDS
from relais import proposals, texts
from relais.errors import Missing, Stale
from relais.markdown import render
from relais.texts import TextForm, conflict, diff, revisions, together
from web import saves
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Asked, Place, edited, onward
from web.proposal_words import ProposalWords
from web.render import page as whole
from web.told import so_far

routes = APIRouter(prefix="/{language}/proposals/{slug}")

# The official languages of the Union, the two of the interface first.
Tongue = Literal[
    "fr", "en", "bg", "cs", "da", "de", "el", "es", "et", "fi", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
]  # fmt: skip
Number = Annotated[int, Path(gt=0, lt=1_000_000)]


@routes.get("/texts")
@looking
def choose(desk: Desk, slug: str, tongue: Annotated[Tongue, Query()] = "fr") -> Response:
    """From a list of languages to the form of one."""
    return onward(desk, f"{edited(desk, slug).path}/texts/{tongue}/edit")


@routes.get("/texts/{tongue}/edit")
@looking
def edit(desk: Desk, slug: str, tongue: Tongue, restore: Asked = 0) -> Response:
    """The form on the text as it stands; `restore` fills it with an earlier revision."""
    place = edited(desk, slug)
    text = texts.of(desk.session, place.proposal, tongue)
    words: Any = revisions.one(desk.session, place.proposal, tongue, restore) if restore else text
    values = {name: getattr(words, name) for name in FIELDS} if words else {}
    return _form(desk, place, tongue, Posted(desk.language, values), base=text.number if text else 0)


@routes.post("/texts/{tongue}/edit")
@acting
def save(desk: Desk, slug: str, tongue: Tongue, form: Posted[TextForm] = posted(TextForm, "base")) -> Response:
    place, base = edited(desk, slug), form.numbers.get("base", 0)
    if not form.errors:
        try:
            with form.trying(desk.session):
                saved = together.save(desk.session, place.proposal, tongue, form.form, base=base, by=place.by, now=desk.now)
        except Stale as stale:
            return conflict_page(desk, place, tongue, form, stale, base)
    if form.errors:
        return _form(desk, place, tongue, form, 422, base=base)
    return onward(desk, saves.place_of(desk, place, tongue, saved, "text"))


@routes.post("/texts/{tongue}/preview")
@looking
def preview(desk: Desk, slug: str, tongue: Tongue, form: Posted[TextForm] = posted(TextForm, "base")) -> Response:
    """The text as it would read; nothing is kept. Without script the form comes along, with all that was typed."""
    place = edited(desk, slug)
    html = "" if form.errors else render(form.form.body)
    status = 422 if form.errors else 200
    if desk.htmx:
        return text_page(desk, "texts/_preview.html", status, form=form, html=html, tongue=tongue)
    return _form(desk, place, tongue, form, status, base=form.numbers.get("base", 0), html=html)


@routes.get("/revisions")
@looking
def index(desk: Desk, slug: str) -> Response:
    proposal, title = _read(desk, slug)
    rows = {tongue: list(found) for tongue, found in groupby(revisions.listed(desk.session, proposal), key=attrgetter("language"))}
    missing = [tongue for tongue in get_args(Tongue) if tongue not in rows]
    return text_page(desk, "texts/index.html", proposal=proposal, title=title, rows=rows, missing=missing)


@routes.get("/revisions/{tongue}/{number}")
@looking
def show(desk: Desk, slug: str, tongue: Tongue, number: Number) -> Response:
    proposal, title = _read(desk, slug)
    row = revisions.one(desk.session, proposal, tongue, number)
    return text_page(desk, "texts/show.html", proposal=proposal, title=title, row=row, html=render(row.body))


@routes.get("/compare")
@looking
def choose_two(desk: Desk, slug: str, tongue: Annotated[Tongue, Query()] = "fr", first: Asked = 1, second: Asked = 1) -> Response:
    """From two lists of revisions to the address of their comparison."""
    proposal, _ = _read(desk, slug)
    return onward(desk, f"/proposals/{proposal.slug}/compare/{tongue}/{first}..{second}")


@routes.get("/compare/{tongue}/{first:int}..{second:int}")
@looking
def compare(desk: Desk, slug: str, tongue: Tongue, first: Number, second: Number) -> Response:
    proposal, title = _read(desk, slug)
    rows = {row.number: row for row in revisions.listed(desk.session, proposal, tongue)}
    if first not in rows or second not in rows:
        raise Missing
    changes = {name: diff.words(getattr(rows[first], name), getattr(rows[second], name)) for name in FIELDS}
    added, removed = diff.counted(piece for pieces in changes.values() for piece in pieces)
    same = not any(diff.changed(pieces) for pieces in changes.values())
    shown: dict[str, Any] = {"rows": rows, "old": rows[first], "new": rows[second], "changes": changes}
    return text_page(desk, "texts/compare.html", proposal=proposal, title=title, added=added, removed=removed, same=same, **shown)


def text_page(desk: Desk, template: str, status: int = 200, **shown: Any) -> Response:
    """Every page of texts may show a difference and who saved what."""
    told = {"told": ProposalWords(desk.language), "before": diff.before, "after": diff.after, "paragraphs": diff.paragraphs}
    return whole(desk, template, status, **told, changed=diff.changed, **shown)


def _read(desk: Desk, slug: str) -> tuple[Proposal, Any]:
    """The proposal and the text whose title stands for it on the page."""
    proposal = proposals.find(desk.session, slug, desk.reader)
    text = texts.of(desk.session, proposal, desk.language) or texts.of(desk.session, proposal, proposal.original_language)
    return proposal, text


def _form(desk: Desk, place: Place, tongue: str, form: Posted[Any], status: int = 200, **shown: Any) -> Response:
    original = place.proposal.original_language
    source = texts.of(desk.session, place.proposal, original) if tongue != original else None
    text = texts.of(desk.session, place.proposal, tongue) if source else None
    behind = texts.behind(desk.session, place.proposal, text) if text else None
    shown |= so_far(desk, place.proposal)
    told = {"html": None, "source": source, "behind": behind, "changes": _changes(desk, place, behind)} | shown
    return text_page(desk, "texts/edit.html", status, place=place, tongue=tongue, form=form, **told)


def _changes(desk: Desk, place: Place, behind: texts.Behind | None) -> dict[str, Any]:
    """What changed in the source since it was translated, for the fields that are behind."""
    if behind is None:
        return {}
    original = place.proposal.original_language
    old, new = (revisions.one(desk.session, place.proposal, original, number) for number in (behind.translated, behind.current))
    return {name: diff.words(getattr(old, name), getattr(new, name)) for name in behind.fields}


def conflict_page(desk: Desk, place: Place, tongue: str, form: Posted[TextForm], stale: Stale, base: int, section: str = "") -> Response:
    """Theirs, mine and both in one; `section` names the part that was edited by itself, whose draft goes when this is saved."""
    clashes = conflict.between(stale.current, stale.base, form.form)
    theirs = revisions.one(desk.session, place.proposal, tongue, stale.current.number)
    merged = Posted[TextForm](desk.language, form.values | {clash.name: clash.merged for clash in clashes})
    shown: dict[str, Any] = {"clashes": clashes, "theirs": theirs, "base": base, "part": section}
    return text_page(desk, "texts/conflict.html", 409, place=place, tongue=tongue, form=merged, **shown)
