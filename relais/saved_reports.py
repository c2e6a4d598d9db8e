"""Saved reports: selections with a name, a member's own or of their group; opened, they are the address they were saved from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import StringConstraints
from sqlalchemy import ColumnElement, Row, or_
from sqlmodel import Session, col, select

from models import Group, Person, Report
from models.event import EventKind
from relais import ledger
from relais.access import Reader
from relais.db import columns, take
from relais.errors import Invalid, Missing
from relais.form import Form
from relais.i18n import N_

Name = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class NameForm(Form):
    """`public` counts for a report of a group alone."""

    name: Name
    public: bool = False


class ReportForm(NameForm):
    """`group` is the slug of the group it is for; empty, it is the member's own."""

    group: str = ""


class ReplacementForm(Form):
    """`report` is the number of a saved report and its version as it was seen: `12-3`."""

    report: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}-[0-9]{1,9}$")]


def of(session: Session, reader: Reader) -> Sequence[Row[Any]]:
    """Those the reader may open, by name; each with its group's slug and names, and whether the reader may change it as `mine`."""
    query = columns(
        Report.id, Report.name, Report.language, Report.query, Report.public, Report.person_id, Report.group_id, Report.version,
        Group.slug, col(Group.name_fr).label("group_fr"), col(Group.name_en).label("group_en"),
    )  # fmt: skip
    seen = query.outerjoin(Group, col(Group.id) == col(Report.group_id)).where(_visible(reader), col(Report.removed_at).is_(None))
    return session.execute(seen.order_by(col(Report.name), col(Report.id))).all()


def may_change(reader: Reader, report: Any) -> bool:
    """Whose own it is; of a group whoever may comment there."""
    mine = reader.person is not None and report.person_id == reader.person.id
    return mine or reader.contributes(report.group_id)


def find(session: Session, reader: Reader, report_id: int, *, removed: bool = False) -> Report:
    """One that stands, or one that was removed. Raises Missing for what the reader may not see."""
    gone = col(Report.removed_at).is_not(None) if removed else col(Report.removed_at).is_(None)
    report = session.exec(select(Report).where(col(Report.id) == report_id, _visible(reader), gone)).first()
    if report is None:
        raise Missing
    return report


def group_of(session: Session, report: Report) -> str | None:
    """The slug of the group it is of."""
    return session.get_one(Group, report.group_id).slug if report.group_id else None


def changeable(session: Session, reader: Reader, report_id: int, *, removed: bool = False) -> Report:
    """The same for who may change it: for others it is not here."""
    report = find(session, reader, report_id, removed=removed)
    if not may_change(reader, report):
        raise Missing
    return report


def save(session: Session, query: str, form: ReportForm, reader: Reader, *, language: str, by: Person, now: datetime) -> Report:
    """Keep a selection. Raises Invalid beside its field for a group the member adds nothing to, and for a public report of one's own."""
    group = session.exec(select(Group).where(col(Group.slug) == form.group)).first() if form.group else None
    if form.group and (group is None or not reader.contributes(group.id)):
        raise Invalid("Choose one from the list", field="group")
    _only_a_groups(form, group is not None)
    owner: dict[str, Any] = {"group_id": group.id} if group else {"person_id": by.id}
    report = Report(name=form.name, language=language, query=query, public=form.public, saved_at=now, **owner)
    session.add(report)
    session.flush()  # its number is part of what is told
    _record(session, EventKind.REPORT_SAVED, report, by, now)
    return report


def change(session: Session, report: Report, form: NameForm, *, version: int, by: Person, now: datetime, query: str | None = None) -> None:
    """Name it anew, show it to more or fewer, or give it another selection: snapshots frozen from the one before stay as they are.

    Raises Invalid, and Stale when it was changed in between.
    """
    _only_a_groups(form, report.group_id is not None)
    take(session, report, version)
    was = report.public
    report.name, report.public = form.name, form.public
    report.query = report.query if query is None else query
    _record(session, EventKind.REPORT_CHANGED, report, by, now, public=was or form.public)


def replace(session: Session, query: str, form: ReplacementForm, reader: Reader, *, by: Person, now: datetime) -> None:
    """Give a saved report another selection and leave it its name. Raises Missing for one the reader may not change, and Stale."""
    key, _, version = form.report.partition("-")
    report = changeable(session, reader, int(key))
    same = NameForm(name=report.name, public=report.public)
    change(session, report, same, version=int(version), by=by, now=now, query=query)


def remove(session: Session, report: Report, *, version: int, by: Person, now: datetime) -> None:
    """Take it off every list; it can be put back. Raises Stale when it was changed in between."""
    take(session, report, version)
    report.removed_at = now
    _record(session, EventKind.REPORT_REMOVED, report, by, now)


def restore(session: Session, report: Report, *, version: int, by: Person, now: datetime) -> None:
    """Put it back as it was. Raises Stale when it was changed in between."""
    take(session, report, version)
    report.removed_at = None
    _record(session, EventKind.REPORT_RESTORED, report, by, now)


def _only_a_groups(form: NameForm, of_a_group: bool) -> None:
    if form.public and not of_a_group:
        raise Invalid(N_("Only a report of a group can be public"), field="public")


def _visible(reader: Reader) -> ColumnElement[bool]:
    """A condition on Report: public, the reader's own, or of one of their groups."""
    person = reader.person.id if reader.person else 0
    return or_(col(Report.public), col(Report.person_id) == person, col(Report.group_id).in_(list(reader.roles)))


def _record(session: Session, kind: EventKind, report: Report, by: Person, now: datetime, *, public: bool | None = None) -> None:
    told: dict[str, Any] = {"name": report.name, "language": report.language}
    if report.group_id is not None:
        told["report"] = report.id
    known = report.public if public is None else public
    ledger.record(session, kind, report, at=now, by=by, group_id=report.group_id, public=known, **told)
