"""Each row in its public shape (relais/export/shapes.py), as the dicts that orjson writes. Columns as relais/export/rows.py names them."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from models.partial_date import PartialDate, Precision
from models.proposal import Stage
from relais.comments import mentions

Part = dict[str, Any]


@lru_cache(maxsize=8192)
def span(on: date | None, until: date | None, precision: str) -> Part:
    """A partial date; kept, since the same dates come again and again. Not to be changed."""
    when = PartialDate(on, until, Precision(precision))
    return {
        "date": str(when) or None,
        "precision": precision,
        "from": None if when.precision is Precision.BY else on,
        "to": when.last(),
    }


@lru_cache(maxsize=8192)
def certain(on: date | None, until: date | None, precision: str, day: date) -> bool:
    return PartialDate(on, until, Precision(precision)).certain_by(day)


def citations(rows: Iterable[Any]) -> dict[int, list[Part]]:
    """By the id of the claim they belong to."""
    found: dict[int, list[Part]] = {}
    for _, claim, key, supports, locator, summary_fr, summary_en, quote, quote_language, source in rows:
        citation = {
            "id": key,
            "source": source,
            "supports": supports,
            "locator": locator,
            "summary": {"fr": summary_fr, "en": summary_en},
            "quote": quote,
            "quote_language": quote_language,
        }
        found.setdefault(claim, []).append(citation)
    return found


def settlements(rows: Iterable[Any]) -> dict[int, list[Part]]:
    """By the id of the claim they belong to."""
    found: dict[int, list[Part]] = {}
    for _, claim, settled, reason_fr, reason_en, recorded_at in rows:
        held = {"settled": settled, "reason": {"fr": reason_fr, "en": reason_en}, "recorded_at": recorded_at}
        found.setdefault(claim, []).append(held)
    return found


def contested(cited: list[Part]) -> bool:
    return any([not citation["supports"] for citation in cited])  # noqa: C419  a list is quicker than a generator for one or two


def text(row: Any) -> Part:
    _, _, title, summary, body, number, saved_at, from_language, from_number = row
    return {
        "title": title,
        "summary": summary,
        "body": body,
        "revision": number,
        "translates": {"language": from_language, "number": from_number} if from_number else None,
        "saved_at": saved_at,
    }


def standing(stage: Stage, since: Any) -> Part:
    when = (since.effective_on, since.effective_until, since.precision) if since else (None, None, "undated")
    return {"name": stage.value, "number": stage.step or None, "since": span(*when)}


def move(row: Any, superseded_by: int | None, cited: list[Part], held: list[Part]) -> Part:
    _, key, _, on, until, precision, recorded_at, start, end, reason_fr, reason_en, label_fr, label_en = row
    return {
        "id": key,
        "from": start,
        "to": end,
        "when": span(on, until, precision),
        "reason": {"fr": reason_fr, "en": reason_en},
        "label": {"fr": label_fr, "en": label_en},
        "citations": cited,
        "contested": contested(cited),
        "settlements": held,
        "recorded_at": recorded_at,
        "superseded_by": superseded_by,
    }


def position(row: Any, superseded_by: int | None, current: bool, cited: list[Part], held: list[Part]) -> Part:
    _, key, _, on, until, precision, recorded_at, _, stance, note_fr, note_en, actor, given_language, given_number, older = row
    return {
        "id": key,
        "actor": actor,
        "stance": stance,
        "when": span(on, until, precision),
        "note": {"fr": note_fr, "en": note_en},
        "revision": {"language": given_language, "number": given_number} if given_number else None,
        "on_older_text": bool(older),
        "citations": cited,
        "contested": contested(cited),
        "settlements": held,
        "recorded_at": recorded_at,
        "superseded_by": superseded_by,
        "current": current,
    }


def leg(row: Any, targets: Iterable[Any]) -> Part:
    """`targets`: the proposal's, each with the leg it belongs to."""
    _, key, presidency, ask_fr, ask_en, outcome_fr, outcome_en, planned_at, group, earlier = row
    return {
        "presidency": presidency,
        "ask": {"fr": ask_fr, "en": ask_en},
        "outcome": {"fr": outcome_fr, "en": outcome_en},
        "lead_group": group,
        "targets": sorted(slug for _, of, slug in targets if of == key),
        "carried_from": earlier,
        "recorded_at": planned_at,
    }


def comment(row: Any, public: set[int], names: dict[int, str]) -> Part:
    """`public`: the ids of the comments that may be named as a parent; `names`: what the people it names go by."""
    _, key, parent, body, posted_at, edited_at, author = row
    return {
        "id": key,
        "parent": parent if parent in public else None,
        "author": author,
        "body": mentions.plain(body, names, "member") if names else body,
        "posted_at": posted_at,
        "edited_at": edited_at,
    }


def link(name: str, tie: Sequence[Any], named: str) -> Part:
    """Between an entry and a proposal: the one named by the other, under that name."""
    lead, presidency, extent, extent_fr, extent_en = tie
    return {
        name: named,
        "lead": lead,
        "presidency": presidency,
        "extent": extent,
        "extent_words": {"fr": extent_fr, "en": extent_en},
    }


def entry(row: Any, superseded_by: str | None, answers: str | None, proposals: list[Part], cited: list[Part], held: list[Part]) -> Part:
    _, key, on, until, precision, recorded_at, family, kind, state, title_fr, title_en, label_fr, label_en, *others = row
    note_fr, note_en, outcome_fr, outcome_en, notice_days, _, actor = others
    return {
        "key": key,
        "family": family,
        "kind": kind,
        "state": state,
        "when": span(on, until, precision),
        "title": {"fr": title_fr, "en": title_en},
        "label": {"fr": label_fr, "en": label_en},
        "note": {"fr": note_fr, "en": note_en},
        "outcome": {"fr": outcome_fr, "en": outcome_en},
        "actor": actor,
        "answers": answers,
        "notice_days": notice_days,
        "proposals": proposals,
        "citations": cited,
        "contested": contested(cited),
        "settlements": held,
        "recorded_at": recorded_at,
        "superseded_by": superseded_by,
    }


def presidency(row: Any, day: date | None, packets: Sequence[Part] = ()) -> Part:
    slug, code, starts_on, ends_on, trio, known_on, note_fr, note_en, state, legal_basis = row
    return {
        "slug": slug,
        "state": state,
        "code": code,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "trio": trio,
        "legal_basis": legal_basis,
        "known_on": known_on,
        "known": day is None or known_on <= day,
        "note": {"fr": note_fr, "en": note_en},
        "packets": packets,
    }


def packet(row: Any) -> Part:
    presidency, number, digest, reason, frozen_at = row
    address = f"/presidencies/{presidency}/packets/{number}.json"
    return {"number": number, "digest": digest, "reason": reason, "frozen_at": frozen_at, "address": address}


def actor(row: Any) -> Part:
    _, slug, kind, code, names, size, since, until, note_fr, note_en, part_of = row
    return {
        "slug": slug,
        "kind": kind,
        "code": code,
        "names": dict(sorted(names.items())),
        "size": size,
        "part_of": part_of,
        "since": since,
        "until": until,
        "note": {"fr": note_fr, "en": note_en},
    }


def source(row: Any, checks: Iterable[Any]) -> Part:
    _, slug, title, publisher, language, url, on, until, precision, retrieved_on, note_fr, note_en = row
    return {
        "slug": slug,
        "title": title,
        "publisher": publisher,
        "language": language,
        "url": url,
        "published": span(on, until, precision),
        "retrieved_on": retrieved_on,
        "note": {"fr": note_fr, "en": note_en},
        "checks": [{"checked_on": checked_on, "reachable": reachable, "note": note} for _, checked_on, reachable, note in checks],
    }


def group(row: Any) -> Part:
    slug, name_fr, name_en, description_fr, description_en = row
    return {"slug": slug, "name": {"fr": name_fr, "en": name_en}, "description": {"fr": description_fr, "en": description_en}}


def theme(row: Any) -> Part:
    slug, name_fr, name_en = row
    return {"slug": slug, "name": {"fr": name_fr, "en": name_en}}
