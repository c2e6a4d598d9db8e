"""Each row of the record in its public shape (relais/shapes.py), as the dicts that orjson writes."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from models.partial_date import PartialDate, Precision
from models.proposal import Stage

Part = dict[str, Any]


@lru_cache(maxsize=8192)
def span(on: date | None, until: date | None, precision: Precision) -> Part:
    """A partial date; kept, since the same dates come again and again. Not to be changed."""
    when = PartialDate(on, until, precision)
    return {
        "date": str(when) or None,
        "precision": precision,
        "from": None if precision is Precision.BY else on,
        "to": when.last(),
    }


@lru_cache(maxsize=8192)
def certain(on: date | None, until: date | None, precision: Precision, day: date) -> bool:
    return PartialDate(on, until, precision).certain_by(day)


def surely(rows: list[Any], day: date | None) -> list[Any]:
    """Of rows in the order of their ids those that were so by the day. A row goes with the row that corrects it: what is
    superseded never looks as if it stood."""
    if day is None:
        return rows
    kept, gone = [], set()
    for row in reversed(rows):
        if row.id in gone or not certain(row.effective_on, row.effective_until, row.precision, day):
            gone.add(row.supersedes_id)
        else:
            kept.append(row)
    return kept[::-1]


def citations(rows: Iterable[Any]) -> dict[int, list[Part]]:
    """By the id of the claim they belong to."""
    found: dict[int, list[Part]] = {}
    for row in rows:
        found.setdefault(row.claim_id, []).append(citation(row))
    return found


def citation(row: Any) -> Part:
    return {
        "id": row.id,
        "source": row.source,
        "supports": row.supports,
        "locator": row.locator,
        "summary": {"fr": row.summary_fr, "en": row.summary_en},
        "quote": row.quote,
        "quote_language": row.quote_language,
    }


def claim(row: Any, cited: list[Part]) -> Part:
    return {
        "when": span(row.effective_on, row.effective_until, row.precision),
        "recorded_at": row.recorded_at,
        "citations": cited,
        "contested": any(not citation["supports"] for citation in cited),
    }


def text(row: Any) -> Part:
    return {
        "title": row.title,
        "summary": row.summary,
        "body": row.body,
        "revision": row.number,
        "translates": {"language": row.from_language, "number": row.from_number} if row.from_number else None,
        "saved_at": row.saved_at,
    }


def standing(stage: Stage, since: Any) -> Part:
    return {
        "name": stage,
        "number": stage.step or None,
        "since": span(since.effective_on, since.effective_until, since.precision) if since else span(None, None, Precision.UNDATED),
    }


def move(row: Any, superseded_by: int | None, cited: list[Part]) -> Part:
    return {
        "id": row.id,
        "from": row.from_stage,
        "to": row.to_stage,
        **claim(row, cited),
        "reason": {"fr": row.reason_fr, "en": row.reason_en},
        "label": {"fr": row.label_fr, "en": row.label_en},
        "superseded_by": superseded_by,
    }


def position(row: Any, superseded_by: int | None, current: bool, cited: list[Part]) -> Part:
    return {
        "id": row.id,
        "actor": row.actor,
        "stance": row.stance,
        **claim(row, cited),
        "note": {"fr": row.note_fr, "en": row.note_en},
        "revision": {"language": row.given_language, "number": row.given_number} if row.given_number else None,
        "superseded_by": superseded_by,
        "current": current,
    }


def comment(row: Any, public_parents: set[int]) -> Part:
    return {
        "id": row.id,
        "parent": row.parent_id if row.parent_id in public_parents else None,
        "author": row.author,
        "body": row.body,
        "posted_at": row.posted_at,
        "edited_at": row.edited_at,
    }


def entry(row: Any, superseded_by: str | None, proposals: list[Part], cited: list[Part]) -> Part:
    return {
        "key": row.key,
        "family": row.family,
        "kind": row.kind,
        "state": row.state,
        **claim(row, cited),
        "title": {"fr": row.title_fr, "en": row.title_en},
        "label": {"fr": row.label_fr, "en": row.label_en},
        "note": {"fr": row.note_fr, "en": row.note_en},
        "superseded_by": superseded_by,
        "proposals": proposals,
    }


def presidency(row: Any, day: date | None) -> Part:
    return {
        "slug": row.slug,
        "state": row.state,
        "code": row.code,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "trio": row.trio,
        "legal_basis": row.legal_basis,
        "known_on": row.known_on,
        "known": day is None or row.known_on <= day,
        "note": {"fr": row.note_fr, "en": row.note_en},
    }


def actor(row: Any) -> Part:
    return {
        "slug": row.slug,
        "kind": row.kind,
        "code": row.code,
        "names": dict(sorted(row.names.items())),
        "size": row.size,
        "note": {"fr": row.note_fr, "en": row.note_en},
    }


def source(row: Any) -> Part:
    return {
        "slug": row.slug,
        "title": row.title,
        "publisher": row.publisher,
        "language": row.language,
        "url": row.url,
        "published": span(row.effective_on, row.effective_until, row.precision),
        "retrieved_on": row.retrieved_on,
        "note": {"fr": row.note_fr, "en": row.note_en},
    }


def group(row: Any) -> Part:
    names, words = {"fr": row.name_fr, "en": row.name_en}, {"fr": row.description_fr, "en": row.description_en}
    return {"slug": row.slug, "name": names, "description": words}


def theme(row: Any) -> Part:
    return {"slug": row.slug, "name": {"fr": row.name_fr, "en": row.name_en}}
