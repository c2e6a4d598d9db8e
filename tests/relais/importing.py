"""Files brought and applied, each in one line."""

from typing import Any

from models import Group, Import, Person
from relais import imports
from relais.db import reading, writing
from relais.imports import HowForm
from relais.imports.previews import Preview
from tests.days import NOW


def brought(group: Group, by: Person, content: bytes | str, name: str = "file.csv", **how: Any) -> int:
    """The id of an import that was not applied; `how` corrects what was guessed."""
    with writing() as session:
        file = content.encode() if isinstance(content, str) else content
        one = imports.bring(session, imports.opened(group, name, file, language="fr", by=by, now=NOW))
        if how:
            guessed = {field: getattr(one, field) for field in HowForm.model_fields}
            if how.get("kind", one.kind) != one.kind:
                guessed["columns"] = None
            imports.describe(session, one, HowForm(**{**guessed, **how}), version=one.version)
        return one.id


def previewed(group: Group, import_id: int) -> Preview:
    with reading() as session:
        return imports.preview(session, imports.find(session, group, import_id), group)


def applied(group: Group, by: Person, import_id: int, *, leave_out: bool = False) -> Preview:
    with writing() as session:
        one = imports.find(session, group, import_id)
        return imports.apply(session, one, group, leave_out=leave_out, version=one.version, by=by, now=NOW)


def found(import_id: int) -> Import:
    with reading() as session:
        return session.get_one(Import, import_id)
