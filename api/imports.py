"""Files imported into what a group follows: brought, read as its coordinators say, looked at, applied, undone."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field, StringConstraints
from sqlmodel import Session

from api.asked import APage, Asked, Number, Slug
from api.callers import called
from api.coordinating import coordinated
from api.deps import Answer, looking
from api.examples import described
from api.import_shapes import Counts, Import, ImportRead
from api.schemas import Page
from api.writing import Act, acting, raw_body
from models import Group
from models import Import as Row
from models.imports import Kind
from relais import db, imports
from relais.errors import Invalid
from relais.i18n import LANGUAGES, N_, say
from relais.imports import ApplyForm, HowForm, fields, undoing
from relais.imports.judging import Verdict
from relais.imports.previews import Preview, named

routes = APIRouter(prefix="/groups/{slug}/imports", tags=["imports"])
writes = APIRouter(prefix="/groups/{slug}/imports", tags=["imports"])
FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}, "example": "id;titre\n1;Un guichet\n"}},
    }
}
EXAMPLE = {"origin": "Liste", "language": "fr", "kind": "proposals", "columns": {"titre": "title"}}


class Bringing(Asked):
    name: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")] = Field(
        description="Name of the file: its ending says what it is, unless `form` does.", examples=["liste.csv"]
    )
    form: Literal["csv", "xlsx", "platforms", "json-lines", "arguments", "procedures"] | None = Field(
        default=None, description="What kind of file it is: docs/imports.md."
    )
    language: Literal["fr", "en"] = Field(default="fr", description="That of words no column says the language of.")


def allowed(request: Request, slug: Slug) -> None:
    """Only a coordinator's file is read at all."""
    with db.reading() as session:
        coordinated(session, slug, called(request, session))


@routes.get("", response_model=Page[Import], summary="The files a group imported, and those it looks at")
@looking
def index(slug: Slug, asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """For coordinators with a token that manages: in the order they were brought."""
    group = coordinated(session, slug, answer.caller)
    found = [_import(row) for row in imports.following(session, group, answer.number_after(asked), asked.limit + 1)]
    return answer.made_from(str(found)).page(found, asked, "id")  # that a file is brought is no act


@routes.get("/{id}", response_model=ImportRead, summary="One file, with what it would bring or what became of it")
@looking
def show(slug: Slug, id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002  the name in the address
    group = coordinated(session, slug, answer.caller)
    brought = imports.find(session, group, id)
    fresh = answer.made_from(str(brought.version))
    return fresh.versioned(_import(brought) | _looked_at(session, group, brought), brought.version)


@writes.post("", status_code=201, response_model=Import, summary="Bring a file", openapi_extra=FILE, dependencies=[Depends(allowed)])
@acting
def create(act: Act, slug: Slug, asked: Annotated[Bringing, Query()], content: Annotated[bytes, Depends(raw_body)]) -> Response:
    """The file itself is the body, in no form, whatever its `Content-Type`: at most 10 MB. How it is read is guessed, and nothing of it is
    in the record yet: look at it, say how it is read, apply it. What nobody applied is forgotten after a day."""
    if act.request.headers.get("Content-Type", "").strip().lower().startswith("multipart/"):
        raise Invalid(N_("Send the file itself as the body, not within a form"), field="file")
    group = coordinated(act.session, slug, act.caller)
    how: dict[str, Any] = {"language": asked.language, "form": asked.form or "", "by": act.by, "now": act.now}
    return _written(act, imports.bring(act.session, imports.opened(group, asked.name, content, **how)), slug, 201)


@writes.put("/{id}", response_model=Import, summary="Say how a file is read", openapi_extra=described(EXAMPLE, matched=True))
@acting
def change(act: Act, form: HowForm, slug: Slug, id: Number) -> Response:  # noqa: A002
    """`columns` names the field of each column by its heading: what is left out is not read. Without `columns` they are guessed anew."""
    brought = imports.find(act.session, coordinated(act.session, slug, act.caller), id)
    imports.describe(act.session, brought, form, version=act.version)
    return _written(act, brought, slug)


@writes.post(
    "/{id}/application", response_model=Import, summary="Import a file", openapi_extra=described({"leave_out": False}, matched=True)
)
@acting
def apply(act: Act, form: ApplyForm, slug: Slug, id: Number) -> Response:  # noqa: A002
    """All of it, or nothing. With refused rows it is 409, unless they are to be left out."""
    group = coordinated(act.session, slug, act.caller)
    brought = imports.find(act.session, group, id)
    imports.apply(act.session, brought, group, leave_out=form.leave_out, version=act.version, by=act.by, now=act.now)
    return _written(act, brought, slug)


@writes.post("/{id}/reversal", response_model=Import, summary="Undo an import", openapi_extra=described(matched=True))
@acting
def undo(act: Act, slug: Slug, id: Number) -> Response:  # noqa: A002
    """Until others have built on what it made: then it is 409, and `obstacles` of the file tell what stands in the way."""
    brought = imports.find(act.session, coordinated(act.session, slug, act.caller), id)
    undoing.undo(act.session, brought, version=act.version, by=act.by, now=act.now)
    return _written(act, brought, slug)


@writes.delete("/{id}", status_code=204, summary="Throw a file away", openapi_extra=described(matched=True))
@acting
def discard(act: Act, slug: Slug, id: Number) -> Response:  # noqa: A002
    """One that was not applied."""
    imports.discard(act.session, imports.find(act.session, coordinated(act.session, slug, act.caller), id), version=act.version)
    return act(status=204)


def _written(act: Act, brought: Row, slug: str, status: int = 200) -> Response:
    act.written()
    at = f"/groups/{slug}/imports/{brought.id}"
    return act(_import(brought), status, version=brought.version, at=at)


def _import(row: Any) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in Import.model_fields if name not in ("person", "counts", "kind")}
    counts = _counts(row.counts) if row.applied_at else None
    return Import(**told, kind=row.kind or None, person=row.person_id, counts=counts).model_dump(mode="json")


def _looked_at(session: Session, group: Group, brought: Row) -> dict[str, Any]:
    told: dict[str, Any] = dict.fromkeys(("unread", "would", "seconds")) | {"samples": {}}
    told |= {name: [] for name in ("fields", "rows", "refused", "obstacles")}
    if brought.applied_at:
        refused = [_refused(**why) for why in brought.counts["why"]]
        return told | {"refused": refused, "obstacles": [] if brought.undone_at else _obstacles(session, brought)}
    told["fields"] = [_field(field) for field in fields.FIELDS[Kind(brought.kind)]] if brought.kind else []
    try:
        told["samples"] = imports.sampled(brought)
        return told | _previewed(imports.preview(session, brought, group), brought)
    except Invalid as no:
        return told | {"unread": _words(no.message, no.values)}


def _previewed(preview: Preview, brought: Row) -> dict[str, Any]:
    rows = [
        {"where": one.where, "kind": one.row.kind, "id": one.row.external_id, "words": named(one, brought.language)}
        for one in preview.first
        if one.row
    ]
    refused = [_refused(**vars(one)) for one in preview.refused]
    return {"would": _counts(preview.counts).model_dump(), "seconds": preview.seconds, "rows": rows, "refused": refused}


def _obstacles(session: Session, brought: Row) -> list[dict[str, Any]]:
    return [{"kind": one.kind, "id": one.external_id, "record": one.record_id} for one in undoing.obstacles(session, brought)]


def _counts(counts: Mapping[str, Any]) -> Counts:
    verdicts = {verdict.value: counts.get(verdict.value, 0) for verdict in Verdict}
    return Counts(**verdicts, records={kind.value: counts[kind.value] for kind in Kind if counts.get(kind.value)})


def _field(field: fields.Field) -> dict[str, Any]:
    return {"name": field.name, "label": _words(field.label, {}), "needed": field.needed}


def _refused(where: str, message: str, column: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"where": where, "column": column, "why": _words(message, values)}


def _words(message: str, values: Mapping[str, Any]) -> dict[str, str]:
    return {language: say(language, message, **values) for language in LANGUAGES}
