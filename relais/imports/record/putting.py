"""What is kept in mind while a document is put into the record: by whom, when, and what became of each thing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import event
from sqlmodel import Session, SQLModel, select

from models import Person
from models.partial_date import UNDATED, PartialDate
from relais.errors import Invalid, Refused
from relais.export.claims import Citation, When, Words
from relais.i18n import N_
from relais.sources import CitationForm


@dataclass
class Putting:
    """`added`, `there` and `left` count by noun: what came in, what was there under its name, and what could not come along."""

    session: Session
    by: Person | None
    now: datetime
    added: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)

    @property
    def act(self) -> dict[str, Any]:
        return {"by": self.by, "now": self.now}

    def missing(self, noun: str, column: Any, items: Iterable[Any], name: Callable[[Any], Any], add: Callable[[Any], object]) -> None:
        """Add those that the record does not have under their name, which is what the column holds. One that comes twice is refused."""
        known = set(self.session.exec(select(column)).all())
        seen: set[Any] = set()
        for item in items:
            key = name(item)
            with at(f"{noun}/{key}"):
                if key in seen:
                    raise Invalid(N_("This is there twice"))
                seen.add(key)
                if key in known:
                    self.there[noun] += 1
                else:
                    self.added[noun] += 1
                    add(item)

    @contextmanager
    def told(self, kind: type[SQLModel], **values: Any) -> Iterator[None]:
        """Rows of this kind written meanwhile hold these values, whatever the verb gave them: they are append-only, and cannot be changed
        after. The ledger tells the truth all the same: its lines are of now."""

        def keep(session: Session, *_: Any) -> None:
            for row in session.new:
                if type(row) is kind:
                    row.sqlmodel_update(values)

        self.session.flush()
        event.listen(self.session, "before_flush", keep)
        try:
            yield
            self.session.flush()
        finally:
            event.remove(self.session, "before_flush", keep)

    def instant(self, told: datetime) -> datetime:
        """When somebody entered something, as the document says; nothing was entered in the time to come."""
        if told.tzinfo is None or told > self.now:
            raise Invalid(N_("This was recorded in the time to come: %(at)s"), at=told.isoformat())
        return told


class Unfit(Invalid):
    """A refusal with the place in the document it is about."""

    def __init__(self, where: str, message: str, **values: Any) -> None:
        super().__init__(message, field="file", **values)
        self.where = where


@contextmanager
def at(where: str) -> Iterator[None]:
    """What is refused meanwhile is refused with its place."""
    try:
        yield
    except Unfit:
        raise
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        raise Unfit("/".join([where, *map(str, first["loc"])]), first["msg"]) from None
    except Refused as no:
        raise Unfit(where, no.message, **no.values) from no


def pair(name: str, words: Words) -> dict[str, str]:
    return {f"{name}_fr": words.fr, f"{name}_en": words.en}


def day(when: When) -> PartialDate:
    try:
        return PartialDate.parse(when.date) if when.date else UNDATED
    except ValueError:
        raise Invalid(N_("Write a date such as 2022-06-21, 2022-06, 2022-H1 or 2022")) from None


def cited(citations: Iterable[Citation]) -> list[CitationForm]:
    return [
        CitationForm(
            source=one.source,
            supports=one.supports,
            locator=one.locator,
            quote=one.quote,
            quote_language=one.quote_language,
            **pair("summary", one.summary),
        )
        for one in citations
    ]
