"""Entries in a calendar: those that were ever planned, and deadlines; each with its corrections as one appointment (decision 0025)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session, col

from models import Entry, EntryProposal, Proposal
from models.entry import EntryState, Family
from models.partial_date import PartialDate, Precision
from models.topic import TopicKind
from relais import i18n, presidencies
from relais.access import VISITOR, visible_entries, visible_proposals
from relais.calendars.appointments import Appointment, Status
from relais.db import columns
from relais.i18n import said, say
from relais.positions import when
from relais.proposals import titles
from relais.proposals.titles import Title
from relais.sources.citations import Citations
from relais.topics import Topic
from relais.words import Words


@dataclass(frozen=True)
class _Chain:
    """An entry and its corrections. `shown` is the last of them a visitor may see that has days, `stands` whether it is the last of all."""

    rows: Sequence[Any]
    shown: Any
    stands: bool

    @property
    def name(self) -> str:
        """The key of the first: corrections are named after it."""
        return str(self.rows[0].key)


def of(session: Session, language: str, topic: Topic) -> Iterable[Appointment]:
    chains = [chain for rows in _told(session, topic).values() if (chain := _chain(rows))]
    if topic.kind is TopicKind.PRESIDENCY:
        calendar = presidencies.calendar(session)
        chains = [chain for chain in chains if (term := calendar.of(when(chain.shown))) and term.slug == topic.key]
    ids = [chain.shown.id for chain in chains]
    links = _links(session, topic, ids)
    named = titles.of(session, VISITOR, language, {link.proposal_id for some in links.values() for link in some})
    citations = Citations(session, language, entries=ids)
    return [_appointment(chain, links[chain.shown.id], named, citations, language) for chain in chains]


def days(when: PartialDate) -> tuple[date, date] | None:
    """The days a calendar can hold of a date: its day or days, the latest possible day, a whole month or half-year.

    Nothing for a year or no date at all: they would cover everything, or nothing.
    """
    if when.on is None or when.precision is Precision.YEAR:
        return None
    return when.on, when.last() or when.on


def _told(session: Session, topic: Topic) -> dict[str, list[Any]]:
    """Rows by the key of the first of their chain: what is planned, called off or a deadline, and whatever is or has a correction."""
    corrected = select(col(Entry.supersedes_id)).where(col(Entry.supersedes_id).is_not(None))
    ahead = or_(col(Entry.state) != EntryState.DONE, col(Entry.family) == Family.DEADLINE)
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(
        columns(
            Entry.id, Entry.key, Entry.family, Entry.kind, Entry.state, Entry.title_fr, Entry.title_en, Entry.note_fr, Entry.note_en,
            Entry.outcome_fr, Entry.outcome_en, Entry.effective_on, Entry.effective_until, Entry.precision, Entry.recorded_at,
            visible_entries(VISITOR).label("seen"),
        )
        .where(or_(ahead, col(Entry.supersedes_id).is_not(None), col(Entry.id).in_(corrected)), *_about(topic))
        .order_by(col(Entry.id))
    ):  # fmt: skip
        found[row.key.split("~")[0]].append(row)
    return found


def _about(topic: Topic) -> Iterable[ColumnElement[bool]]:
    if topic.kind is TopicKind.PROPOSAL:
        linked = select(col(EntryProposal.entry_id)).join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
        yield col(Entry.id).in_(linked.where(col(Proposal.slug) == topic.key))


def _chain(rows: Sequence[Any]) -> _Chain | None:
    """None for what was never ahead as far as a visitor knows, or never had a day."""
    seen = [row for row in rows if row.seen]
    shown = next((row for row in reversed(seen) if days(when(row))), None)
    ahead = any(row.state is not EntryState.DONE or row.family is Family.DEADLINE for row in seen)
    return _Chain(rows, shown, shown is rows[-1]) if shown and ahead else None


def _links(session: Session, topic: Topic, ids: Sequence[int]) -> dict[int, list[Any]]:
    """The proposals each concerns, as far as a visitor may see them; in the calendar of one, that one."""
    found: dict[int, list[Any]] = defaultdict(list)
    if ids:
        own = [col(Proposal.slug) == topic.key] if topic.kind is TopicKind.PROPOSAL else []
        query = columns(
            EntryProposal.entry_id, EntryProposal.proposal_id, EntryProposal.lead, EntryProposal.rejected, EntryProposal.checked_at
        ).join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
        ordered = query.order_by(col(Proposal.rank), col(Proposal.id))
        for link in session.execute(ordered.where(col(EntryProposal.entry_id).in_(ids), visible_proposals(VISITOR), *own)):
            found[link.entry_id].append(link)
    return found


def _appointment(chain: _Chain, links: Sequence[Any], named: dict[int, Title], citations: Citations, language: str) -> Appointment:
    row, words = chain.shown, Words(language)
    first, last = days(when(row)) or (date.max, date.max)
    status, checks = _status(chain, links), [link.checked_at for link in links if link.checked_at]
    about = [named[link.proposal_id] for link in links if not link.rejected or status is Status.CANCELLED]
    return Appointment(
        name=f"entry-{chain.name}",
        first=first,
        last=last,
        words=_words(row, status, words),
        told="\n".join(_lines(row, about, citations, words)),
        path=f"/proposals/{about[0].slug}#timeline" if about else "/",
        categories=(words.word(row.kind), words.word(row.state)),
        made=chain.rows[0].recorded_at,
        changed=max(chain.rows[-1].recorded_at, *checks) if checks else chain.rows[-1].recorded_at,
        sequence=len(chain.rows) - 1 + len(checks),
        status=status,
    )


def _status(chain: _Chain, links: Sequence[Any]) -> Status:
    """Off when it was called off, corrected to something without a day, kept in the group since, or concerns no proposal after all."""
    concerns = [link for link in links if not link.rejected]
    if not chain.stands or chain.shown.state is EntryState.CANCELLED or (links and not concerns):
        return Status.CANCELLED
    return Status.TENTATIVE if concerns and all(link.lead for link in concerns) else Status.CONFIRMED


def _words(row: Any, status: Status, words: Words) -> str:
    """What it is, with what its days cannot say: that it is off, a lead, or no more precise than a month."""
    title, on = said(row, "title", words.language)[0], when(row)
    before = {Status.CANCELLED: words._("Cancelled"), Status.TENTATIVE: words._("Lead to check")}.get(status)
    if on.precision is Precision.BY:
        title = f"{title} ({i18n.partial(on, words.language)})"
    elif on.precision is not Precision.DAY:
        title = say(words.language, "%(title)s (%(when)s, day not known)", title=title, when=i18n.partial(on, words.language))
    return f"{before}{words.colon} {title}" if before else title


def _lines(row: Any, about: Sequence[Title], citations: Citations, words: Words) -> Iterable[str]:
    for field in ("note", "outcome"):
        if text := said(row, field, words.language)[0]:
            yield text
    if about:
        yield f"{words._('Proposals')}{words.colon} {'; '.join(title.words for title in about)}"
    evidence = citations.entry(row.id)
    sources = citations.sources
    for label, numbers in ((words._("Source"), evidence.pro), (words._("A source that contradicts it"), evidence.contra)):
        for source in (sources[number - 1] for number in numbers):
            yield f"{label}{words.colon} {', '.join(filter(None, (source.title, source.publisher, source.url)))}"
    if evidence.missing:
        yield words._("no source yet")
