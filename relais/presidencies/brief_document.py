"""The hand-over brief as plain data, in one language: the one place every form of it comes from."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import Session

from relais.access import Reader
from relais.i18n import said
from relais.legs.cards import Told as Leg
from relais.positions import backing, latest
from relais.positions.weighing import Across
from relais.presidencies import Calendar, Term, brief, brief_council, brief_open, brief_read, brief_told
from relais.presidencies import brief_names as names
from relais.presidencies import brief_shapes as shapes
from relais.presidencies.brief_read import Read
from relais.presidencies.brief_rows import Happened
from relais.presidencies.brief_sources import numbered
from relais.presidencies.brief_told import bundle_of, evidence_of, name_of
from relais.relay.lines import CellKind, Line


def of(session: Session, calendar: Calendar, reader: Reader, language: str, slug: str, *, day: date, as_of: bool = False) -> dict[str, Any]:
    """The brief at `slug` as known on `day`, in types JSON has; with `as_of` only what was surely so by then. Raises Missing.

    It says nothing of the day it is made on: while the record stays as it is, so does the brief.
    """
    read = brief_read.read(session, calendar, reader, language, slug, day=day, as_of=as_of, whole=True)
    told = brief.told(calendar, read)
    written = shapes.Brief(
        language=language,
        presidency=_term(read, told.term),
        previous=_term(read, told.previous) if told.previous else None,
        following=_term(read, told.following) if told.following else None,
        as_of=day if as_of else None,
        proposals=told.proposals,
        tally=shapes.Tally.model_validate(vars(told.tally)) if told.tally else None,
        moved=tuple(brief_told.moved(one) for one in told.moved),
        others=tuple(_told(read, one) for one in told.others),
        answers=tuple(brief_told.answer(one) for one in told.answers),
        backing=_backing(read, told.matrix),
        council=_council(read, told.weighed) if told.weighed else None,
        risks=tuple(brief_told.risk(one) for one in told.risks),
        holders=tuple(brief_told.holder(one, language) for one in told.coming.holders),
        asks=_asks(session, calendar, reader, read),
        letters=tuple(_letter(read, one) for one in read.open.letters),
        leads=tuple(_happening(read, one, one.leads) for one in read.open.leads),
        starts=evidence_of(told.starts),
        milestones=tuple(_told(read, one) for one in told.milestones),
        ahead=tuple(_happening(read, one, one.concerns) for one in read.open.ahead),
        gaps=_gaps(read),
        known_on=told.presidency.known_on,
        basis=told.basis,
        note=_said(read, told.presidency, "note"),
        sources=(),
    )
    return numbered(written.model_dump(mode="json"), read.citations.sources)


def _term(read: Read, term: Term) -> names.Term:
    return names.Term(state=term.name(read.language), **{name: getattr(term, name) for name in TERM})


TERM = ("slug", "code", "starts_on", "ends_on", "trio")


def _said(read: Read, row: Any, field: str) -> names.Told:
    words, tongue = said(row, field, read.language)
    return names.Told(text=words, language=tongue)


def _about(read: Read, proposals: Iterable[int]) -> names.About:
    """Proposals the brief tells of, by bundle where it holds all of one."""
    known = frozenset(proposals) & read.lines.keys()
    bundles, lines = brief.named(read, known)
    return names.About(number=len(known), bundles=tuple(map(bundle_of, bundles)), proposals=tuple(map(name_of, lines)))


def _told(read: Read, one: brief.Told) -> shapes.Happening:
    return _happening(read, one.entry, one.entry.concerns)


def _happening(read: Read, entry: Happened, about: frozenset[int]) -> shapes.Happening:
    return shapes.Happening(
        key=entry.key,
        kind=entry.kind,
        state=entry.state,
        when=str(entry.when),
        title=_said(read, entry, "title"),
        about=_about(read, about),
        evidence=evidence_of(read.citations.entry(entry.id)),
    )


def _backing(read: Read, matrix: backing.Matrix) -> shapes.Backing:
    lines = tuple(
        shapes.Backer(
            role=line.role,
            slug=line.slug,
            name=line.name(read.language),
            size=line.size,
            number=line.number,
            cells=tuple(shapes.Cell(shares=tuple(_share(one) for one in cell.shares), of=cell.of) for cell in line.cells),
        )
        for line in matrix.lines
    )
    bundles, silent = (tuple(bundle_of(bundle) for bundle in some) for some in (matrix.bundles, matrix.silent))
    return shapes.Backing(day=matrix.day, bundles=bundles, lines=lines, silent=silent)


def _share(one: backing.Share) -> shapes.Share:
    return shapes.Share(stance=one.stance, number=one.number, evidence=evidence_of(one.evidence), older=one.older)


def _council(read: Read, weighed: Across) -> brief_council.Council:
    ids = {line.slug: key for key, line in read.lines.items()}
    told = [(one, _about(read, (ids[line.slug] for line in lines))) for one, lines in weighed.groups]
    return brief_council.of(read.council, told, weighed.figures, weighed.rule)


def _asks(session: Session, calendar: Calendar, reader: Reader, read: Read) -> tuple[shapes.Ask, ...]:
    terms = [term for term in (read.previous, read.term) if term]
    open_ones = brief_open.asks(session, reader, calendar, read.language, terms, read.day, read.as_of)
    return tuple(_ask(read.lines[leg.proposal_id], leg, read.language) for leg in open_ones if leg.proposal_id in read.lines)


def _ask(line: Line, leg: Leg, language: str) -> shapes.Ask:
    lead = (leg.lead, leg.ask_language) if leg.lead else (leg.group, leg.group_language)
    return shapes.Ask(
        proposal=name_of(line),
        presidency=leg.term.slug,
        ask=names.Told(text=leg.ask, language=leg.ask_language),
        note=names.Told(text=leg.note, language=leg.note_language),
        lead=names.Told(text=lead[0], language=lead[1]),
        targets=tuple(one.name(language) for one in leg.targets),
        carried=bool(leg.lineage),
        public=leg.public,
    )


def _letter(read: Read, entry: Happened) -> shapes.Letter:
    to = read.open.names.get(entry.actor_id or 0, {})
    return shapes.Letter(entry=_happening(read, entry, entry.concerns), to=_named(to, read.language), public=entry.public)


def _named(names: dict[str, str], language: str) -> str:
    return names.get(language) or names.get("en", "")


def _gaps(read: Read) -> shapes.Gaps:
    cells = {
        key: [cell for cell in line.cells if read.previous and cell.term.slug == read.previous.slug] for key, line in read.lines.items()
    }
    silent = {key for key, here in cells.items() if any(cell.kind in (CellKind.NOTHING, CellKind.LEAD) for cell in here)}
    standing = latest(read.positions, read.positions_day)
    heard = {proposal for proposal, actor in standing if actor == read.term.actor_id}
    claims = [(row.proposal_id, read.citations.move(row.id)) for row in read.moves]
    claims += [(proposal, read.citations.position(row.id)) for (proposal, _), row in standing.items()]
    claims += [(proposal, read.citations.entry(one.id)) for one in read.entries for proposal in one.concerns]
    return shapes.Gaps(
        silent=_about(read, silent),
        unheard=_about(read, read.lines.keys() - heard),
        unsourced=_about(read, (proposal for proposal, found in claims if found.missing)),
        disputed=_about(read, (proposal for proposal, found in claims if found.contested)),
    )
