from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlmodel import Session, col

from api.asked import APage, Asked, Number, Slug
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.shapes import PacketOf
from api.writing import Act, acting
from models import Packet
from relais import access, packets, presidencies
from relais.access import Reader
from relais.errors import Missing
from relais.export import parts, rows
from relais.export.parts import Part
from relais.export.read import read
from relais.i18n import LANGUAGES
from relais.packets import PacketForm
from relais.presidencies import brief_schema
from relais.settings import settings

routes = APIRouter(prefix="/presidencies/{slug}/packets", tags=["packets"])
writes = APIRouter(prefix="/presidencies/{slug}/packets", tags=["packets"])


@routes.get("", response_model=Page[PacketOf], summary="Hand-over briefs of a presidency that were frozen")
@looking
def index(slug: Slug, asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were frozen: each but the first corrects the one before."""
    presidencies.find(session, slug)
    last = answer.number_after(asked)
    found = [packet for packet in _listed(session, slug, answer.reader) if packet["number"] > last]
    return answer.page(found[: asked.limit + 1], asked, "number")


@routes.get("/{id}", response_model=PacketOf, summary="One packet: where its bytes are, and what to check them against")
@looking
def show(slug: Slug, id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002  the name in the address
    return answer(_one(session, slug, id, answer.reader))


@writes.post(
    "",
    status_code=201,
    response_model=PacketOf,
    summary="Freeze the hand-over brief of a presidency",
    openapi_extra=described({"reason": "The minutes of the last Council came out."}),
)
@acting
def freeze(act: Act, form: PacketForm, slug: Slug) -> Response:
    """By editors, as visitors may read it now, of a presidency that has begun or is the next to. `reason` says what is corrected, of every
    packet but the first. While nothing has changed since the last packet, that one is answered."""
    by, today = access.any_editor(act.reader), settings().day()
    packet = packets.freeze(act.session, presidencies.calendar(act.session), slug, form, by=by, now=act.now, today=today)
    return act(_one(act.written(), slug, packet.number, act.reader), 201, at=f"/presidencies/{slug}/packets/{packet.number}")


def _one(session: Session, slug: str, number: int, reader: Reader) -> Part:
    found = next((packet for packet in _listed(session, slug, reader) if packet["number"] == number), None)
    if found is None:
        raise Missing
    return found


def _listed(session: Session, slug: str, reader: Reader) -> list[Part]:
    """As the export tells of them, with their addresses and, for members, who froze them; without what they hold."""
    known = {} if reader.visitor else packets.authors(session, slug)
    told = read(session, rows.packets().where(col(Packet.presidency) == slug))
    return [parts.packet(row) | _around(slug, row.number, known.get(row.number)) for row in told]


def _around(slug: str, number: int, known: Any) -> Part:
    pages = {language: f"{settings().base_url}/{language}/presidencies/{slug}/packets/{number}" for language in LANGUAGES}
    return {
        "presidency": slug,
        "frozen_by": {"id": known.id, "name": known.name} if known else None,
        "content": f"{pages[LANGUAGES[0]]}.json",
        "content_schema": settings().base_url + brief_schema.ADDRESS,
        "pages": pages,
        "documents": {language: f"{page}.docx" for language, page in pages.items()},
    }
