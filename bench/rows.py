"""Rows in great number, straight into their tables, in the order their foreign keys want."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Table, func, insert, select, text

from models import (
    Citation,
    Comment,
    Entry,
    EntryProposal,
    Event,
    Membership,
    Move,
    Person,
    Position,
    Proposal,
    ProposalTheme,
    Revision,
    Source,
    Text,
)
from models.event import EventKind
from relais.db import writing
from relais.ledger import LEDGER_LOCK

ORDER = (
    Person, Membership, Source, Proposal, ProposalTheme, Text, Revision, Move, Position, Entry, EntryProposal, Citation, Comment, Event,
)  # fmt: skip
NUMBERED = tuple(kind for kind in ORDER if kind not in (ProposalTheme, EntryProposal))


class Rows:
    """Gathers rows and writes them in one transaction at a time. Numbers them itself, above what is there."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._gathered: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        with engine.execution_options(relais_reading=True).connect() as connection:
            self._last = {kind: connection.execute(select(func.max(_table(kind).c.id))).scalar_one() or 0 for kind in NUMBERED}

    def add(self, noun: Any, /, **values: Any) -> int:
        """The number the row gets; 0 for a table without one. Every row of a table names the same columns."""
        if noun in self._last:
            self._last[noun] += 1
            values["id"] = self._last[noun]
        self._gathered[noun].append(values)
        return values.get("id", 0)

    def tell(
        self, kind: EventKind, subject: Any, number: int, at: datetime, /, *, proposal: Any = None, group: int | None = None,
        by: int | None = None, public: bool = True, **details: Any,
    ) -> None:  # fmt: skip
        """The event of an act, as relais.ledger writes it. `proposal` has id, group_id and public."""
        self.add(
            Event,
            recorded_at=at,
            kind=kind,
            actor_id=by,
            proposal_id=proposal.id if proposal else None,
            group_id=group if group is not None else (proposal.group_id if proposal else None),
            subject=subject.__tablename__,
            subject_id=str(number),
            public=public and (proposal is None or proposal.public),
            details=details,
        )

    def write(self) -> None:
        with writing(self.engine) as session:
            connection = session.connection()
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LEDGER_LOCK})
            for kind in ORDER:
                if rows := self._gathered.pop(kind, None):
                    connection.execute(insert(_table(kind)), rows)
            if connection.dialect.name == "postgresql":
                for kind in NUMBERED:
                    name = kind.__tablename__
                    connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"))


def _table(kind: Any) -> Table:
    table: Table = kind.__table__
    return table
