"""Imports: a file is brought, looked at, and applied whole or not at all; what it made can be taken back (docs/decisions/0035).

What a file holds is found out anew each time it is looked at: nothing of it is in the record before it is applied. Applied, it is gone, and
what is remembered is which of its rows is which record, so that the same row brought again changes nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count, islice
from pathlib import PurePath
from typing import Annotated, Any

from pydantic import StringConstraints
from sqlalchemy import Row, Select, delete
from sqlmodel import Session, col, select

from models import Group, Import, Imported, Person
from models.event import EventKind
from models.imports import Kind
from relais import ledger
from relais.db import columns, take
from relais.errors import Invalid, Missing, Refused
from relais.form import Form
from relais.i18n import N_
from relais.imports.fields import FIELDS, guessed, likely
from relais.imports.judging import Verdict, judged
from relais.imports.known import known
from relais.imports.making import Maker
from relais.imports.previews import Preview
from relais.imports.readers import READERS
from relais.imports.rows import How
from relais.imports.tables import head

LARGEST = 10_000_000  # bytes of a file that comes through a page
LONGEST = 60  # seconds an import may take that comes through a page: while it is written nobody else can save
MOST_ROWS = 50_000  # looking at them takes some seconds, and their ids are held meanwhile
KEPT = timedelta(days=1)


class Way(Form):
    """How a file is read. `origin` says where its ids are from; `kind` is what the lines of a table are, and empty for what is none."""

    origin: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    language: Annotated[str, StringConstraints(pattern=r"^(fr|en)$")] = "fr"
    kind: Annotated[str, StringConstraints(max_length=20)] = ""
    public: bool = False


class HowForm(Way):
    """With the columns of a table that are read: by heading the field each is (relais.imports.fields); None to have them guessed."""

    columns: dict[str, str] | None = None


class ApplyForm(Form):
    """Whether rows that are refused are left out: without that a file with such rows is not applied."""

    leave_out: bool = False


def opened(
    group: Group, name: str, content: bytes, *, language: str, by: Person, now: datetime, form: str = "", largest: int = LARGEST
) -> Import:
    """A file with a guess how it is read. Raises Invalid beside `file` for one that cannot be read at all."""
    if not content:
        raise Invalid(N_("This file is empty"), field="file")
    if len(content) > largest:
        raise Invalid(N_("A file may have at most %(most)s MB"), field="file", most=largest // 1_000_000)
    chosen = form if form in READERS else recognised(name)
    plain = PurePath(name.replace("\\", "/")).name[:200] or "file"
    found = Import(
        group_id=group.id, person_id=by.id, form=chosen, name=plain, content=content, digest=sha256(content).hexdigest(),
        size=len(content), origin=PurePath(plain).stem[:120] or plain, language=language, uploaded_at=now,
    )  # fmt: skip
    if table := READERS[chosen].table:
        headings = list(head(table(content)))
        _few(sum(1 for _ in islice(table(content), MOST_ROWS + 2)) - 1)
        kind = likely(headings)
        found.sqlmodel_update({"kind": kind.value, "columns": guessed(kind, headings)})
    return found


def bring(session: Session, brought: Import) -> Import:
    """Keep a file until it is applied, thrown away or forgotten."""
    session.add(brought)
    session.flush()
    return brought


def recognised(name: str) -> str:
    """The form of a file by the ending of its name. Raises Invalid for one that no reader knows."""
    ending = PurePath(name).suffix.lower()
    found = next((form for form, reader in READERS.items() if ending in reader.endings), None)
    if found is None:
        known = ", ".join(sorted({ending for reader in READERS.values() for ending in reader.endings}))
        raise Invalid(N_("This kind of file is not read here. Those are: %(known)s"), field="file", known=known)
    return found


def describe(session: Session, brought: Import, form: HowForm, *, version: int) -> None:
    """Say how the file is read.

    Raises Stale when somebody did in between, Invalid beside `kind` for lines of no kind and beside `columns` for a heading that is not
    there, a field such lines have not, or one that two columns are.
    """
    _waiting(brought)
    said: dict[str, Any] = {"origin": form.origin, "language": form.language, "public": form.public}
    if READERS[brought.form].table:
        said |= {"kind": form.kind, "columns": _columns(brought, form)}
    elif form.kind or form.columns:
        raise Invalid(N_("This file is no table: what its rows are is told by its form"), field="kind" if form.kind else "columns")
    take(session, brought, version)
    brought.sqlmodel_update(said)


def sampled(brought: Import) -> dict[str, list[str]]:
    """The columns of a table by their headings, with their first values; nothing for what is no table."""
    table = READERS[brought.form].table
    return head(table(brought.content or b"")) if table else {}


def _columns(brought: Import, form: HowForm) -> dict[str, str]:
    kind = next((kind for kind in FIELDS if kind.value == form.kind), None)
    if kind is None:
        raise Invalid(N_("Say what the lines of this table are"), field="kind")
    headings = list(sampled(brought))
    if form.columns is None:
        return guessed(kind, headings)
    for heading, name in form.columns.items():
        if heading not in headings:
            raise Invalid(N_("There is no column “%(heading)s” in this file"), field="columns", heading=heading)
        if name and name not in {field.name for field in FIELDS[kind]}:
            raise Invalid(N_("“%(name)s” is no field of such lines"), field="columns", name=name)
    chosen = {heading: form.columns[heading] for heading in headings if form.columns.get(heading)}
    for heading, name in chosen.items():
        if other := next((one for one, same in chosen.items() if same == name and one != heading), None):
            raise Invalid(N_("“%(one)s” and “%(other)s” cannot both be the same field"), field="columns", one=heading, other=other)
    return chosen


def every(session: Session, group: Group) -> Sequence[Row[Any]]:
    """The imports of a group, the newest first, each with who brought it; without their bytes."""
    return session.execute(_listed(group).order_by(col(Import.id).desc())).all()


def following(session: Session, group: Group, after: int, most: int) -> Sequence[Row[Any]]:
    """The same in the order they were brought: those after the one of that number."""
    return session.execute(_listed(group).where(col(Import.id) > after).order_by(col(Import.id)).limit(most)).all()


def _listed(group: Group) -> Select[Any]:
    query = columns(
        Import.id, Import.name, Import.form, Import.origin, Import.kind, Import.counts, Import.uploaded_at, Import.applied_at,
        Import.undone_at, Import.size, Import.version, Import.language, Import.public, Import.columns, Import.digest,
        Import.person_id, col(Person.name).label("who"),
    ).join(Person, col(Person.id) == col(Import.person_id))  # fmt: skip
    return query.where(col(Import.group_id) == group.id)


def origins(session: Session, group: Group) -> Sequence[str]:
    """Where the ids of what the group imported are from."""
    return session.exec(select(Imported.origin).where(col(Imported.group_id) == group.id).distinct().order_by(Imported.origin)).all()


def find(session: Session, group: Group, import_id: int) -> Import:
    brought = session.exec(select(Import).where(col(Import.id) == import_id, col(Import.group_id) == group.id)).first()
    if brought is None:
        raise Missing
    return brought


def preview(session: Session, brought: Import, group: Group) -> Preview:
    """What applying it now would do. Raises Invalid for a file that is none of its kind, or has more rows than may come this way."""
    there = known(session, group, brought.origin)
    ids = count(1)
    told = Preview()
    for one in judged(_rows(brought), there, lambda _row, _form: -next(ids)):
        told.take(one)
    return told


def apply(
    session: Session,
    brought: Import,
    group: Group,
    *,
    leave_out: bool,
    version: int,
    by: Person,
    now: datetime,
    longest: int = LONGEST,
    seen: Callable[[], None] = lambda: None,
) -> Preview:
    """Make all that is new of a file, or nothing: whatever is raised ends the unit of work. `seen` is called for each row.

    Raises Refused when rows are refused that are not to be left out, or it would take longer than `longest` seconds; Failed for one that is
    refused only while it is written; Stale when how the file is read was changed in between; Invalid where `preview` does.
    """
    _waiting(brought)
    take(session, brought, version)
    would = preview(session, brought, group)
    if would.verdicts[Verdict.REFUSED] and not leave_out:
        raise Refused(N_("Some rows are refused. Mend the file, or say that they are to be left out"))
    if would.seconds > longest:
        raise Refused(N_("This would keep everybody else from saving for too long: bring the file in parts"))
    there = known(session, group, brought.origin)
    done = Preview()
    for one in judged(_rows(brought), there, Maker(session, brought, group, there, by, now)):
        done.take(one)
        seen()
    told: dict[str, Any] = {"import": brought.id, "name": brought.name, **done.counts}
    last = ledger.record(session, EventKind.IMPORT_APPLIED, brought, at=now, by=by, group_id=group.id, public=False, **told)
    kept = done.counts | {"why": [vars(one) for one in done.refused]}
    brought.sqlmodel_update({"content": None, "applied_at": now, "counts": kept, "last_event": last})
    return done


def discard(session: Session, brought: Import, *, version: int) -> None:
    """Throw a file away that was not applied."""
    _waiting(brought)
    take(session, brought, version)
    session.delete(brought)


def purge(session: Session, now: datetime) -> None:
    """Forget files nobody applied."""
    session.connection().execute(delete(Import).where(col(Import.applied_at).is_(None), col(Import.uploaded_at) < now - KEPT))


def _rows(brought: Import) -> Iterator[Any]:
    how = How(brought.language, Kind(brought.kind) if brought.kind else None, brought.columns)
    for number, row in enumerate(READERS[brought.form].read(brought.content or b"", how), 1):
        _few(number)
        yield row


def _few(rows: int) -> None:
    if rows > MOST_ROWS:
        raise Invalid(N_("A file may have at most %(most)s rows"), field="file", most=MOST_ROWS)


def _waiting(brought: Import) -> None:
    if brought.applied_at:
        raise Refused(N_("This file was imported already"))
