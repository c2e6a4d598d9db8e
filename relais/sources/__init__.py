"""Sources and their citations: what the record rests on."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import StringConstraints
from sqlmodel import Session, col, select

from models import Citation, Person, Proposal, Source
from models.claim import CLAIM_COLUMN, Claim
from models.dated import dates
from models.event import EventKind
from models.partial_date import UNDATED
from relais import ledger
from relais.db import columns, take
from relais.errors import Invalid, Missing, Unclear
from relais.form import Day, Form, Line, Note, Url, When
from relais.sources import settlements
from relais.wording import folded

# In order of their day; those without one after them, and what has no source last: the engines disagree where they are not told.
BY_DAY = (col(Source.effective_on).asc().nulls_last(), col(Source.slug).asc().nulls_last())
OFFERED = 8
RESERVED = ("new", "checks", "coverage")  # pages under /sources


class SourceForm(Form):
    title: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    publisher: Line = ""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    url: Url = ""
    published: When = UNDATED
    retrieved_on: Day | None = None
    note_fr: Note = ""
    note_en: Note = ""


class CitationForm(Form):
    """`source` names a source already there: its slug, its title, or its address. A form may leave it empty and give a title (and address)
    to add one."""

    source: Annotated[str, StringConstraints(max_length=1000)] = ""
    source_title: Annotated[str, StringConstraints(max_length=300)] = ""
    source_url: Url = ""
    source_publisher: Line = ""
    source_published: When = UNDATED
    source_language: Annotated[str, StringConstraints(pattern=r"^([a-z]{2})?$")] = ""
    locator: Annotated[str, StringConstraints(max_length=300)] = ""
    summary_fr: Note = ""
    summary_en: Note = ""
    quote: Note = ""
    quote_language: Annotated[str, StringConstraints(pattern=r"^([a-z]{2})?$")] = ""
    supports: bool = True

    @property
    def given(self) -> bool:
        """Whether anything was said at all: words about a source that is not named are asked about, never dropped."""
        words = (self.locator, self.summary_fr, self.summary_en, self.quote, self.source_publisher)
        return any((self.source, self.source_title, self.source_url, *words))


def add(session: Session, form: SourceForm, *, by: Person | None, now: datetime, slug: str = "") -> Source:
    """Add a source. Its slug comes from its title, numbered when taken; the seed names it."""
    source = Source(slug=slug or _free_slug(session, form.title), **_columns(form))
    session.add(source)
    ledger.record(session, EventKind.SOURCE_ADDED, source, at=now, by=by, slug=source.slug)
    return source


def change(session: Session, source: Source, form: SourceForm, *, version: int, by: Person, now: datetime) -> Source:
    """Correct what is said of a source. Raises Stale when somebody did in between."""
    take(session, source, version)
    before = {name: str(getattr(source, name)) for name in _columns(form)}
    source.sqlmodel_update(_columns(form))
    changed = [name for name, value in before.items() if value != str(getattr(source, name))]
    ledger.record(session, EventKind.SOURCE_CHANGED, source, at=now, by=by, slug=source.slug, changed=changed)
    return source


def find(session: Session, slug: str) -> Source:
    source = session.exec(select(Source).where(col(Source.slug) == slug)).first()
    if source is None:
        raise Missing
    return source


def cite(
    session: Session, claim: Claim, form: CitationForm, *, proposal: Proposal | None, by: Person | None, now: datetime, public: bool = True
) -> Citation:
    """Put a source behind a claim, or against it. Raises Invalid when the source is not known."""
    source = _cited(session, form, by, now)
    session.flush()
    words: dict[str, Any] = form.model_dump(include={"supports", "locator", "summary_fr", "summary_en", "quote", "quote_language"})
    words[CLAIM_COLUMN[type(claim)]] = claim.id
    citation = Citation(
        source_id=source.id,
        recorded_at=now,
        recorder_id=by.id if by else None,
        **words,
    )
    session.add(citation)
    details: dict[str, Any] = {"source": source.slug, "claim": type(claim).__tablename__, "claim_id": claim.id, "supports": form.supports}
    ledger.record(session, EventKind.CITATION_ADDED, citation, at=now, by=by, proposal=proposal, public=public, **details)
    if not form.supports:
        settlements.reopen_for_new_source(session, claim, proposal=proposal, by=by, now=now, public=public)
    return citation


def cite_all(session: Session, claim: Claim, forms: Sequence[CitationForm], **how: Any) -> list[Citation]:
    return [cite(session, claim, form, **how) for form in forms if form.given]


def repeat(session: Session, old: Claim, new: Claim) -> None:
    """Carry the citations of a claim, and what was held of them, over to the one that supersedes it."""
    session.flush()
    column = CLAIM_COLUMN[type(old)]
    for citation in session.exec(select(Citation).where(col(getattr(Citation, column)) == old.id)).all():
        kept: dict[str, Any] = citation.model_dump(exclude={"id", column})
        session.add(Citation(**kept | {column: new.id}))
    settlements.repeat(session, old, new)


def _cited(session: Session, form: CitationForm, by: Person | None, now: datetime) -> Source:
    if form.source:
        if form.source_title or form.source_url:
            raise Invalid("Choose one: a source of the list, or a new one", field="source")
        return named(session, form.source)
    if form.source_url and (known := session.exec(select(Source).where(col(Source.url) == form.source_url)).first()):
        return known
    if not form.source_title:
        if not form.source_url:
            raise Invalid("Choose a source from the list, or add one", field="source")
        raise Invalid("Give the new source a title", field="source_title")
    language = form.source_language or form.quote_language or "fr"
    added = SourceForm(
        title=form.source_title,
        publisher=form.source_publisher,
        url=form.source_url,
        language=language,
        published=form.source_published,
        retrieved_on=now.date() if form.source_url else None,
    )
    return add(session, added, by=by, now=now)


def named(session: Session, typed: str) -> Source:
    """The source somebody names: by slug, address, or title whatever its case and accents. Raises Unclear with what some of its words
    are found in, Invalid when nothing is."""
    rows = session.execute(columns(Source.id, Source.slug, Source.title, Source.url, Source.publisher).order_by(col(Source.id))).all()
    exact = next((row for row in rows if typed in (row.slug, row.url, told_apart(row.title, row.slug))), None)
    words = folded(typed)
    same = [exact] if exact else [row for row in rows if folded(row.title) == words]
    if len(same) == 1:
        return session.get_one(Source, same[0].id)
    near = same or [row for row in rows if all(word in folded(f"{row.title} {row.publisher} {row.url}") for word in words.split())]
    if not near:
        raise Invalid("Choose a source from the list", field="source")
    raise Unclear(
        "Choose one of these sources, or type more of its title", field="source", offers=[(row.slug, row.title) for row in near[:OFFERED]]
    )


def told_apart(title: str, slug: str) -> str:
    """How a source is offered whose title is not its own."""
    return f"{title} ({slug})"


def _columns(form: SourceForm) -> dict[str, Any]:
    return form.model_dump(exclude={"published"}) | dates(form.published)


def slug_of(title: str, limit: int = 70) -> str:
    """Lower-case words of a title joined by hyphens, accents folded; never empty."""
    parted = title.replace("œ", "oe").replace("Œ", "oe").replace("’", " ")
    folded = unicodedata.normalize("NFKD", parted).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:limit].strip("-") or "x"
    return f"{slug}-1" if slug in RESERVED else slug  # /sources/new and its like are pages


def _free_slug(session: Session, title: str) -> str:
    stem = slug_of(title)
    taken = set(session.exec(select(Source.slug).where(col(Source.slug).startswith(stem))).all())
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
