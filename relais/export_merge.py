"""Proposals and entries put together from ordered cursors: a fixed number of queries, one proposal in memory at a time."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models.proposal import Stage
from relais import export_parts as parts
from relais import export_rows as rows
from relais import positions
from relais.access import Reader
from relais.export_parts import Part
from relais.export_rows import Merge, Where, read
from relais.proposals import standing

BESIDE = {
    "themes": rows.themes,
    "texts": rows.texts,
    "moves": rows.moves,
    "move_citations": rows.move_citations,
    "positions": rows.positions,
    "position_citations": rows.position_citations,
    "entries": rows.entry_names,
    "comments": rows.comments,
}


@dataclass(frozen=True)
class Corrections:
    """Of entries: the key of the one that corrects each, and which are corrected by one that was not yet so by the day."""

    keys: dict[int, str]
    gone: set[int]


def proposals(session: Session, chosen: Where, reader: Reader, day: date | None) -> Iterator[Part]:
    """The chosen proposals, by id; as of a day those that had moved by then."""
    into = {row.id: row.slug for row in read(session, rows.merged_into(reader))}
    corrections = _corrections(session, reader, day)
    beside = {name: Merge(read(session, statement(chosen, reader))) for name, statement in BESIDE.items()}
    for row in read(session, rows.proposals(chosen, reader)):
        found = {name: merge.take(row.id) for name, merge in beside.items()}
        stage, since = stage_on(row.stage, found["moves"], day)
        if stage is not None:
            found["entries"] = [link for link in found["entries"] if not _later(link, link.entry_id, corrections, day)]
            merged = into.get(row.merged_into_id) if stage is Stage.MERGED else None
            yield _proposal(row, found, parts.standing(stage, since), merged, day)


def stages(session: Session, chosen: Where, reader: Reader, day: date) -> Iterator[tuple[int, str, Stage]]:
    """Id, slug and stage of the chosen proposals that had moved by the day, by id."""
    moves = Merge(read(session, rows.moves(chosen, reader)))
    for row in read(session, rows.proposals(chosen, reader)):
        stage, _ = stage_on(row.stage, moves.take(row.id), day)
        if stage is not None:
            yield row.id, row.slug, stage


def stage_on(stage: Stage, moves: list[Any], day: date | None) -> tuple[Stage | None, Any]:
    """The stage on a day and the move that led to it; none when no move was surely made by then. Without a day, as it stands."""
    made = standing(moves)
    if day is None:
        return stage, made[-1] if made else None
    by_then = [move for move in made if parts.certain(move.effective_on, move.effective_until, move.precision, day)]
    return (by_then[-1].to_stage, by_then[-1]) if by_then else (None, None)


def entries(session: Session, chosen: Where, reader: Reader, day: date | None, present: Container[str] | None) -> Iterator[Part]:
    """The chosen entries, by id; as of a day those that were so by then, and of the proposals they concern those `present`."""
    corrections = _corrections(session, reader, day)
    names = Merge(read(session, rows.proposal_names(chosen, reader)))
    cited = Merge(read(session, rows.entry_citations(chosen, reader)))
    for row in read(session, rows.entries(chosen, reader)):
        links, sources = names.take(row.id), cited.take(row.id)
        if not _later(row, row.id, corrections, day):
            concerned = [{"slug": link.slug, "lead": link.lead} for link in links if present is None or link.slug in present]
            yield parts.entry(row, corrections.keys.get(row.id), concerned, [parts.citation(source) for source in sources])


def _proposal(row: Any, found: dict[str, list[Any]], stage: Part, merged_into: str | None, day: date | None) -> Part:
    return {
        "slug": row.slug,
        "level": row.level,
        "themes": sorted(link.theme for link in found["themes"]),
        "instrument": {"fr": row.instrument_fr, "en": row.instrument_en},
        "procedure": row.procedure,
        "group": row.group,
        "origin": row.origin,
        "rank": row.rank,
        "original_language": row.original_language,
        "recorded_at": row.created_at,
        "stage": stage,
        "merged_into": merged_into,
        "texts": {text.language: parts.text(text) for text in sorted(found["texts"], key=lambda text: text.language)},
        "moves": _moves(parts.surely(found["moves"], day), parts.citations(found["move_citations"])),
        "positions": _positions(parts.surely(found["positions"], day), parts.citations(found["position_citations"])),
        "entries": [{"key": link.key, "lead": link.lead} for link in found["entries"]],
        "comments": _comments(found["comments"]),
    }


def _moves(moves: list[Any], cited: dict[int, list[Part]]) -> list[Part]:
    corrected = _corrected(moves)
    return [parts.move(row, corrected.get(row.id), cited.get(row.id, [])) for row in moves]


def _positions(given: list[Any], cited: dict[int, list[Part]]) -> list[Part]:
    corrected, current = _corrected(given), {row.id for row in positions.latest(given).values()}
    return [parts.position(row, corrected.get(row.id), row.id in current, cited.get(row.id, [])) for row in given]


def _comments(posted: list[Any]) -> list[Part]:
    public = {row.id for row in posted}
    return [parts.comment(row, public) for row in posted]


def _corrected(claims: Iterable[Any]) -> dict[int, int]:
    """Id of what corrects it, by the id of what is corrected."""
    return {row.supersedes_id: row.id for row in claims if row.supersedes_id}


def _corrections(session: Session, reader: Reader, day: date | None) -> Corrections:
    found = Corrections({}, set())
    for row in read(session, rows.corrections(reader)):
        found.keys[row.supersedes_id] = row.key
        if _later(row, row.id, found, day):
            found.gone.add(row.supersedes_id)
    return found


def _later(row: Any, entry_id: int, corrections: Corrections, day: date | None) -> bool:
    """Whether an entry was not surely so by the day; what is corrected goes with what corrects it."""
    if day is None:
        return False
    return entry_id in corrections.gone or not parts.certain(row.effective_on, row.effective_until, row.precision, day)
