"""Answers: what came of a proposal, said and taken back. A lead among them is confirmed where leads are (web/entries.py)."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models import Entry
from models.entry import Extent
from relais import answers, i18n
from relais.answers import AnswerForm
from relais.errors import Stale
from relais.form import Form
from relais.i18n import N_
from relais.positions import when
from relais.words import EXTENTS, Words
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Place, edited, onward
from web.record import record_page

routes = APIRouter(prefix="/{language}/proposals/{slug}/answers")
HERE, ELSEWHERE = N_("On the timeline of this proposal"), N_("Elsewhere in the record")


class Seen(Form):
    seen: str = ""


class AnswerTyped(AnswerForm):
    """`seen` is the state of the answer the form was opened on."""

    seen: str = ""


@routes.get("/new")
@looking
def new(desk: Desk, slug: str, entry: str = "") -> Response:
    """The form of an answer; with the key of an entry, what is said of it already."""
    place = edited(desk, slug)
    known = answers.known(desk.session, entry[:80], desk.reader) if entry else None
    return _form(desk, place, Posted(desk.language, _typed(desk, place, known)), known)


@routes.post("/new")
@acting
def create(desk: Desk, slug: str, form: Posted[AnswerTyped] = posted(AnswerTyped)) -> Response:
    place = edited(desk, slug)
    entry = None
    if not form.errors:
        try:
            with form.trying(desk.session):
                entry = answers.chosen(desk.session, form.form, desk.reader)
                said = AnswerForm.model_validate(form.form.model_dump(exclude={"seen"}))
                answers.link(desk.session, place.proposal, entry, said, seen=form.form.seen, by=place.by, now=desk.now)
        except Stale:
            return _form(desk, place, form, entry, 409)
    return _form(desk, place, form, status=422) if form.errors else onward(desk, f"{place.path}#answers")


@routes.post("/{key}/removal")
@acting
def remove(desk: Desk, slug: str, key: str, form: Posted[Seen] = posted(Seen)) -> Response:
    place, entry = edited(desk, slug), answers.known(desk.session, key, desk.reader)
    seen = "" if form.errors else form.form.seen
    answers.take_back(desk.session, place.proposal, entry, seen=seen, by=place.by, now=desk.now)
    return onward(desk, f"{place.path}#answers")


def _typed(desk: Desk, place: Place, entry: Entry | None) -> dict[str, str]:
    """What is said of an entry already, as somebody would type it."""
    if entry is None:
        return {}
    link = answers.of_entry(desk.session, place.proposal, entry)
    if link is None or link.extent is None or link.rejected:
        return {"entry": entry.key}
    return {"entry": entry.key, "extent": link.extent.value, "words_fr": link.extent_fr, "words_en": link.extent_en}


def _form(desk: Desk, place: Place, form: Posted[Any], entry: Entry | None = None, status: int = 200) -> Response:
    """With `entry` what stands of its answer: a form that was sent on another state is shown beside it."""
    told = Words(desk.language)
    link = answers.of_entry(desk.session, place.proposal, entry) if entry else None
    here, elsewhere = answers.offered(desk.session, place.proposal, desk.reader)
    shown = {
        "entries": [(told._(words), _named(desk, rows)) for words, rows in ((HERE, here), (ELSEWHERE, elsewhere)) if rows],
        "extents": [(extent.value, told.word(extent), told._(EXTENTS[extent])) for extent in Extent],
        "seen": answers.state(link),
        "stands": link if status == 409 else None,
    }
    return record_page(desk, "answers/new.html", place, form, status, **shown)


def _named(desk: Desk, rows: Any) -> list[tuple[str, str]]:
    return [(row.key, f"{i18n.said(row, 'title', desk.language)[0]} ({i18n.partial(when(row), desk.language)})") for row in rows]
