"""Proposals and entries put together from ordered cursors: a fixed number of queries, one proposal in memory at a time."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from sqlmodel import Session

from models.proposal import Stage
from relais import positions
from relais.access import Reader
from relais.export import evidence, parts, rows
from relais.export.council import Counting, counting
from relais.export.parts import Part
from relais.export.read import Merge, read
from relais.export.rows import Where
from relais.proposals import standing

BESIDE = {
    "themes": rows.themes,
    "texts": rows.texts,
    "moves": rows.moves,
    "move_citations": evidence.move_citations,
    "positions": rows.positions,
    "position_citations": evidence.position_citations,
    "move_settlements": evidence.move_settlements,
    "position_settlements": evidence.position_settlements,
    "entries": rows.entry_links,
    "legs": rows.legs,
    "leg_targets": rows.leg_targets,
    "comments": rows.comments,
    "mentions": rows.mentions,
}


@dataclass(frozen=True)
class Corrections:
    """Of entries: the key of the one that corrects each, and which are corrected by one that was not yet so by the day."""

    keys: dict[int, str]
    gone: set[int]

    def leave(self, row: Any, entry_id: int, day: date) -> bool:
        """Whether an entry was surely so by the day; what is corrected goes with what corrects it."""
        return entry_id not in self.gone and _certain(row, day)


def presidencies(session: Session, chosen: Where, day: date | None, limit: int | None = None) -> Iterator[Part]:
    """The chosen presidencies with their packets, in order."""
    frozen: dict[str, list[Part]] = defaultdict(list)
    for row in read(session, rows.packets()):
        frozen[row[0]].append(parts.packet(row))
    for row in read(session, rows.presidencies(chosen).limit(limit)):
        yield parts.presidency(row, day, frozen[row[0]])


def proposals(session: Session, chosen: Where, reader: Reader, day: date | None) -> Iterator[Part]:
    """The chosen proposals, by id; as of a day those that had moved by then."""
    into = dict(map(tuple, read(session, rows.merged_into(reader))))
    corrections = _corrections(session, reader, day)
    weighing = counting(session, day)
    beside = {name: Merge(read(session, statement(chosen, reader))) for name, statement in BESIDE.items()}
    for row in read(session, rows.proposals(chosen, reader)):
        found = {name: merge.take(row[0]) for name, merge in beside.items()}
        stage, since = stage_on(row.stage, found["moves"], day)
        if stage is not None:
            if day is not None:
                found = _by_then(found, corrections, day)
            merged = into.get(row.merged_into_id) if stage is Stage.MERGED else None
            yield _proposal(row, found, parts.standing(stage, since), merged, weighing)


def stages(session: Session, chosen: Where, reader: Reader, day: date) -> Iterator[tuple[int, str, Stage]]:
    """Id, slug and stage of the chosen proposals that had moved by the day, by id."""
    moves = Merge(read(session, rows.moves(chosen, reader)))
    for row in read(session, rows.proposals(chosen, reader)):
        stage, _ = stage_on(row.stage, moves.take(row[0]), day)
        if stage is not None:
            yield row.id, row.slug, stage


def stage_on(stage: str, moves: list[Any], day: date | None) -> tuple[Stage | None, Any]:
    """The stage on a day and the move that led to it; none when no move was surely made by then. Without a day, as it stands."""
    made = standing(moves)
    if day is None:
        return Stage(stage), made[-1] if made else None
    by_then = [move for move in made if _certain(move, day)]
    return (Stage(by_then[-1].to_stage), by_then[-1]) if by_then else (None, None)


def entries(session: Session, chosen: Where, reader: Reader, day: date | None, present: Container[str] | None) -> Iterator[Part]:
    """The chosen entries, by id; as of a day those that were so by then, and of the proposals they concern those `present`."""
    corrections = _corrections(session, reader, day)
    links = Merge(read(session, rows.proposal_links(chosen, reader)))
    citations = Merge(read(session, evidence.entry_citations(chosen, reader)))
    settlements = Merge(read(session, evidence.entry_settlements(chosen, reader)))
    answered = dict(map(tuple, read(session, rows.answered(reader))))
    for row in read(session, rows.entries(chosen, reader)):
        key = row[0]
        concerned, cited = links.take(key), parts.citations(citations.take(key))
        held = parts.settlements(settlements.take(key))
        if day is None or corrections.leave(row, key, day):
            names = [parts.link("slug", tie, slug) for _, *tie, slug in concerned if present is None or slug in present]
            yield parts.entry(row, corrections.keys.get(key), answered.get(row.answers_id), names, cited.get(key, []), held.get(key, []))


def sources(session: Session, chosen: Where, limit: int | None = None) -> Iterator[Part]:
    """The chosen sources, by id, each with its checks."""
    checks = Merge(read(session, evidence.source_checks(chosen)))
    for row in read(session, rows.sources(chosen).limit(limit)):
        yield parts.source(row, checks.take(row[0]))


def _proposal(row: Any, found: dict[str, list[Any]], stage: Part, merged_into: str | None, weighing: Counting) -> Part:
    _, slug, level, instrument_fr, instrument_en, procedure, rank, original_language, created_at, _, _, group, origin = row
    return {
        "slug": slug,
        "level": level,
        "themes": sorted(theme for _, theme in found["themes"]),
        "instrument": {"fr": instrument_fr, "en": instrument_en},
        "procedure": procedure,
        "group": group,
        "origin": origin,
        "rank": rank,
        "original_language": original_language,
        "recorded_at": created_at,
        "stage": stage,
        "merged_into": merged_into,
        "texts": {text[1]: parts.text(text) for text in sorted(found["texts"], key=itemgetter(1))},
        "moves": moves(found["moves"], parts.citations(found["move_citations"]), parts.settlements(found["move_settlements"])),
        "positions": positions_of(
            found["positions"], parts.citations(found["position_citations"]), parts.settlements(found["position_settlements"])
        ),
        "council": weighing.of(level, found["positions"]),
        "entries": [parts.link("key", link[2:7], link[7]) for link in found["entries"]],
        "legs": [parts.leg(row, found["leg_targets"]) for row in found["legs"]],
        "comments": _comments(found["comments"], found["mentions"]),
    }


def moves(made: list[Any], cited: dict[int, list[Part]], held: dict[int, list[Part]]) -> list[Part]:
    """The moves of one proposal, with what is cited and what was held of each."""
    corrected = _corrected(made)
    return [parts.move(row, corrected.get(row[1]), cited.get(row[1], []), held.get(row[1], [])) for row in made]


def positions_of(given: list[Any], cited: dict[int, list[Part]], held: dict[int, list[Part]], day: date | None = None) -> list[Part]:
    """The positions on one proposal, likewise; `current` as of the day, or now."""
    corrected, current = _corrected(given), _current(given, day)
    return [parts.position(row, corrected.get(row[1]), row[1] in current, cited.get(row[1], []), held.get(row[1], [])) for row in given]


def _current(given: list[Any], day: date | None) -> set[int]:
    """Ids of the positions where their actor stands. Mostly each actor gave one, and none is corrected."""
    if day is None and len({row[7] for row in given}) == len(given) and not any(row[2] for row in given):
        return {row[1] for row in given}
    return {row.id for row in positions.latest(given, day).values()}


def _comments(posted: list[Any], named: list[Any]) -> list[Part]:
    public = {row[1] for row in posted}
    names: dict[int, dict[int, str]] = {}
    for _, comment_id, person_id, name in named:
        names.setdefault(comment_id, {})[person_id] = name
    return [parts.comment(row, public, names.get(row[1], {})) for row in posted]


def _corrected(claims: Iterable[Any]) -> dict[int, int]:
    """Id of what corrects it, by the id of what is corrected."""
    return {row[2]: row[1] for row in claims if row[2]}


def _by_then(found: dict[str, list[Any]], corrections: Corrections, day: date) -> dict[str, list[Any]]:
    return found | {
        "moves": _surely(found["moves"], day),
        "positions": _surely(found["positions"], day),
        "entries": [link for link in found["entries"] if corrections.leave(link, link.entry_id, day)],
    }


def _surely(claims: list[Any], day: date) -> list[Any]:
    """Of moves or positions by id those that were so by the day. A row goes with the row that corrects it: what is superseded
    never looks as if it stood."""
    kept: list[Any] = []
    gone: set[int] = set()
    for row in reversed(claims):
        if row.id in gone or not _certain(row, day):
            gone.add(row.supersedes_id)
        else:
            kept.append(row)
    return kept[::-1]


def _certain(row: Any, day: date) -> bool:
    return parts.certain(row.effective_on, row.effective_until, row.precision, day)


def _corrections(session: Session, reader: Reader, day: date | None) -> Corrections:
    found = Corrections({}, set())
    for row in read(session, rows.corrections(reader)):
        found.keys[row.supersedes_id] = row.key
        if day is not None and not found.leave(row, row.id, day):
            found.gone.add(row.supersedes_id)
    return found
