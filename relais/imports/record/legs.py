"""What a document says is asked of the presidencies, in their order: an ask may go on from an earlier one."""

from sqlmodel import col, select

from models import Leg
from relais import legs
from relais.export import proposal_shapes as shapes
from relais.imports.record.proposals import New
from relais.imports.record.putting import Putting, at, pair
from relais.legs import LegForm, OutcomeForm


def put(it: Putting, new: list[New]) -> None:
    for one in new:
        for told in one.told.legs:
            with at(f"proposals/{one.told.slug}/legs/{told.presidency}"):
                _planned(it, one, told)
    it.added["legs"] = sum(len(one.told.legs) for one in new)


def _planned(it: Putting, one: New, told: shapes.Leg) -> None:
    earlier = select(Leg).where(col(Leg.proposal_id) == one.row.id, col(Leg.presidency) == told.carried_from)
    form = LegForm(targets=told.targets, lead_group=told.lead_group or "", public=True, **pair("ask", told.ask))
    carried = it.session.exec(earlier).first() if told.carried_from else None
    row = legs.plan(it.session, one.row, told.presidency, form, carried_from=carried, **it.act)
    if told.outcome.fr or told.outcome.en:
        legs.close(it.session, row, one.row, OutcomeForm(**pair("outcome", told.outcome)), version=row.version, **it.act)
    row.planned_at = it.instant(told.recorded_at)
