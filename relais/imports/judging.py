"""What becomes of each row of a file: made, known already, or refused. A preview and an import are judged by the same words."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from models.imports import Kind
from models.proposal import LADDER, Stage, may_move, wants_reason
from relais.errors import Refused
from relais.form import Form, wrong
from relais.i18n import N_
from relais.imports.forms import FORMS, ActorRow, CommentRow, EntryRow, PositionRow, ProposalRow, SourceRow
from relais.imports.known import Known
from relais.imports.rows import Refusal, Row
from relais.proposals import MoveForm

LONGEST_ID = 200


class Verdict(StrEnum):
    NEW = "new"
    KNOWN = "known"  # it is there, and the file says of it what it said then
    DIFFERS = "differs"  # it is there, and the file says something else now: it is left as it is
    REFUSED = "refused"


@dataclass(frozen=True)
class Judged:
    """One row and its verdict: the form of one that is made, the record of one that is known, or why it is refused, value by value."""

    verdict: Verdict
    where: str
    row: Row | None = None
    form: Any = None
    record_id: int | None = None
    why: tuple[Refusal, ...] = ()


Make = Callable[[Row, Any], int]


def judged(rows: Iterable[Row | Refusal], known: Known, make: Make) -> Iterator[Judged]:
    """Each row in turn. `make` is given what is new and gives the id it has from then on, so that later rows may point to it."""
    seen: dict[tuple[Kind, str], str] = {}
    for row in rows:
        if isinstance(row, Refusal):
            yield Judged(Verdict.REFUSED, row.where, why=(row,))
            continue
        if (before := seen.setdefault((row.kind, row.external_id), row.where)) != row.where:
            yield _refused(row, Refusal(row.where, N_("This is there twice: it is the same as %(where)s"), values={"where": before}))
            continue
        yield _judged(row, known, make)


def printed(row: Row) -> str:
    """A short print of what a row says, by which it is told whether it says something else another time."""
    return sha256(json.dumps(row.values, sort_keys=True, default=str).encode(errors="replace")).hexdigest()[:16]


def _judged(row: Row, known: Known, make: Make) -> Judged:
    if (before := known.remembered.get((row.kind, row.external_id))) is not None:
        verdict = Verdict.KNOWN if before[1] == printed(row) else Verdict.DIFFERS
        return Judged(verdict, row.where, row, record_id=before[0])
    if not 0 < len(row.external_id) <= LONGEST_ID:
        return _refused(row, Refusal(row.where, N_("Its identifier is missing or too long"), "id"))
    try:
        form: Form = FORMS[row.kind].model_validate(dict(row.values))
    except ValidationError as wrong:
        return _refused(row, *(_why(row, error) for error in wrong.errors(include_url=False)))
    if isinstance(form, EntryRow):
        form.proposals = known.following(form.proposals)
    if (there := _there(row.kind, form, known)) is not None:
        known.keep(row.kind, row.external_id, there)
        return Judged(Verdict.KNOWN, row.where, row, record_id=there)
    try:
        if why := tuple(_dangling(row, form, known)):
            return _refused(row, *why)
    except Refused as no:
        return _refused(row, Refusal(row.where, no.message, no.field, no.values))
    record_id = make(row, form)
    known.keep(row.kind, row.external_id, record_id)
    if isinstance(form, CommentRow):
        known.discussed[record_id] = known.find(Kind.PROPOSAL, form.proposal) or 0
    return Judged(Verdict.NEW, row.where, row, form, record_id)


def _there(kind: Kind, form: Any, known: Known) -> int | None:
    """What the record has under the very name the row gives."""
    match form:
        case ProposalRow() | ActorRow() if form.slug:
            return known.find(kind, form.slug)
        case ActorRow() if form.code:
            return known.find(kind, form.code)
        case SourceRow():
            return next((found for name in (form.slug, form.url) if name and (found := known.find(kind, name)) is not None), None)
        case EntryRow() if form.key:
            return known.named[kind].get(form.key)
    return None


def _dangling(row: Row, form: Any, known: Known) -> Iterator[Refusal]:
    """What points nowhere, and what no stage or discussion allows."""
    for name, kind, column in _pointers(form):
        if known.find(kind, name) is None:
            yield Refusal(
                row.where, N_("There is no “%(name)s”, neither in this file nor in the record of the group"), column, {"name": name}
            )
    if isinstance(form, ProposalRow):
        for theme in form.themes:
            if known.theme(theme) is None:
                yield Refusal(row.where, N_("There is no theme “%(theme)s”"), "themes", {"theme": theme})
        chain(form)
    if isinstance(form, CommentRow) and not _in_one_discussion(form, known):
        yield Refusal(row.where, N_("The comment you answer is not here"), "parent")
    if isinstance(form, CommentRow) and known.find(Kind.PROPOSAL, form.proposal) in known.ended:
        yield Refusal(row.where, N_("This proposal has ended: its discussion is closed"), "proposal")


def _in_one_discussion(form: CommentRow, known: Known) -> bool:
    parent = known.find(Kind.COMMENT, form.parent) if form.parent else None
    return parent is None or known.discussed.get(parent) == known.find(Kind.PROPOSAL, form.proposal)


def _pointers(form: Any) -> Iterator[tuple[str, Kind, str]]:
    match form:
        case ActorRow() if form.part_of:
            yield form.part_of, Kind.ACTOR, "part_of"
        case PositionRow():
            yield form.proposal, Kind.PROPOSAL, "proposal"
            yield form.actor, Kind.ACTOR, "actor"
        case EntryRow():
            yield from ((name, Kind.PROPOSAL, "proposals") for name in form.proposals)
            yield from ((name, Kind.PROPOSAL, "leads") for name in form.leads)
            if form.actor:
                yield form.actor, Kind.ACTOR, "actor"
        case CommentRow():
            yield form.proposal, Kind.PROPOSAL, "proposal"
            if form.parent:
                yield form.parent, Kind.COMMENT, "parent"
        case ProposalRow() if form.origin:
            yield form.origin, Kind.SOURCE, "origin"
    cited = [*getattr(form, "citations", ()), *(one for move in getattr(form, "moves", ()) for one in move.citations)]
    yield from ((one.source, Kind.SOURCE, "source") for one in cited if one.source)


def chain(form: ProposalRow) -> list[MoveForm]:
    """The moves of a proposal from its first. One that stands further than published began as a draft, at a time nobody wrote down.

    Raises Refused for a step the table of stages does not allow.
    """
    stands = MoveForm(to=form.stage, on=form.on, reason_fr=form.reason_fr, reason_en=form.reason_en, citations=form.citations)
    first = [stands] if form.stage in LADDER[:2] else [MoveForm(to=Stage.DRAFTED), stands]
    steps = [*first, *form.moves]
    start: Stage | None = None
    for step in steps:
        if step.to is Stage.MERGED or not may_move(start, step.to):
            raise Refused(N_("A proposal cannot go from this stage to that one"), field="stage")
        if wants_reason(start, step.to) and not (step.reason_fr or step.reason_en):
            raise Refused(N_("Say why: a step back, an end or a reopening wants a reason"), field="reason")
        start = step.to
    return steps


def _why(row: Row, error: Any) -> Refusal:
    place = error["loc"]
    beside = getattr(error.get("ctx", {}).get("error"), "field", "")
    column = str(place[0]) if place else beside
    message, values = wrong(error)
    return Refusal(row.where, message, column.removesuffix("_fr").removesuffix("_en"), values)


def _refused(row: Row, *why: Refusal) -> Judged:
    return Judged(Verdict.REFUSED, row.where, row, why=why)
