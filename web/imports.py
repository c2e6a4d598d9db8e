"""Files imported into what a group follows, for its coordinators: brought, read as they say, looked at, applied, taken back."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import StringConstraints
from starlette.datastructures import UploadFile

from models import Group, Import
from models.imports import Kind
from relais import access, db, imports
from relais.errors import Invalid, Refused, Stale
from relais.form import Form
from relais.i18n import say
from relais.imports import ApplyForm, HowForm, Way, undoing
from relais.imports.fields import FIELDS, NAMES
from relais.imports.readers import READERS
from web.desk import Desk, Language, acting, looking
from web.forms import Posted, PressForm, posted
from web.groups import coordinated
from web.import_words import ImportWords
from web.place import Id, onward
from web.render import page
from web.sign_in import private

routes = APIRouter(prefix="/{language}/groups/{slug}/imports")


class FileForm(Form):
    """What is said of a file while it is chosen."""

    language: Annotated[str, StringConstraints(pattern=r"^(fr|en)$")] = "fr"
    form: str = ""


class TypedForm(Way):
    """How the file is read, as it is typed: the field each column is, in the order of the columns."""

    columns: list[str] = []

    def said(self, brought: Import) -> HowForm:
        """Of lines that are said to be of another kind, the columns are guessed anew."""
        named = dict(zip(imports.sampled(brought), self.columns, strict=False)) if self.kind == brought.kind else None
        return HowForm(**self.model_dump(exclude={"columns"}), columns=named)


@dataclass(frozen=True)
class Sent:
    form: Posted[FileForm]
    name: str
    content: bytes


def allowed(request: Request, language: Language, slug: str) -> None:
    """Only a coordinator's file is read at all."""
    with db.reading() as session:
        coordinated(Desk.open(session, request, language), slug)


async def sent(request: Request, _: Annotated[None, Depends(allowed)]) -> Sent:
    language = request.path_params["language"]
    async with request.form(max_files=1, max_fields=10) as typed:
        form: Posted[FileForm] = Posted(language, {name: str(value) for name, value in typed.items() if name != "file"})
        form.check(FileForm, ())
        file = typed.get("file")
        return Sent(form, file.filename or "", await file.read()) if isinstance(file, UploadFile) else Sent(form, "", b"")


@routes.get("")
@looking
def index(desk: Desk, slug: str) -> Response:
    group = coordinated(desk, slug)
    return private(
        page(desk, "imports/index.html", group=group, brought=imports.every(desk.session, group), words=ImportWords(desk.language))
    )


@routes.get("/new")
@looking
def new(desk: Desk, slug: str) -> Response:
    return _new(desk, coordinated(desk, slug), Posted(desk.language, {"language": desk.language}))


@routes.post("/new")
@acting
def create(desk: Desk, slug: str, file: Annotated[Sent, Depends(sent)]) -> Response:
    group, form = coordinated(desk, slug), file.form
    if not form.errors:
        with form.trying(desk.session):
            how: dict[str, Any] = {
                "form": form.form.form,
                "language": form.form.language,
                "by": access.member(desk.reader),
                "now": desk.now,
            }
            brought = imports.bring(desk.session, imports.opened(group, file.name, file.content, **how))
    return _new(desk, group, form, 422) if form.errors else onward(desk, _path(group, brought.id))


@routes.get("/{id}")
@looking
def show(desk: Desk, slug: str, id: Id) -> Response:  # noqa: A002  the name in the address
    group = coordinated(desk, slug)
    return _shown(desk, group, imports.find(desk.session, group, id))


@routes.post("/{id}")
@acting
def update(desk: Desk, slug: str, id: Id, form: Posted[TypedForm] = posted(TypedForm, "version")) -> Response:  # noqa: A002
    """Read it another way, and look again."""
    group = coordinated(desk, slug)
    brought = imports.find(desk.session, group, id)
    try:
        if not form.errors:
            with form.trying(desk.session):
                imports.describe(desk.session, brought, form.form.said(brought), version=form.numbers["version"])
    except Refused as why:
        return _shown(desk, group, why.current if isinstance(why, Stale) else brought, 409, form=form, why=why)
    return _shown(desk, group, brought, 422, form=form) if form.errors else onward(desk, f"{_path(group, id)}#preview")


@routes.post("/{id}/application")
@acting
def apply(desk: Desk, slug: str, id: Id, form: Posted[ApplyForm] = posted(ApplyForm, "version")) -> Response:  # noqa: A002
    """All of it, or nothing."""
    group = coordinated(desk, slug)
    brought = imports.find(desk.session, group, id)
    try:
        with desk.session.begin_nested():
            leave_out = not form.errors and form.form.leave_out
            how: dict[str, Any] = {"version": form.numbers.get("version", 0), "by": access.member(desk.reader), "now": desk.now}
            imports.apply(desk.session, brought, group, leave_out=leave_out, **how)
    except Refused as why:
        return _refused(desk, group, id, why)
    return onward(desk, _path(group, id))


@routes.post("/{id}/removal")
@acting
def discard(desk: Desk, slug: str, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    group = coordinated(desk, slug)
    try:
        imports.discard(desk.session, imports.find(desk.session, group, id), version=form.numbers.get("version", 0))
    except Refused as why:
        return _refused(desk, group, id, why)
    return onward(desk, f"/groups/{group.slug}/imports")


@routes.post("/{id}/reversal")
@acting
def undo(desk: Desk, slug: str, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    group = coordinated(desk, slug)
    brought = imports.find(desk.session, group, id)
    try:
        with desk.session.begin_nested():
            how: dict[str, Any] = {"version": form.numbers.get("version", 0), "by": access.member(desk.reader), "now": desk.now}
            undoing.undo(desk.session, brought, **how)
    except Refused as why:
        return _refused(desk, group, id, why)
    return onward(desk, _path(group, id))


def _new(desk: Desk, group: Group, form: Posted[Any], status: int = 200) -> Response:
    endings = sorted({ending for reader in READERS.values() for ending in reader.endings})
    forms = [(name, say(desk.language, reader.name)) for name, reader in READERS.items()]
    told: dict[str, Any] = {"endings": endings, "forms": forms, "most": imports.LARGEST // 1_000_000}
    return private(page(desk, "imports/new.html", status, group=group, form=form, **told))


def _refused(desk: Desk, group: Group, import_id: int, why: Refused) -> Response:
    """What stands now, with why not."""
    desk.session.expire_all()
    return _shown(desk, group, imports.find(desk.session, group, import_id), 409, why=why)


def _shown(
    desk: Desk, group: Group, brought: Import, status: int = 200, form: Posted[Any] | None = None, why: Refused | None = None
) -> Response:
    told: dict[str, Any] = {"group": group, "brought": brought, "why": why, "words": ImportWords(desk.language)}
    if brought.applied_at:
        obstacles = undoing.obstacles(desk.session, brought) if brought.undone_at is None else []
        return private(page(desk, "imports/applied.html", status, obstacles=obstacles, **told))
    samples, preview, unread = {}, None, None
    try:
        samples = imports.sampled(brought)
        preview = imports.preview(desk.session, brought, group)
    except Invalid as no:
        unread = no
    told |= {"form": form or Posted(desk.language, _typed(brought, samples)), "samples": samples, "preview": preview, "unread": unread}
    told |= {"kinds": [(kind.value, say(desk.language, NAMES[kind])) for kind in FIELDS], "fields": _fields(brought)}
    told["origins"] = [(origin, origin) for origin in imports.origins(desk.session, group)]
    return private(page(desk, "imports/show.html", status, longest=imports.LONGEST, **told))


def _fields(brought: Import) -> list[Any]:
    return list(FIELDS[Kind(brought.kind)]) if brought.kind else []


def _typed(brought: Import, samples: dict[str, list[str]]) -> dict[str, Any]:
    plain = {name: getattr(brought, name) for name in ("origin", "language", "kind")}
    columns = [brought.columns.get(heading, "") for heading in samples]
    return plain | {"public": "true" if brought.public else "", "version": str(brought.version), "columns": columns}


def _path(group: Group, import_id: int) -> str:
    return f"/groups/{group.slug}/imports/{import_id}"
