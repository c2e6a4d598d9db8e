"""Proposals: added, changed, and moved from stage to stage by the one writer of `stage`."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field, StringConstraints
from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Group, Move, Person, Proposal, Source
from models.dated import dates
from models.event import EventKind
from models.partial_date import UNDATED, PartialDate
from models.proposal import FIRST, Level, Stage, may_move, wants_reason
from relais import index, ledger, sources, texts
from relais.access import Reader, anybody, visible_proposals
from relais.db import take
from relais.errors import Invalid, Missing
from relais.form import Form, Label, Line, Note, Slug, When
from relais.proposals import themes
from relais.sources import CitationForm
from relais.texts import TextForm

RESERVED = frozenset({"new"})  # addresses beside those of proposals


class Facts(Form):
    """What is known of a proposal besides its words."""

    level: Level = Level.EU
    themes: list[str] = []
    origin: Annotated[str, StringConstraints(max_length=120)] = ""
    instrument_fr: Line = ""
    instrument_en: Line = ""
    procedure: Annotated[str, StringConstraints(max_length=40, pattern=r"^(\d{4}/\d{4}[A-Z]?\([A-Z]{3}\))?$")] = ""
    rank: Annotated[int, Field(gt=-1, lt=1_000_000)] = 0


class FactsForm(Facts):
    """The same of a new one: it is public from the first, or in preparation, until somebody makes it so (relais/proposals/publication)."""

    public: bool = True


class MoveFacts(Form):
    """What is told of a move besides where it leads."""

    on: When = UNDATED
    reason_fr: Note = ""
    reason_en: Note = ""
    label_fr: Label = ""
    label_en: Label = ""
    citations: list[CitationForm] = []


class MoveForm(MoveFacts):
    to: Stage
    into: Annotated[str, StringConstraints(max_length=80)] = ""


class ProposalForm(Form):
    slug: Slug
    original_language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "fr"
    facts: FactsForm = FactsForm()
    text: TextForm
    first: MoveForm = MoveForm(to=Stage.DRAFTED)


def find(session: Session, slug: str, reader: Reader) -> Proposal:
    """The proposal, or Missing when it is not there for this reader."""
    proposal = session.exec(_by_slug(reader.sight), params={"slug": slug}).first()
    if proposal is None:
        raise Missing
    return proposal


@lru_cache(maxsize=512)
def _by_slug(sight: frozenset[int]) -> SelectOfScalar[Proposal]:
    """Put into words once for all who see the same, since that takes longer than asking it."""
    return select(Proposal).where(col(Proposal.slug) == bindparam("slug"), visible_proposals(anybody(sight)))


def of_group(session: Session, slug: str, group: Group) -> Proposal:
    """One of the proposals a group follows. Raises Invalid for any other."""
    proposal = session.exec(select(Proposal).where(col(Proposal.slug) == slug, col(Proposal.group_id) == group.id)).first()
    if proposal is None:
        raise Invalid("Choose one from the list", field="proposal")
    return proposal


def add(session: Session, form: ProposalForm, *, group: Group, by: Person | None, now: datetime) -> Proposal:
    """Add a proposal with its first text and its first move. Raises Invalid, with a free address to try, when the slug is taken."""
    if form.slug in RESERVED or session.exec(select(Proposal.id).where(col(Proposal.slug) == form.slug)).first() is not None:
        raise Invalid("This address is taken. Try “%(free)s”", field="slug", free=_free_slug(session, form.slug))
    if form.first.to not in FIRST:
        raise Invalid("A proposal starts drafted or published", field="to")
    proposal = Proposal(
        slug=form.slug,
        original_language=form.original_language,
        group_id=group.id,
        stage=form.first.to,
        public=form.facts.public,
        created_at=now,
        **_columns(session, form.facts),
    )
    session.add(proposal)
    ledger.record(session, EventKind.PROPOSAL_ADDED, proposal, at=now, by=by, proposal=proposal, slug=proposal.slug)
    themes.put(session, proposal, form.facts.themes)
    texts.save(session, proposal, form.original_language, form.text, base=0, by=by, now=now)
    _write_move(session, proposal, None, form.first, by=by, now=now)
    return proposal


def change(session: Session, proposal: Proposal, form: Facts, *, version: int, by: Person, now: datetime) -> Proposal:
    """Change the facts of a proposal. Raises Stale when somebody did in between."""
    take(session, proposal, version)
    columns = _columns(session, form)
    changed = [name for name, value in columns.items() if value != getattr(proposal, name)]
    ledger.record(session, EventKind.PROPOSAL_CHANGED, proposal, at=now, by=by, proposal=proposal, changed=changed)
    proposal.sqlmodel_update(columns)
    themes.put(session, proposal, form.themes)
    return proposal


def move(session: Session, proposal: Proposal, form: MoveForm, *, version: int, by: Person | None, now: datetime) -> Move | None:
    """Move a proposal to another stage: the only writer of `stage`. The same stage is no change and gives None.

    Raises Invalid when the table does not allow the step, when a reason is wanted, or when it would take effect before the move
    it follows; Stale when somebody changed the proposal since `version`.
    """
    start = proposal.stage
    if form.to is start:
        return None
    _check(session, proposal, start, form)
    take(session, proposal, version)
    if form.to is Stage.MERGED:
        proposal.merged_into_id = _other(session, proposal, form.into).id
    elif start is Stage.MERGED:
        proposal.merged_into_id = None
    proposal.stage = form.to
    made = _write_move(session, proposal, start, form, by=by, now=now)
    index.follow(session, proposal)
    return made


def correct_move(session: Session, proposal: Proposal, old: Move, form: MoveFacts, *, by: Person | None, now: datetime) -> Move:
    """Correct the date, reason or sources of a move by a new row that supersedes it. The stages stay as they were.

    Raises Invalid when it was corrected already, when a reason is wanted, or when it would leave its place between its neighbours.
    """
    if session.exec(select(Move.id).where(col(Move.supersedes_id) == old.id)).first() is not None:
        raise Invalid("This was corrected already", field="on")
    _check_reason(old.from_stage, old.to_stage, form)
    chain = moves(session, proposal)
    place = next(index for index, row in enumerate(chain) if row.id == old.id)
    _check_order(chain[:place], form.on, chain[place + 1 :])
    new = _row(proposal, old.from_stage, old.to_stage, form, by, now)
    new.supersedes_id = old.id
    session.add(new)
    if not any(citation.given for citation in form.citations):
        sources.repeat(session, old, new)
    sources.cite_all(session, new, form.citations, proposal=proposal, by=by, now=now)
    ledger.record(session, EventKind.MOVE_CORRECTED, new, at=now, by=by, proposal=proposal, supersedes=old.id)
    return new


def moves(session: Session, proposal: Proposal) -> Sequence[Move]:
    """The moves that stand, in the order they were made: a corrected one is in the place of the one it supersedes."""
    rows = session.exec(select(Move).where(col(Move.proposal_id) == proposal.id).order_by(col(Move.id))).all()
    return standing(rows)


def standing(rows: Sequence[Move]) -> list[Move]:
    """The last correction of each move, at the place of the first. Stages replay along it."""
    places: dict[int, int] = {}
    chain: list[Move] = []
    for row in rows:
        if row.supersedes_id is None:
            places[row.id] = len(chain)
            chain.append(row)
        else:
            places[row.id] = places[row.supersedes_id]
            chain[places[row.id]] = row
    return chain


def _check(session: Session, proposal: Proposal, start: Stage, form: MoveForm) -> None:
    if not may_move(start, form.to):
        raise Invalid("A proposal cannot go from this stage to that one", field="to")
    _check_reason(start, form.to, form)
    if form.to is Stage.MERGED and not form.into:
        raise Invalid("Say which proposal it is merged into", field="into")
    _check_order(moves(session, proposal), form.on)


def _check_reason(start: Stage | None, end: Stage, form: MoveFacts) -> None:
    if wants_reason(start, end) and not (form.reason_fr or form.reason_en):
        raise Invalid("Say why: a step back, an end or a reopening wants a reason", field="reason")


def _check_order(earlier: Sequence[Move], on: PartialDate, later: Sequence[Move] = ()) -> None:
    """A move takes effect after the dated one before it, and not after the dated one that follows; days that may agree do."""
    if on.on is None:
        return
    before = next((row.when() for row in reversed(earlier) if row.effective_on), UNDATED)
    after = next((row.when() for row in later if row.effective_on), UNDATED)
    if before.on and (on.last() or on.on) < before.on:
        raise Invalid("This is before the last change of stage, %(day)s", field="on", day=str(before))
    if after.on and on.on > (after.last() or after.on):
        raise Invalid("This is after the next change of stage, %(day)s", field="on", day=str(after))


def _write_move(session: Session, proposal: Proposal, start: Stage | None, form: MoveForm, *, by: Person | None, now: datetime) -> Move:
    row = _row(proposal, start, form.to, form, by, now)
    session.add(row)
    session.flush()
    sources.cite_all(session, row, form.citations, proposal=proposal, by=by, now=now)
    details: dict[str, Any] = {"from": start.value if start else None, "to": form.to.value, "on": str(form.on)}
    ledger.record(session, EventKind.STAGE_MOVED, row, at=now, by=by, proposal=proposal, **details)
    return row


def _row(proposal: Proposal, start: Stage | None, end: Stage, form: MoveFacts, by: Person | None, now: datetime) -> Move:
    words = form.model_dump(include={"reason_fr", "reason_en", "label_fr", "label_en"})
    who = by.id if by else None
    return Move(proposal_id=proposal.id, from_stage=start, to_stage=end, recorded_at=now, recorder_id=who, **words, **dates(form.on))


def _columns(session: Session, form: Facts) -> dict[str, Any]:
    origin = session.exec(select(Source.id).where(col(Source.slug) == form.origin)).first() if form.origin else None
    if form.origin and origin is None:
        raise Invalid("Choose a source from the list", field="origin")
    return form.model_dump(include=set(Facts.model_fields) - {"themes", "origin"}) | {"origin_id": origin}


def _other(session: Session, proposal: Proposal, slug: str) -> Proposal:
    other = session.exec(select(Proposal).where(col(Proposal.slug) == slug, col(Proposal.id) != proposal.id)).first()
    if other is None or other.stage is Stage.MERGED or (proposal.public and not other.public):
        raise Invalid("There is no such proposal to merge into", field="into")
    return other


def _free_slug(session: Session, slug: str) -> str:
    taken = set(session.exec(select(Proposal.slug).where(col(Proposal.slug).startswith(slug))).all())
    return next(free for free in (f"{slug}-{n}" for n in range(2, len(taken) + 3)) if free not in taken)
