"""Translations: what of a group's texts needs translating, and the word that one is still right although its original changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints
from sqlalchemy import ColumnElement, Row, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import Group, Person, Proposal, Revision, Text
from models.text import FIELDS
from relais import texts
from relais.access import Reader, visible_proposals
from relais.db import columns
from relais.errors import Invalid, Missing
from relais.form import Form
from relais.i18n import LANGUAGES, say
from relais.proposals import titles
from relais.proposals.titles import Title
from relais.texts import TextForm


class ConfirmationForm(Form):
    """`source` is the revision of the original it was read beside."""

    source: Annotated[int, Field(ge=1, lt=1_000_000)]
    note: Annotated[str, StringConstraints(max_length=300)] = ""


@dataclass(frozen=True)
class Wanted:
    """A text in `language` that needs work: `fields` of its original changed after `since`; none where there is no text at all.

    `translated` and `current` are the numbers of the original's revisions, the one it was made from and the last.
    """

    proposal_id: int
    title: Title
    original: str
    language: str
    since: datetime
    fields: tuple[str, ...]
    translated: int | None
    current: int

    @property
    def missing(self) -> bool:
        return not self.fields


def confirm(
    session: Session, proposal: Proposal, language: str, form: TextForm, *, base: int, source: int, by: Person, now: datetime
) -> Revision:
    """Say that revision `base` of a translation still renders its original, read at revision `source`: the same words, pinned anew.

    Raises Stale as a save does, and Invalid when the form holds other words, when the original changed after it was read, or when
    nothing is out of date.
    """
    text = texts.of(session, proposal, language)
    if text is None or language == proposal.original_language:
        raise Missing
    if text.number == base:
        _check(session, proposal, text, form, source)
    return texts.save(session, proposal, language, form, base=base, by=by, now=now, confirms=True)


def still_right(
    session: Session, proposal: Proposal, language: str, asked: ConfirmationForm, *, base: int, by: Person, now: datetime, said_in: str
) -> Revision:
    """The same for who has read revision `base` and sends no words back; the note is said in a language of the interface."""
    text = texts.of(session, proposal, language)
    if text is None:
        raise Missing
    form = TextForm(**{name: getattr(text, name) for name in FIELDS}, note=asked.note or checked(said_in, asked.source), minor=True)
    return confirm(session, proposal, language, form, base=base, source=asked.source, by=by, now=now)


def checked(language: str, source: int) -> str:
    """What is noted of a confirmation of which nothing else is said."""
    return say(language, "Still right as it is: checked against revision %(n)s of the original", n=source)


def _check(session: Session, proposal: Proposal, text: Text, form: TextForm, source: int) -> None:
    if not texts.same(text, form):
        raise Invalid("You changed the words: save them as a new revision instead", field="body")
    behind = texts.behind(session, proposal, text)
    if behind is None:
        raise Invalid("Nothing is out of date: this translation needs no confirmation", field="body")
    if behind.current != source:
        raise Invalid("The original changed again while you were reading: look at it once more", field="body")


def wanted(session: Session, reader: Reader, language: str, group: Group) -> list[Wanted]:
    """What of the group's proposals is behind its original, or not there in a language of the interface: the longest waiting first.

    In two queries whatever their number, and without the texts themselves.
    """
    source, own, last, made, later = (aliased(Text), aliased(Text), aliased(Revision), aliased(Revision), aliased(Revision))
    differs = [(getattr(source, name) != getattr(made, name)).label(name) for name in FIELDS]
    changed = columns(func.min(later.saved_at)).where(
        col(later.text_id) == col(source.id), col(later.number) > col(made.number), _differ(later, made)
    )
    begun = columns(func.min(later.saved_at)).where(col(later.text_id) == col(source.id))
    query = (
        columns(
            col(Proposal.id), col(Proposal.original_language), col(source.number).label("current"), col(own.language),
            col(made.number).label("translated"), *differs,
            changed.correlate(source, made).scalar_subquery().label("changed"),
            begun.correlate(source).scalar_subquery().label("begun"),
        )
        .select_from(Proposal)
        .join(source, (col(source.proposal_id) == col(Proposal.id)) & (col(source.language) == col(Proposal.original_language)))
        .join(own, col(own.proposal_id) == col(Proposal.id))
        .outerjoin(last, (col(last.text_id) == col(own.id)) & (col(last.number) == col(own.number)))
        .outerjoin(made, (col(made.id) == col(last.translates_id)) & (col(own.language) != col(Proposal.original_language)))
        .where(col(Proposal.group_id) == group.id, visible_proposals(reader))
    )  # fmt: skip
    rows = session.execute(query).all()
    named = titles.of(session, reader, language, (row.id for row in rows))
    found = [*_behind(rows, named), *_missing(rows, named)]
    return sorted(found, key=lambda one: (one.since, one.proposal_id, one.language))


def _differ(one: type[Revision], other: type[Revision]) -> ColumnElement[bool]:
    return or_(*(getattr(one, name) != getattr(other, name) for name in FIELDS))


def _behind(rows: Sequence[Row[Any]], named: dict[int, Title]) -> Iterator[Wanted]:
    for row in rows:
        fields = tuple(name for name in FIELDS if getattr(row, name))
        if fields:
            yield Wanted(row.id, named[row.id], row.original_language, row.language, row.changed, fields, row.translated, row.current)


def _missing(rows: Sequence[Row[Any]], named: dict[int, Title]) -> Iterator[Wanted]:
    written = {(row.id, row.language) for row in rows}
    for row in rows:
        if row.language == row.original_language:
            for tongue in LANGUAGES:
                if (row.id, tongue) not in written:
                    yield Wanted(row.id, named[row.id], row.original_language, tongue, row.begun, (), None, row.current)
