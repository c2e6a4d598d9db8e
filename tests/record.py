"""One sound row of every table, in plain SQL; `say` adds another one that differs where a test wants it to."""

import json
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from tests.brought import BROUGHT
from tests.outward import AT, OUTWARD

DAY = {"effective_on": "2026-01-01", "effective_until": None, "precision": "day"}
SNAPSHOT = {"key": "k", "title": "T", "language": "en", "query": "", "known_event": 1, "software": "0", "content": b"{}"}

ROWS: dict[str, dict[str, Any]] = {
    "persons": {"email": "editor@relais.test", "name": "", "language": "fr", "created_at": AT, "version": 1},
    "groups": {"slug": "g", "name_fr": "G", "name_en": "G", "description_fr": "", "description_en": "", "version": 1},
    "memberships": {"group_id": 1, "person_id": 1, "role": "editor", "joined_at": AT, "version": 1},
    "themes": {"slug": "t", "name_fr": "T", "name_en": "T"},
    "sources": DAY | {"slug": "s", "title": "S", "publisher": "", "language": "fr", "url": "", "note_fr": "", "note_en": "", "version": 1},
    "actors": {"slug": "fr", "kind": "member_state", "names": {"fr": "France", "en": "France"}, "note_fr": "", "note_en": "", "version": 1},
    "presidencies": {
        "slug": "2022-fr",
        "actor_id": 1,
        "code": "FR",
        "starts_on": "2022-01-01",
        "ends_on": "2022-06-30",
        "trio": ["FR", "CZ", "SE"],
        "source_id": 1,
        "known_on": "2016-07-26",
        "note_fr": "",
        "note_en": "",
    },
    "proposals": {
        "slug": "guichet",
        "original_language": "fr",
        "level": "eu",
        "instrument_fr": "",
        "instrument_en": "",
        "procedure": "",
        "rank": 0,
        "group_id": 1,
        "stage": "published",
        "public": True,
        "created_at": AT,
        "version": 1,
    },
    "proposal_themes": {"proposal_id": 1, "theme": "t"},
    "texts": {
        "proposal_id": 1,
        "language": "fr",
        "title": "Guichet",
        "summary": "",
        "body": "",
        "body_html": "",
        "number": 1,
        "saved_at": AT,
        "version": 1,
    },
    "revisions": {
        "text_id": 1,
        "number": 1,
        "title": "Guichet",
        "summary": "",
        "body": "",
        "note": "",
        "minor": False,
        "author_id": 1,
        "saved_at": AT,
    },
    "moves": DAY
    | {"proposal_id": 1, "to_stage": "published", "reason_fr": "", "reason_en": "", "label_fr": "", "label_en": "", "recorded_at": AT},
    "positions": DAY
    | {
        "proposal_id": 1,
        "actor_id": 1,
        "stance": "supports",
        "note_fr": "",
        "note_en": "",
        "revision_id": 1,
        "public": True,
        "recorded_at": AT,
    },
    "entries": DAY
    | {
        "key": "e",
        "family": "institutional",
        "kind": "vote",
        "state": "done",
        "title_fr": "Vote",
        "title_en": "",
        "label_fr": "",
        "label_en": "",
        "note_fr": "",
        "note_en": "",
        "public": True,
        "recorded_at": AT,
    },
    "entry_proposals": {"entry_id": 1, "proposal_id": 1, "lead": False, "rejected": False},
    "confirmations": DAY
    | {
        "position_id": 1,
        "email": "contact@relais.test",
        "language": "fr",
        "link": 7,
        "asker_id": 1,
        "asked_at": AT,
        "expires_at": AT,
        "attempts": 0,
        "answer": "withdrawn",
        "note": "",
        "url": "",
        "name": "",
        "role": "",
        "answered_at": AT,
        "reason": "",
        "version": 1,
    },
    "citations": {
        "source_id": 1,
        "move_id": 1,
        "supports": True,
        "locator": "",
        "summary_fr": "",
        "summary_en": "",
        "quote": "",
        "quote_language": "",
        "recorded_at": AT,
    },
    "comments": {
        "proposal_id": 1,
        "author_id": 1,
        "body": "Bien.",
        "body_html": "<p>Bien.</p>",
        "public": True,
        "posted_at": AT,
        "version": 1,
    },
    "comment_reports": {"comment_id": 1, "reporter_id": 1, "reason": "", "reported_at": AT},
    "mentions": {"comment_id": 1, "person_id": 1},
    "suggestions": {
        "text_id": 1,
        "base_number": 1,
        "title": "Guichet unique",
        "summary": "",
        "body": "",
        "note": "",
        "author_id": 1,
        "made_at": AT,
        "state": "open",
        "reason": "",
        "version": 1,
    },
    "tasks": {"proposal_id": 1, "presidency": "2022-fr", "comment_id": 1, "text": "Écrire", "author_id": 1, "added_at": AT, "version": 1},
    "invitations": {
        "group_id": 1,
        "email": "new@relais.test",
        "role": "editor",
        "language": "fr",
        "invited_at": AT,
        "expires_at": AT,
        "attempts": 0,
        "version": 1,
    },
    "presences": {"proposal_id": 1, "language": "fr", "person_id": 1, "seen_at": AT},
    "comment_versions": {"comment_id": 1, "version": 1, "body": "Bon.", "replaced_at": AT},
    "sign_in_requests": {
        "address": "",
        "address_hash": "a",
        "client_hash": "c",
        "language": "fr",
        "next": "",
        "asked_at": AT,
        "attempts": 0,
        "due_at": AT,
    },
    "sign_in_links": {"token_hash": "l", "person_id": 1, "next": "", "expires_at": AT},
    "sessions": {"token_hash": "s", "person_id": 1, "opened_at": AT, "expires_at": AT},
    "legs": {
        "proposal_id": 1,
        "presidency": "2022-fr",
        "ask_fr": "Soutenir",
        "ask_en": "",
        "note_fr": "",
        "note_en": "",
        "outcome_fr": "",
        "outcome_en": "",
        "public": False,
        "planned_at": AT,
        "version": 1,
    },
    "leg_targets": {"leg_id": 1, "actor_id": 1},
    "packets": {"presidency": "2022-fr", "number": 1, "content": {}, "digest": "d", "reason": "", "frozen_at": AT},
    "dumps": {"day": "2026-01-01", "due_at": AT, "state": 0, "size": 0, "digest": "", "files": []},
    "reports": {"name": "R", "language": "en", "query": "", "group_id": 1, "public": True, "saved_at": AT, "version": 1},
    "snapshots": SNAPSHOT | {"size": 2, "digest": "d", "frozen_at": AT, "author_id": 1},
    "snapshot_withdrawals": {"snapshot_id": 1, "reason": "It named somebody.", "withdrawn_at": AT, "author_id": 1},
    "settlements": {"move_id": 1, "settled": True, "reason_fr": "Oui", "reason_en": "", "recorded_at": AT},
    "populations": {"year": 2026, "actor_id": 1, "people": 68000000, "source_id": 1},
    "source_checks": {"source_id": 1, "checked_on": "2026-01-01", "reachable": True, "note": "", "recorded_at": AT},
    "events": {"recorded_at": AT, "kind": "stage_moved", "subject": "moves", "subject_id": "1", "public": True, "details": {}},
    **BROUGHT,
    **OUTWARD,
    "search_rows": {"id": 1, "kind": "proposal", "record_id": 1, "proposal_id": 1, "languages": "fr", "search_text": "a0 kproposal lfr"},
    "tokens": {
        "token_hash": "k",
        "name": "Sheet",
        "scope": "read",
        "group_id": 1,
        "created_by": 1,
        "created_at": AT,
        "expires_at": AT,
        "version": 1,
    },
    "token_writes": {"token_id": 1, "written_at": AT, "key": "k", "asked": "a", "status": 201, "headers": {}, "body": "{}"},
    "bookmarks": {"reader": "letters", "event_id": 1},
}


@pytest.fixture
def record(engine: Engine) -> Engine:
    """A database with one sound row in every table."""
    fill(engine)
    return engine


def fill(engine: Engine) -> None:
    with engine.begin() as connection:
        for table, row in ROWS.items():
            _insert(connection, table, row)


def say(engine: Engine, table: str, **values: Any) -> int:
    """Add the table's row with these values in place of its own; gives the number of rows then."""
    with engine.begin() as connection:
        _insert(connection, table, ROWS[table] | values)
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def _insert(connection: Connection, table: str, row: dict[str, Any]) -> None:
    values = {name: json.dumps(value) if isinstance(value, dict | list) else value for name, value in row.items()}
    columns, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({marks})"), values)
