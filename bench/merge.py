"""What the JSON export is measured against: every row of the record merged from plain cursors in one process, and orjson."""

from collections.abc import Iterator
from typing import Any

import orjson
from sqlalchemy import Engine

CITATION = "c.id, c.supports, c.locator, c.summary_fr, c.summary_en, c.quote, c.quote_language, c.source_id"
PROPOSALS = """SELECT id, slug, original_language, level, instrument_fr, instrument_en, procedure, rank, group_id, origin_id, stage,
 merged_into_id, created_at FROM proposals WHERE public ORDER BY id"""
# Led by the proposal's id, in its order.
OF_PROPOSALS = {
    "themes": "SELECT proposal_id, theme FROM proposal_themes ORDER BY proposal_id",
    "texts": "SELECT proposal_id, language, title, summary, body, number, saved_at FROM texts ORDER BY proposal_id, language",
    "moves": """SELECT proposal_id, id, supersedes_id, effective_on, effective_until, precision, recorded_at, from_stage, to_stage,
 reason_fr, reason_en, label_fr, label_en FROM moves ORDER BY proposal_id, id""",
    "move_citations": f"SELECT m.proposal_id, m.id, {CITATION} FROM moves m JOIN citations c ON c.move_id = m.id ORDER BY 1, 2, 3",
    "positions": """SELECT proposal_id, id, supersedes_id, effective_on, effective_until, precision, recorded_at, actor_id, stance,
 note_fr, note_en, revision_id FROM positions WHERE public ORDER BY proposal_id, id""",
    "position_citations": f"""SELECT p.proposal_id, p.id, {CITATION} FROM positions p JOIN citations c ON c.position_id = p.id
 WHERE p.public ORDER BY 1, 2, 3""",
    "entries": "SELECT proposal_id, entry_id, lead FROM entry_proposals WHERE NOT rejected ORDER BY proposal_id, entry_id",
    "comments": """SELECT c.proposal_id, c.id, c.parent_id, c.body, c.posted_at, c.edited_at, p.name FROM comments c
 JOIN persons p ON p.id = c.author_id WHERE c.public AND c.removed_at IS NULL ORDER BY c.proposal_id, c.id""",
}
ENTRIES = """SELECT id, key, effective_on, effective_until, precision, recorded_at, family, kind, state, title_fr, title_en, label_fr,
 label_en, note_fr, note_en FROM entries WHERE public ORDER BY id"""
ENTRY_CITATIONS = f"SELECT c.entry_id, {CITATION} FROM citations c JOIN entries e ON e.id = c.entry_id WHERE e.public ORDER BY 1, 2"


def merged(engine: Engine) -> tuple[int, int]:
    """How many proposals were written, and how many bytes they and all entries took."""
    connection = engine.raw_connection()
    try:
        proposals, size = 0, 0
        for written in _objects(connection, PROPOSALS, OF_PROPOSALS):
            proposals, size = proposals + 1, size + len(written)
        size += sum(len(written) for written in _objects(connection, ENTRIES, {"citations": ENTRY_CITATIONS}))
        return proposals, size
    finally:
        connection.rollback()
        connection.close()


def _objects(connection: Any, leading: str, beside: dict[str, str]) -> Iterator[bytes]:
    parts = {name: _grouped(_cursor(connection, statement)) for name, statement in beside.items()}
    heads = {name: next(part, None) for name, part in parts.items()}
    cursor = _cursor(connection, leading)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        found: dict[str, Any] = dict(zip(names, row, strict=True))
        for name, part in parts.items():
            head = heads[name]
            while head is not None and head[0] < row[0]:
                head = next(part, None)
            found[name] = head[1] if head is not None and head[0] == row[0] else []
            heads[name] = head
        yield orjson.dumps(found)


def _grouped(cursor: Any) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    names = [column[0] for column in cursor.description]
    key, rows = None, []
    for row in cursor:
        if row[0] != key:
            if key is not None:
                yield key, rows
            key, rows = row[0], []
        rows.append(dict(zip(names, row, strict=True)))
    if key is not None:
        yield key, rows


def _cursor(connection: Any, statement: str) -> Any:
    cursor = connection.cursor()
    cursor.execute(statement)
    return cursor
