"""What a presiding state has said of proposals, and the risk in it: strong, weak or none, always with the why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.position import Stance
from relais.positions import latest
from relais.presidencies import Calendar, Term


@dataclass(frozen=True)
class Stand:
    """The presiding state's standing position on some proposals. `stance` is None when nothing is recorded."""

    term: Term
    stance: Stance | None
    recorded: int
    of: int

    @property
    def risk(self) -> str:
        if self.stance is None:
            return "weak"
        return "strong" if self.stance.risky else ""

    @property
    def mark(self) -> str:
        if self.stance is None:
            return "unknown"
        return "risk" if self.stance.risky else self.stance.mark


SEVERITY = (
    Stance.OPPOSES,
    Stance.ABSENT,
    Stance.INITIATED,
    Stance.SUPPORTS,
    Stance.SUPPORTS_WITH_RESERVATIONS,
    Stance.TOOK_PART,
    Stance.NEUTRAL,
)


def stands(calendar: Calendar, proposal_ids: Iterable[int], rows: Sequence[Any], today: date) -> dict[str, Stand | None]:
    """For each presidency, by slug, what its state says of the proposals as of its start, or of today for one to come.

    A position taken during the term counts where none stood at its start. Nothing recorded is told for the current presidency and
    the next only: elsewhere it is None.
    """
    ids = set(proposal_ids)
    mine = [row for row in rows if row.proposal_id in ids]
    now = calendar.at(today)
    near = {term.slug for term in (now, calendar.after(now)) if term}
    found: dict[str, Stand | None] = {}
    for term in calendar.terms:
        theirs = [row for row in mine if row.actor_id == term.actor_id]
        stand = Stand(term, *_strongest(theirs, term, today), len(ids)) if theirs else Stand(term, None, 0, len(ids))
        found[term.slug] = stand if stand.stance or (term.slug in near and ids) else None
    return found


def standing(rows: Sequence[Any], term: Term, today: date) -> dict[tuple[int, int], Any]:
    """Of a presiding state's positions those that count for its term: as of its start, or else taken during it."""
    return latest(rows, min(term.starts_on, today)) or latest(rows, min(term.ends_on, today))


def _strongest(rows: Sequence[Any], term: Term, today: date) -> tuple[Stance | None, int]:
    """The gravest position standing, and on how many proposals one stands."""
    held = standing(rows, term, today)
    stances = {row.stance for row in held.values()}
    return next((stance for stance in SEVERITY if stance in stances), None), len(held)
