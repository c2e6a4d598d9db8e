"""One part of a text edited by itself: in place on the proposal's page, or on a page of its own. It is saved as the whole text is."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from models import Revision
from models.text import FIELDS, Tongue
from relais import texts
from relais.errors import Missing, Stale
from relais.form import Form
from relais.i18n import N_, say
from relais.markdown import render
from relais.texts import TextForm, sections, together
from web import saves
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Asked, Place, edited, onward
from web.texts import conflict_page, text_page
from web.told import so_far

routes = APIRouter(prefix="/{language}/proposals/{slug}/texts/{tongue}/sections/{section}")

Section = Annotated[str, Path(max_length=80)]
# Whether the form stands in the proposal's page, which then takes the place of itself.
Here = Annotated[bool, Query()]


class SectionForm(Form):
    words: Annotated[str, StringConstraints(max_length=100_000)] = ""
    note: Annotated[str, StringConstraints(max_length=300)] = ""
    minor: bool = False


@routes.get("/edit")
@looking
def edit(desk: Desk, slug: str, tongue: Tongue, section: Section, base: Asked = 0, here: Here = False) -> Response:
    """The form on a part of the text as it stands; or, where that part is gone, as it was in revision `base`."""
    place = edited(desk, slug)
    text = texts.of(desk.session, place.proposal, tongue)
    if text is None:
        raise Missing
    numbers = [text.number, base]
    found = ((number, _words(texts.revision(desk.session, text, number), section)) for number in numbers)
    number, words = next(((number, words) for number, words in found if words is not None), (0, None))
    if words is None:
        raise Missing
    return _form(desk, place, tongue, section, Posted(desk.language, {"words": words}), base=number, here=here)


@routes.post("/edit")
@acting
def save(
    desk: Desk, slug: str, tongue: Tongue, section: Section, here: Here = False, form: Posted[SectionForm] = posted(SectionForm, "base")
) -> Response:
    place, base = edited(desk, slug), form.numbers.get("base", 0)
    whole = _whole(desk, place, tongue, section, form, base)
    if whole and not form.errors:
        try:
            with whole.trying(desk.session):
                saved = together.save(desk.session, place.proposal, tongue, whole.form, base=base, by=place.by, now=desk.now)
        except Stale as stale:
            answer = conflict_page(desk, place, tongue, whole, stale, base, section)
            # Nothing is left of the page it stood in: this has an address of its own, from which a save leads back there.
            answer.headers["HX-Push-Url"] = f"/{desk.language}{place.path}/texts/{tongue}/sections/{quote(section)}/edit?base={base}"
            return answer
        _blame(form, whole)
    if form.errors:
        return _form(desk, place, tongue, section, form, 422, base=base, here=here)
    if here and desk.htmx:  # the page itself is asked for anew, and takes the place of what is shown
        return RedirectResponse(f"/{desk.language}{place.path}?saved={saved.number}", 303)
    anchor = section if section in sections.of(saved.body) and section != sections.START else "text"
    return onward(desk, saves.place_of(desk, place, tongue, saved, anchor))


@routes.post("/preview")
@looking
def preview(
    desk: Desk, slug: str, tongue: Tongue, section: Section, here: Here = False, form: Posted[SectionForm] = posted(SectionForm, "base")
) -> Response:
    """The part as it would read; nothing is kept. Without script the form comes along, with all that was typed."""
    place, base = edited(desk, slug), form.numbers.get("base", 0)
    _whole(desk, place, tongue, section, form, base)
    status = 422 if form.errors else 200
    html = render(form.form.words) if not form.errors and section not in FIELDS else ""
    if desk.htmx:
        return text_page(desk, "texts/_section_preview.html", status, form=form, html=html, tongue=tongue, name=section)
    return _form(desk, place, tongue, section, form, status, base=base, html=html, here=here)


def _words(revision: Revision | None, name: str) -> str | None:
    return sections.words(revision, name) if revision else None


def _whole(desk: Desk, place: Place, tongue: str, name: str, form: Posted[SectionForm], base: int) -> Posted[TextForm] | None:
    """The whole text with that part as typed, on the revision it was written on; what is wrong with it is told beside the part."""
    if form.errors:
        return None
    text = texts.of(desk.session, place.proposal, tongue)
    started = texts.revision(desk.session, text, base) if text else None
    if started is None or sections.words(started, name) is None:
        form.errors["words"] = say(desk.language, N_("This part is not in the revision it should start from. Copy it into the whole text."))
        return None
    typed = form.form
    more = {"note": typed.note, "base": str(base)} | ({"minor": "true"} if typed.minor else {})
    whole = Posted[TextForm](desk.language, sections.composed(started, name, typed.words) | more)
    whole.check(TextForm, ("base",))
    _blame(form, whole)
    return whole


def _blame(form: Posted[SectionForm], whole: Posted[TextForm]) -> None:
    for field, message in whole.errors.items():
        form.errors["words" if field in FIELDS else field] = message


def _form(
    desk: Desk, place: Place, tongue: str, name: str, form: Posted[SectionForm], status: int = 200, html: str | None = None, **shown: Any
) -> Response:
    here = shown["here"] and desk.htmx
    answer = text_page(
        desk, "texts/_section.html" if here else "texts/section.html", status,
        place=place, tongue=tongue, name=name, form=form, html=html, **shown | {"here": here} | so_far(desk, place.proposal),
    )  # fmt: skip
    if here and status == 422:
        answer.headers.update({"HX-Retarget": f"#part-{name}", "HX-Reselect": f"#part-{name}", "HX-Reswap": "outerMorph"})
    return answer
