"""Proposals as a list: narrowed by filters and by words in any language, one page at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import Group, Proposal, ProposalTheme, Text, Theme
from relais import relay
from relais.access import Reader, visible_proposals
from relais.i18n import said
from relais.presidencies import Calendar
from relais.relay import Filters
from relais.relay.lines import CellKind, Happening, Line
from relais.wording import folded

PAGE = 25
LIVELY = (CellKind.MOVED, CellKind.HELD, CellKind.DROPPED, CellKind.MERGED)


@dataclass(frozen=True)
class Listed:
    """A proposal's line of the relay, its group and themes, what was last recorded, and for how many presidencies nothing was."""

    line: Line
    group: str
    group_name: str
    group_language: str
    themes: list[tuple[str, str]]
    lately: Happening | None
    silent: int


@dataclass(frozen=True)
class Listing:
    """One page of what was found; `number` pages from 1 to `pages`, `total` proposals on all of them."""

    rows: list[Listed]
    total: int
    number: int
    pages: int


def page(
    session: Session,
    calendar: Calendar,
    reader: Reader,
    language: str,
    *,
    day: date,
    as_of: bool,
    filters: Filters,
    words: str = "",
    number: int = 1,
) -> Listing:
    """The proposals that answer the filters and hold every one of the words; a page beyond the last is the last."""
    first = calendar.terms[0].slug if calendar.terms else ""
    picture = relay.picture(
        session, calendar, reader, language, day=day, as_of=as_of, filters=filters, start=first, width=len(calendar.terms)
    )  # fmt: skip
    found = {key: line for bundle in picture.bundles for key, line in zip(bundle.ids, bundle.lines, strict=True)}
    if words:
        hits = _holding(session, reader, words)
        found = {key: line for key, line in found.items() if key in hits}
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(number, 1), pages)
    shown = list(found.items())[(number - 1) * PAGE : number * PAGE]
    return Listing(_rows(session, shown, language, day), len(found), number, pages)


def _holding(session: Session, reader: Reader, words: str) -> set[int]:
    """Ids of the proposals whose texts, in whatever language, hold every word, whatever its case and accents."""
    wanted = folded(words).split()
    query = select(Text.proposal_id, Text.title, Text.summary, Text.body).join(Proposal).where(visible_proposals(reader))
    texts: dict[int, str] = defaultdict(str)
    for key, *fields in session.execute(query):
        texts[key] += folded("\n".join(fields)) + "\n"
    return {key for key, text in texts.items() if all(word in text for word in wanted)}


def _rows(session: Session, shown: Sequence[tuple[int, Line]], language: str, day: date) -> list[Listed]:
    groups = {group.id: group for group in session.exec(select(Group))}
    themes = _themes(session, {key for key, _ in shown}, language)
    listed = []
    for key, line in shown:
        group = groups[line.group_id]
        silent = 0 if line.stage.ended else _silent(line, day)
        listed.append(Listed(line, group.slug, *said(group, "name", language), themes[key], _lately(line), silent))
    return listed


def _themes(session: Session, ids: set[int], language: str) -> dict[int, list[tuple[str, str]]]:
    name = Theme.name_fr if language == "fr" else Theme.name_en
    query = select(ProposalTheme.proposal_id, Theme.slug, name).join(Theme).where(col(ProposalTheme.proposal_id).in_(ids)).order_by(name)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for key, slug, words in session.execute(query):
        found[key].append((slug, words))
    return found


def _lately(line: Line) -> Happening | None:
    done = [one for cell in line.cells for one in cell.happenings if one.kind in LIVELY]
    return max(done, key=lambda one: one.when.order(), default=None)


def _silent(line: Line, day: date) -> int:
    """Whole presidencies over by `day` since something last happened; 0 when nothing dated ever did."""
    since = line.since
    return sum(1 for cell in line.cells if since and cell.term.starts_on > since.ends_on and cell.term.ends_on < day)
