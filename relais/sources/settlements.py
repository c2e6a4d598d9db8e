"""Settlements: what editors hold of a contested claim, and why. Append-only: the last of a claim holds; both sides stay on show."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from pydantic import model_validator
from sqlalchemy import ColumnElement, Row, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import Citation, Person, Proposal, Settlement
from models.claim import CLAIM_COLUMN, Claim
from models.event import EventKind
from relais import ledger
from relais.db import columns
from relais.errors import Refused, Stale
from relais.form import Beside, Form, Note
from relais.i18n import N_, say

AGAINST = N_("Another source was put against it.")


class SettlementForm(Form):
    """`settled` false opens the claim again."""

    settled: bool = True
    reason_fr: Note = ""
    reason_en: Note = ""

    @model_validator(mode="after")
    def _with_a_reason(self) -> "SettlementForm":
        if not (self.reason_fr or self.reason_en):
            raise Beside("reason", N_("Say why, in French or in English"))
        return self


def settle(
    session: Session,
    claim: Claim,
    form: SettlementForm,
    *,
    seen: int,
    proposal: Proposal | None,
    by: Person | None,
    now: datetime,
    public: bool,
) -> Settlement:
    """Settle a contested claim, or open it again. `seen` is the id of the last settlement its writer saw, 0 for none.

    Raises Stale when somebody wrote one in between, and Refused where no source contradicts the claim or nothing would change.
    """
    ledger.alone(session)
    last = last_of(session, claim)
    stands = last.id if last else 0
    if seen != stands:
        raise Stale(current=last, version=stands)
    if not contested(session, claim):
        raise Refused("No source contradicts this: there is nothing to settle")
    if form.settled == bool(last and last.settled):
        raise Refused("It stands so already")
    return _write(session, claim, form, proposal=proposal, by=by, now=now, public=public)


def reopen_for_new_source(
    session: Session, claim: Claim, *, proposal: Proposal | None, by: Person | None, now: datetime, public: bool
) -> None:
    """A source put against a claim after it was settled opens it again: nobody has weighed that one."""
    last = last_of(session, claim)
    if last and last.settled:
        words = {f"reason_{tongue}": say(tongue, AGAINST) for tongue in ("fr", "en")}
        _write(session, claim, SettlementForm(settled=False, **words), proposal=proposal, by=by, now=now, public=public)


def last_of(session: Session, claim: Claim) -> Settlement | None:
    return session.exec(select(Settlement).where(_of(claim)).order_by(col(Settlement.id).desc()).limit(1)).first()


def contested(session: Session, claim: Claim) -> bool:
    mine = col(getattr(Citation, CLAIM_COLUMN[type(claim)])) == claim.id
    return session.exec(select(Citation.id).where(mine, col(Citation.supports).is_(False)).limit(1)).first() is not None


def history(session: Session, claim: Claim) -> Sequence[Row[Any]]:
    """What was held of a contested claim, the last first, with the name of who said it."""
    query = columns(
        Settlement.id, Settlement.settled, Settlement.reason_fr, Settlement.reason_en, Settlement.recorded_at, Person.name
    ).outerjoin(Person, col(Person.id) == col(Settlement.recorder_id))
    return session.execute(query.where(_of(claim)).order_by(col(Settlement.id).desc())).all()


def standing(session: Session, claims: dict[str, Iterable[int]]) -> dict[tuple[str, int], Row[Any]]:
    """The settlement that holds of each claim, by (`move`, `position` or `entry`, id)."""
    wanted = [col(getattr(Settlement, f"{noun}_id")).in_(ids) for noun, ids in claims.items() if ids]
    if not wanted:
        return {}
    query = columns(
        Settlement.move_id, Settlement.position_id, Settlement.entry_id, Settlement.settled, Settlement.reason_fr, Settlement.reason_en
    )
    rows = session.execute(query.where(or_(*wanted)).order_by(col(Settlement.id)))
    return {next((noun, key) for noun in claims if (key := getattr(row, f"{noun}_id"))): row for row in rows}


def is_settled(column: Any, claim_id: Any) -> ColumnElement[bool]:
    """A condition: the last settlement of the claim, `column` of Settlement being its own, says that it is settled."""
    later = aliased(Settlement)
    of_later = getattr(later, column.key)
    newest = select(func.max(later.id)).where(of_later == claim_id).scalar_subquery()
    return select(Settlement.id).where(col(column) == claim_id, col(Settlement.id) == newest, col(Settlement.settled)).exists()


def repeat(session: Session, old: Claim, new: Claim) -> None:
    """What holds of a claim holds of the correction that rests on the same sources."""
    last = last_of(session, old)
    if last:
        column = CLAIM_COLUMN[type(old)]
        kept: dict[str, Any] = last.model_dump(exclude={"id", column})
        session.add(Settlement(**kept | {column: new.id}))


def _write(
    session: Session, claim: Claim, form: SettlementForm, *, proposal: Proposal | None, by: Person | None, now: datetime, public: bool
) -> Settlement:
    of: dict[str, Any] = {CLAIM_COLUMN[type(claim)]: claim.id}
    row = Settlement(**of, **form.model_dump(), recorded_at=now, recorder_id=by.id if by else None)
    session.add(row)
    kind = EventKind.CLAIM_SETTLED if form.settled else EventKind.CLAIM_REOPENED
    noun = str(type(claim).__tablename__)
    path = f"/{noun}/{getattr(claim, 'key', claim.id)}/evidence"
    details: dict[str, Any] = {"claim": noun, "claim_id": claim.id, "path": path}
    ledger.record(session, kind, row, at=now, by=by, proposal=proposal, public=public, **details)
    return row


def _of(claim: Claim) -> ColumnElement[bool]:
    return col(getattr(Settlement, CLAIM_COLUMN[type(claim)])) == claim.id
