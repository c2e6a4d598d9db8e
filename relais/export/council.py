"""What the Council would count of the positions on a proposal, and the figures of the people it rests on, in the export's shapes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from models import Actor, Population, Source
from models.actor import ActorKind
from models.position import Stance
from models.proposal import Level
from relais import populations, positions
from relais.export.parts import Part
from relais.export.read import columns, read
from relais.positions import arithmetic, figures
from relais.positions.arithmetic import Council


@dataclass(frozen=True)
class Counting:
    """Read once for all proposals; `sizes` are those of collective actors by id."""

    council: Council
    members: frozenset[int]
    sizes: dict[int, int]

    def of(self, level: str, given: Iterable[Any]) -> Part | None:
        """Null for a national proposal, where no state is named, and where the members of the Council are not on record."""
        if level != Level.EU or not self.council.known:
            return None
        given = list(given)
        if not any(row.actor_id in self.members for row in given):
            return None
        found = arithmetic.reckon(self.council, [self._row(row) for row in positions.latest(given).values()])
        return (
            None
            if found is None
            else {
                "members": len(self.council.states),
                "people": self.council.total or None,
                "year": self.council.year if self.council.total else None,
                "figures": self.council.figures.slug if self.council.figures and self.council.total else None,
                "rule": self.council.rule.slug if self.council.rule else None,
                "supports": figures.majority(found.supports),
                "with_conditions_too": figures.majority(found.either),
                "opposes": figures.blocking(found.opposes),
                "open": found.open,
                "unknown": found.unknown,
                "unnamed": list(found.unnamed),
            }
        )

    def _row(self, row: Any) -> Any:
        kind = ActorKind.MEMBER_STATE if row.actor_id in self.members else ActorKind.COMMUNITY
        return SimpleNamespace(actor_id=row.actor_id, stance=Stance(row.stance), size=self.sizes.get(row.actor_id), kind=kind)


def counting(session: Session, day: date | None) -> Counting:
    council = populations.council(session, day)
    collectives: Select[Any] = select(*columns(Actor, "id size")).where(col(Actor.size).is_not(None))
    sizes = {row.id: row.size for row in read(session, collectives)}
    return Counting(council, frozenset(state.id for state in council.states), sizes)


def people(session: Session) -> Iterator[Part]:
    """The figures of every year, by year, in the order the states were added."""
    query: Select[Any] = (
        select(col(Actor.slug), *columns(Population, "year people"), col(Source.slug).label("source"))
        .join(Actor, col(Actor.id) == col(Population.actor_id))
        .join(Source, col(Source.id) == col(Population.source_id))
        .order_by(col(Population.year), col(Actor.id))
    )
    for state, year, number, source in read(session, query):
        yield {"state": state, "year": year, "people": number, "source": source}
