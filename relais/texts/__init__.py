"""The words of a proposal: saved as revisions, never over somebody else's."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import StringConstraints
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models import Person, Proposal, Revision, Text
from models.event import EventKind
from models.text import FIELDS
from relais import ledger
from relais.errors import Invalid, Missing, Stale
from relais.form import Form
from relais.markdown import render
from relais.wording import folded

SOON = timedelta(minutes=10)  # within which one author's saves are told as one


class TextForm(Form):
    title: Annotated[str, StringConstraints(min_length=1, max_length=160)]
    summary: Annotated[str, StringConstraints(max_length=2000)] = ""
    body: Annotated[str, StringConstraints(max_length=100_000)] = ""
    note: Annotated[str, StringConstraints(max_length=300)] = ""
    minor: bool = False


class RestoreForm(Form):
    note: Annotated[str, StringConstraints(max_length=300)] = ""


@dataclass(frozen=True)
class Behind:
    """How a translation stands against its source: the revision it was made from, the source's now, and the fields that differ."""

    translated: int
    current: int
    fields: tuple[str, ...]


def of(session: Session, proposal: Proposal, language: str) -> Text | None:
    return session.exec(select(Text).where(col(Text.proposal_id) == proposal.id, col(Text.language) == language)).first()


def revision(session: Session, text: Text, number: int) -> Revision | None:
    return session.exec(select(Revision).where(col(Revision.text_id) == text.id, col(Revision.number) == number)).first()


def save(
    session: Session,
    proposal: Proposal,
    language: str,
    form: TextForm,
    *,
    base: int,
    by: Person | None,
    now: datetime,
    suggester: Person | None = None,
    restores: int | None = None,
    started: int | None = None,
    confirms: bool = False,
) -> Revision:
    """Save a new revision on top of number `base` (0 for the first). Raises Stale, holding both texts, when `base` is not the last.

    A translation is pinned to the source revision it was made from; a minor edit keeps the pin it had, and one that `restores` an earlier
    revision takes that one's. `suggester` is who proposed the words, `started` the revision they were written on before they were merged.
    One that `confirms` a translation keeps its words and is pinned anew (relais.texts.translation asks whether it may).
    """
    text = of(session, proposal, language) or _begin(session, proposal, language, form, now)
    if not _claim(session, text, base):
        raise stale(session, text, base)
    last = revision(session, text, base) if base else None
    if last and not confirms and same(last, form):
        raise Invalid("Nothing changed: this is the text as it stands", field="body")
    words = {name: getattr(form, name) for name in FIELDS}
    saved = Revision(
        text_id=text.id,
        number=base + 1,
        note=form.note,
        minor=form.minor,
        restores=restores,
        author_id=by.id if by else None,
        suggester_id=suggester.id if suggester else None,
        translates_id=_translated(session, proposal, text, last if form.minor and not confirms else None, restores),
        saved_at=now,
        **words,
    )
    saved.continues = started is None and last is not None and _continues(saved, last)
    text.sqlmodel_update(words | {"body_html": render(form.body, anchors=True), "saved_at": now})
    text.search_text = folded("\n".join(words.values()))
    session.add(saved)
    details: dict[str, Any] = {"language": language, "number": saved.number, "minor": form.minor, "note": form.note}
    details |= {"continues": saved.continues} | ({} if started is None else {"started": started})
    ledger.record(session, EventKind.TEXT_SAVED, saved, at=now, by=by, proposal=proposal, **details)
    return saved


def restore(
    session: Session, proposal: Proposal, language: str, number: int, asked: RestoreForm, *, base: int, by: Person, now: datetime
) -> Revision:
    """Save the words of an earlier revision again, as the next one. Raises Missing when there is none, Stale as `save` does."""
    text = of(session, proposal, language)
    old = revision(session, text, number) if text else None
    if old is None:
        raise Missing
    form = TextForm(note=asked.note, **{name: getattr(old, name) for name in FIELDS})
    return save(session, proposal, language, form, base=base, by=by, now=now, restores=number)


def same(one: Any, other: Any) -> bool:
    """Whether two have the same words in every field."""
    return all(getattr(one, name) == getattr(other, name) for name in FIELDS)


def _continues(saved: Revision, last: Revision) -> bool:
    """Whether history tells the two as one: one author's, soon after, without a note; none restored, suggested or newly translated."""
    own = all(row.author_id is not None and row.suggester_id is None and row.restores is None for row in (saved, last))
    alike = (saved.author_id, saved.translates_id) == (last.author_id, last.translates_id)
    return own and alike and not saved.note and timedelta() <= saved.saved_at - last.saved_at <= SOON


def behind(session: Session, proposal: Proposal, text: Text) -> Behind | None:
    """What of a translation is out of date, field by field, from the content of the source and never from timestamps; None when nothing."""
    if text.language == proposal.original_language:
        return None
    source = of(session, proposal, proposal.original_language)
    last = revision(session, text, text.number)
    made_from = session.get(Revision, last.translates_id) if last and last.translates_id else None
    return compared(source, made_from) if source and made_from else None


def compared(source: Any, made_from: Any) -> Behind | None:
    """The same from rows that have the fields and the number of the source and of the revision translated."""
    fields = tuple(name for name in FIELDS if getattr(source, name) != getattr(made_from, name))
    return Behind(made_from.number, source.number, fields) if fields else None


def _begin(session: Session, proposal: Proposal, language: str, form: TextForm, now: datetime) -> Text:
    """The row of a language nobody wrote in yet; when two begin at once it is the row of the first."""
    text = Text(proposal_id=proposal.id, language=language, title=form.title, saved_at=now)
    try:
        with session.begin_nested():
            session.add(text)
    except IntegrityError:
        return session.exec(select(Text).where(col(Text.proposal_id) == proposal.id, col(Text.language) == language)).one()
    return text


def stale(session: Session, text: Text, base: int) -> Stale:
    """The refusal, with both texts out of the session: it is read after the rollback, which would empty them."""
    session.refresh(text)
    started_from = revision(session, text, base)
    for row in (text, started_from):
        if row is not None:
            session.expunge(row)
    return Stale(current=text, base=started_from, version=text.number)


def _claim(session: Session, text: Text, base: int) -> bool:
    """Take the next number of a text by one conditional UPDATE, so that of many savers from one base exactly one wins."""
    claimed = session.connection().execute(
        update(Text).where(col(Text.id) == text.id, col(Text.number) == base).values(number=base + 1, version=col(Text.version) + 1)
    )
    if claimed.rowcount == 1:
        session.refresh(text, attribute_names=["number", "version"])
    return claimed.rowcount == 1


def _translated(session: Session, proposal: Proposal, text: Text, kept: Revision | None, restores: int | None) -> int | None:
    if text.language == proposal.original_language:
        return None
    kept = revision(session, text, restores) if restores else kept
    if kept:
        return kept.translates_id
    source = of(session, proposal, proposal.original_language)
    current = revision(session, source, source.number) if source else None
    return current.id if current else None
