"""A file imported from the command line: what it would do is told first, and a terminal sees how far it is."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn
from sqlmodel import Session

from models import Group, Import, Person
from models.imports import Kind
from relais import groups, imports, people
from relais.commands import database
from relais.commands.refusal import CannotRun
from relais.db import reading, writing
from relais.errors import Missing
from relais.imports.fields import FIELDS, guessed
from relais.imports.judging import Verdict
from relais.imports.previews import Preview
from relais.imports.readers import READERS
from relais.imports.tables import head
from relais.settings import now

LARGEST = 200_000_000
LONGEST = 3600
TOLD = {Verdict.NEW: "new", Verdict.KNOWN: "known already", Verdict.DIFFERS: "known, and left as they are", Verdict.REFUSED: "refused"}


@dataclass(frozen=True)
class Asked:
    """What was typed beside the file."""

    group: str
    by: str
    form: str = ""
    kind: Kind | None = None
    origin: str = ""
    language: str = "fr"
    public: bool = False


def run(file: Path, asked: Asked, *, dry: bool, leave_out: bool) -> str:
    """Import a file, or with `dry` tell what that would do. Refused rows are told on standard error."""
    engine = database.ready()
    content = file.read_bytes()
    with reading(engine) as session:
        brought = _opened(session, file.name, content, asked)
        would = imports.preview(session, brought, _group(session, asked.group))
    for one in would.refused:
        place = f"{one.where}, {one.column}" if one.column else one.where
        typer.echo(f"{place}: {one.message % dict(one.values) if one.values else one.message}", err=True)
    if dry:
        return f"Would import: {_told(would)}"
    if would.verdicts[Verdict.REFUSED] and not leave_out:
        raise CannotRun(f"Nothing was imported: {_told(would)}. Mend the file, or leave those rows out with --leave-out")
    with writing(engine) as session, _progress(would) as shown:
        task = shown.add_task("rows", total=would.verdicts.total())
        group, by = _group(session, asked.group), _person(session, asked.by)
        kept = imports.bring(session, _opened(session, file.name, content, asked))
        how: dict[str, Any] = {"leave_out": leave_out, "version": kept.version, "by": by, "now": now(), "longest": LONGEST}
        done = imports.apply(session, kept, group, seen=lambda: shown.advance(task), **how)
    return f"Imported: {_told(done)}"


def _opened(session: Session, name: str, content: bytes, asked: Asked) -> Import:
    """The file, read as was typed. For a table its columns are guessed for what its lines are said to be."""
    if not re.fullmatch(r"[a-z]{2}", asked.language):
        raise CannotRun("Say the language by its two letters: --language es")
    if asked.form and asked.form not in READERS:
        raise CannotRun(f"There is no form “{asked.form}”. There are: {', '.join(READERS)}")
    group, by = _group(session, asked.group), _person(session, asked.by)
    facts: dict[str, Any] = {"form": asked.form, "largest": LARGEST, "language": asked.language, "by": by, "now": now()}
    brought = imports.opened(group, name, content, **facts)
    brought.public = asked.public
    brought.origin = asked.origin[:120] or brought.origin
    if asked.kind and (table := READERS[brought.form].table):
        if asked.kind not in FIELDS:
            raise CannotRun(f"No table is read as {asked.kind}. Those are: {', '.join(FIELDS)}")
        brought.kind, brought.columns = asked.kind.value, guessed(asked.kind, list(head(table(content))))
    return brought


def _group(session: Session, slug: str) -> Group:
    by_slug = {group.slug: group for group in groups.every(session)}
    if slug not in by_slug:
        raise CannotRun(f"There is no group “{slug}”. There are: {', '.join(by_slug) or 'none yet, run seed'}")
    return by_slug[slug]


def _person(session: Session, email: str) -> Person:
    try:
        return people.find(session, email)
    except Missing:
        raise CannotRun("Nobody has this address. Invite them first: python -m relais invite") from None


def _progress(would: Preview) -> Progress:
    columns = SpinnerColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=not (sys.stderr.isatty() and would.verdicts))


def _told(preview: Preview) -> str:
    def parts() -> Iterator[str]:
        for verdict, words in TOLD.items():
            of = ", ".join(f"{many} {kind.value}" for kind, many in preview.new.items()) if verdict is Verdict.NEW else ""
            yield f"{preview.verdicts[verdict]} {words}" + (f" ({of})" if of else "")

    return ", ".join(parts())
