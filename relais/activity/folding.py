"""Many events told as one line: what was done at one moment by one person, and saves of a text that continue each other."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from models.event import EventKind


@dataclass
class Run:
    """Events told as one: `row` the newest, `first` the id of the oldest, `number` of them, on which proposals."""

    row: Any
    first: int
    number: int = 1
    proposals: set[int] = field(default_factory=set)

    @property
    def head(self) -> int | None:
        """The proposal the line names."""
        return self.row.proposal_id or min(self.proposals, default=None)

    def take(self, row: Any) -> None:
        self.first, self.number = row.id, self.number + 1
        self.proposals |= {row.proposal_id} - {None}


def fold(rows: Iterable[Any], limit: int) -> tuple[list[Run], int]:
    """The newest `limit` runs of events given newest first, and the id of the oldest event in them: 0 where there are none.

    Events of one kind at one moment (an import, a form about several proposals) are one run, wherever they stand among others of that
    moment. Sources cited with what they are cited for go without saying. A run is never cut in two.
    """
    runs: list[Run] = []
    moment: dict[Any, Run] = {}
    saves: dict[tuple[Any, ...], Run] = {}
    now: Any = None
    last = 0
    for row in rows:
        if (row.recorded_at, row.actor_id) != now:
            now, moment = (row.recorded_at, row.actor_id), {}
        run = saves.pop(_text(row), None) or moment.get(_what(row))
        if run is None and not _goes_without_saying(row, moment):
            if len(runs) >= limit and not moment:
                break
            run = Run(row, row.id, proposals={row.proposal_id} - {None})
            runs.append(run)
        elif run:
            run.take(row)
        if run:
            moment[_what(row)] = run
            if row.kind is EventKind.TEXT_SAVED and row.details.get("continues"):
                saves[_text(row)] = run
        last = row.id
    return runs, last


def _what(row: Any) -> Any:
    """What is told as one when it is done at one moment: a kind of event; where it is about a group itself, of that group."""
    return row.kind if row.proposal_id else (row.kind, row.group_id)


def _text(row: Any) -> tuple[Any, ...]:
    return (row.kind, row.proposal_id, row.actor_id, row.details.get("language")) if row.kind is EventKind.TEXT_SAVED else ()


def _goes_without_saying(row: Any, moment: dict[Any, Run]) -> bool:
    return row.kind is EventKind.CITATION_ADDED and any(row.proposal_id in run.proposals for run in moment.values())
