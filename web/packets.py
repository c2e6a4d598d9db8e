"""The hand-over brief of a presidency, as it is known now and as it was frozen: a page, a Word document, a PDF and JSON."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from models import Packet, Person
from models.partial_date import PartialDate
from relais import access, i18n, packets
from relais.errors import Missing
from relais.i18n import say
from relais.packets import PacketForm
from relais.presidencies import brief_document, brief_schema
from relais.presidencies.brief_shapes import Brief
from web.briefs import pdf, sections
from web.briefs.sheet import Sheet
from web.briefs.words import BriefWords
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Id, onward
from web.render import page

routes = APIRouter(prefix="/{language}/presidencies/{slug}")


@routes.get("/brief")
@looking
def show(desk: Desk, slug: str) -> Response:
    return _page(desk, slug, _brief(desk, slug), f"/presidencies/{slug}/brief")


@routes.get("/brief.json")
@looking
def as_json(desk: Desk, slug: str) -> Response:
    return _file(orjson.dumps(_told(desk, slug)), "json", _name(desk, slug), shared=desk.reader.visitor)


@routes.get("/brief.docx")
@looking
def as_docx(desk: Desk, slug: str) -> Response:
    sheet = sections.sheet(_brief(desk, slug))
    where = f"/{desk.language}/presidencies/{slug}/brief{_query(desk)}"
    return _file(_in_word(sheet, where, desk.now), "docx", _name(desk, slug), shared=desk.reader.visitor)


@routes.get("/brief.pdf")
@looking
def as_pdf(desk: Desk, slug: str) -> Response:
    path = f"/presidencies/{slug}/brief"
    if not pdf.possible():
        return RedirectResponse(f"/{desk.language}{path}{_query(desk)}", 303)
    sheet = sections.sheet(_brief(desk, slug))
    return _file(pdf.written(sheet, f"/{desk.language}{path}{_query(desk)}"), "pdf", _name(desk, slug), shared=desk.reader.visitor)


@routes.get("/packets/new")
@looking
def new(desk: Desk, slug: str) -> Response:
    _editor(desk)
    return _form(desk, slug, Posted(desk.language))


@routes.post("/packets/new")
@acting
def create(desk: Desk, slug: str, form: Posted[PacketForm] = posted(PacketForm)) -> Response:
    by = _editor(desk)
    if not form.errors:
        with form.trying(desk.session):
            given: dict[str, Any] = {"by": by, "now": desk.now, "today": desk.today}
            packet = packets.freeze(desk.session, desk.calendar, slug, form.form, **given)
    return _form(desk, slug, form, 422) if form.errors else onward(desk, f"/presidencies/{slug}/packets/{packet.number}")


@routes.get("/packets/{number}.json")
@looking
def packet_as_json(desk: Desk, slug: str, number: Id) -> Response:
    """The bytes its digest is of: the same in every language."""
    kept = packets.find(desk.session, slug, number)
    return _file(packets.as_bytes(kept.content), "json", f"{slug}-{number}", digest=kept.digest)


@routes.get("/packets/{number}.docx")
@looking
def packet_as_docx(desk: Desk, slug: str, number: Id) -> Response:
    return _kept(desk, slug, number, "docx", lambda sheet, where, kept: _in_word(sheet, where, kept.frozen_at, kept.digest))


@routes.get("/packets/{number}.pdf")
@looking
def packet_as_pdf(desk: Desk, slug: str, number: Id) -> Response:
    if not pdf.possible():
        return RedirectResponse(f"/{desk.language}/presidencies/{slug}/packets/{number}", 303)
    return _kept(desk, slug, number, "pdf", lambda sheet, where, kept: pdf.written(sheet, where, kept.digest))


@routes.get("/packets/{number}")
@looking
def packet(desk: Desk, slug: str, number: Id) -> Response:
    kept = packets.find(desk.session, slug, number)
    brief = Brief.read(kept.content[desk.language])
    return _page(desk, slug, brief, f"/presidencies/{slug}/packets/{number}", packet=kept, who=_who(desk, kept))


def _in_word(sheet: Sheet, path: str, at: datetime, digest: str = "") -> bytes:
    from web.briefs import docx  # noqa: PLC0415  it takes half a second to load: whoever asks for it waits, not every start

    return docx.written(sheet, path, at, digest)


def _kept(desk: Desk, slug: str, number: int, kind: str, write: Callable[[Any, str, Packet], bytes]) -> Response:
    kept = packets.find(desk.session, slug, number)
    sheet = sections.sheet(Brief.read(kept.content[desk.language]))
    body = write(sheet, f"/presidencies/{slug}/packets/{number}", kept)
    return _file(body, kind, f"{slug}-{number}-{desk.language}")


def _told(desk: Desk, slug: str) -> dict[str, Any]:
    as_of = desk.as_of is not None
    return brief_document.of(desk.session, desk.calendar, desk.reader, desk.language, slug, day=desk.day, as_of=as_of)


def _brief(desk: Desk, slug: str) -> Brief:
    return Brief.read(_told(desk, slug))


def _page(desk: Desk, slug: str, brief: Brief, path: str, *, packet: Packet | None = None, who: str = "") -> Response:
    sheet, kept = sections.sheet(brief), shelf(desk, slug)
    crumb = say(desk.language, "Packet %(n)s", n=packet.number) if packet else say(desk.language, "Handover brief")
    shown: dict[str, Any] = {
        "sheet": sheet, "slug": slug, "path": path, "query": "" if packet else _query(desk), "packet": packet, "who": who,
        "name": BriefWords(brief, desk.language).name, "crumb": crumb,
        "heading": f"{sheet.title}, {sheet.half}" + (f", {crumb.lower()}" if packet else ""), "pdf": pdf.possible(),
        "written": lambda when: i18n.partial(PartialDate.parse(when), desk.language),
    }  # fmt: skip
    return page(desk, "presidencies/brief.html", **kept, **shown)


def shelf(desk: Desk, slug: str) -> dict[str, Any]:
    """The packets of a presidency, the number of the newest, and whether the reader may freeze one more."""
    kept = packets.of(desk.session, slug)
    may = desk.reader.edits_somewhere() and _near(desk, slug)
    return {"packets": kept, "newest": kept[0].number if kept else 0, "may_freeze": may}


def _form(desk: Desk, slug: str, form: Posted[PacketForm], status: int = 200) -> Response:
    term = next((term for term in desk.calendar.terms if term.slug == slug), None)
    if term is None or not packets.near(desk.calendar, term, desk.today):
        raise Missing
    name = f"{term.name(desk.language)} {i18n.half(term.year, term.half, desk.language)}"
    template = "packets/_form.html" if desk.htmx else "packets/new.html"
    return page(desk, template, status, form=form, slug=slug, name=name, packets=packets.of(desk.session, slug))


def _near(desk: Desk, slug: str) -> bool:
    return any(packets.near(desk.calendar, term, desk.today) for term in desk.calendar.terms if term.slug == slug)


def _editor(desk: Desk) -> Person:
    desk.must_be_signed_in()
    return access.any_editor(desk.reader)


def _who(desk: Desk, kept: Packet) -> str:
    """A name to members; to everybody else that it was an editor."""
    if kept.author_id is None:
        return "Relais"
    author = desk.session.get(Person, kept.author_id) if not desk.reader.visitor else None
    return author.name if author and author.name else say(desk.language, "the editors")


def _query(desk: Desk) -> str:
    return f"?{urlencode({'as_of': desk.as_of})}" if desk.as_of else ""


def _name(desk: Desk, slug: str) -> str:
    return "-".join(filter(None, ("relais", slug, str(desk.as_of or ""), desk.language)))


TYPES = {
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def _file(body: bytes, kind: str, name: str, *, shared: bool = True, digest: str = "") -> Response:
    """A file to keep: what only some may see is not kept on the way."""
    headers = {"Cache-Control": "no-cache" if shared else "private, no-store", "Vary": "Cookie"}
    headers["Content-Disposition"] = f'{"inline" if kind == "json" else "attachment"}; filename="{name}.{kind}"'
    if kind == "json":
        headers["Link"] = f'<{brief_schema.ADDRESS}>; rel="describedby"; type="application/schema+json"'
    if digest:
        headers["ETag"] = f'"{digest}"'
    return Response(body, media_type=TYPES[kind], headers=headers)
