"""Moves and positions of a document, all in the order they were recorded, corrections as corrections."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlmodel import Session

from models import Move, Position, Proposal
from models import Settlement as SettlementRow
from models.claim import Claim
from relais import positions, proposals, texts
from relais.errors import Invalid
from relais.export import proposal_shapes as shapes
from relais.export.claims import Settlement
from relais.i18n import N_
from relais.imports.record.proposals import New, form_of
from relais.imports.record.putting import Putting, at, cited, day, pair
from relais.positions import PositionForm
from relais.proposals import MoveForm
from relais.sources import settlements
from relais.sources.settlements import SettlementForm


def put_moves(it: Putting, new: list[New]) -> None:
    made = {one.told.moves[0].id: one.first for one in new}
    for one, move in _ordered(new, "moves"):
        with at(f"proposals/{one.told.slug}/moves/{move.id}"):
            form = form_of(move, one.told.merged_into)
            old = _corrected(one.told.moves, move.id, made)
            if move.id not in made:
                with it.told(Move, recorded_at=it.instant(move.recorded_at), from_stage=move.from_):
                    made[move.id] = _made(it, one.row, old, form)
            held(it, made[move.id], move.settlements, one.row)
    it.added["moves"] = len(made)


def put_positions(it: Putting, new: list[New]) -> None:
    made: dict[int, Position] = {}
    for one, told in _ordered(new, "positions"):
        with at(f"proposals/{one.told.slug}/positions/{told.id}"):
            said = pair("note", told.note)
            form = PositionForm(actor=told.actor, stance=told.stance, on=day(told.when), citations=cited(told.citations), **said)
            old = _corrected(one.told.positions, told.id, made)
            with it.told(Position, recorded_at=it.instant(told.recorded_at), revision_id=_pinned(it, one, told)):
                if old is None:
                    row = positions.record(it.session, one.row, form, **it.act)
                else:
                    row = positions.correct(it.session, one.row, old, form, **it.act)
            made[told.id] = row
            held(it, row, told.settlements, one.row)
    it.added["positions"] = len(made)


def held(it: Putting, row: Claim, told: Iterable[Settlement], proposal: Proposal | None) -> None:
    """What was held of a contested claim, one settlement after the other."""
    for one in told:
        last = settlements.last_of(it.session, row)
        form = SettlementForm(settled=one.settled, **pair("reason", one.reason))
        with it.told(SettlementRow, recorded_at=it.instant(one.recorded_at)):
            settlements.settle(it.session, row, form, seen=last.id if last else 0, proposal=proposal, public=True, **it.act)


def _made(it: Putting, proposal: Proposal, old: Move | None, form: MoveForm) -> Move:
    if old is not None:
        return proposals.correct_move(it.session, proposal, old, form, **it.act)
    row = proposals.move(it.session, proposal, form, version=proposal.version, **it.act)
    if row is None:
        raise Invalid(N_("A proposal cannot go from this stage to that one"))
    return row


def _ordered(new: list[New], part: str) -> Iterator[tuple[New, Any]]:
    """Those of all proposals, in the order they were recorded."""
    every = [(one, claim) for one in new for claim in getattr(one.told, part)]
    return iter(sorted(every, key=lambda pair: pair[1].id))


def _corrected(claims: Iterable[Any], claim_id: int, made: dict[int, Any]) -> Any:
    """The row that this claim corrects, if any."""
    return next((made.get(one.id) for one in claims if one.superseded_by == claim_id), None)


def _pinned(it: Putting, one: New, told: shapes.Position) -> int | None:
    """The revision it was given on, where that is the one the document has the words of."""
    if told.revision is None:
        return None
    text = one.told.texts.get(told.revision.language)
    if text is None or text.revision != told.revision.number:
        it.left["earlier versions positions were given on"] += 1
        return None
    return _revision(it.session, one.row, told.revision.language)


def _revision(session: Session, proposal: Proposal, language: str) -> int | None:
    text = texts.of(session, proposal, language)
    found = texts.revision(session, text, text.number) if text else None
    return found.id if found else None
