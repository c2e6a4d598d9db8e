"""What changed between two reports: by proposal what was added, moved, corrected, changed or is there no more, in words of no language."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from relais.export.parts import Part
from relais.reports.selection import Section

SCHEMA = "relais-changes-1"
# Of a proposal that was not there: what is told of it came with it.
NOTHING: Part = {"moves": [], "positions": [], "entries": [], "legs": []}
FACTS = ("level", "themes", "instrument", "procedure", "group", "origin", "merged_into")
# What is so of a claim only as long as no other came: it changes when another does, which is told of that one.
VOLATILE = frozenset({"current", "superseded_by", "proposals", "recorded_at", "on_older_text"})


def between(before: Part, after: Part) -> Part:
    """The changes from one report to the other, of the parts both tell; proposals of which nothing changed are left out."""
    asked = [part for part in Section if all(part in one["meta"]["selection"]["parts"] for one in (before, after))]
    was, now = ({one["slug"]: one for one in document["proposals"]} for document in (before, after))
    dated = tuple({entry["key"]: entry for entry in document["entries"]} for document in (before, after))
    told = [_proposal(was.get(slug), now.get(slug), asked, dated) for slug in dict.fromkeys([*now, *was])]
    return {
        "schema": SCHEMA,
        "parts": [part.value for part in asked],
        "before": before["meta"],
        "after": after["meta"],
        "proposals": [one for one in told if one["changes"]],
    }


def change(part: str, kind: str, subject: str, before: Any, after: Any) -> Part:
    """One change: `before` and `after` are what the reports hold there, null where they hold nothing."""
    return {"part": part, "change": kind, "subject": subject, "before": before, "after": after}


def _proposal(was: Part | None, now: Part | None, asked: list[Section], dated: tuple[dict[str, Part], ...]) -> Part:
    known = now or was or {}
    titles = {language: text["title"] for language, text in known["texts"].items()}
    if was is None or now is None:
        kind = "added" if was is None else "removed"
        changes = [change("proposal", kind, known["slug"], was and was["stage"], now and now["stage"])]
        changes += _changes({**now, **NOTHING}, now, asked, dated) if now else []
    else:
        changes = list(_changes(was, now, asked, dated))
    return {"slug": known["slug"], "original_language": known["original_language"], "titles": titles, "changes": changes}


def _changes(was: Part, now: Part, asked: list[Section], dated: tuple[dict[str, Part], ...]) -> Iterator[Part]:
    yield from (change("fact", "changed", name, was[name], now[name]) for name in FACTS if was[name] != now[name])
    yield from _texts(was["texts"], now["texts"])
    moved = list(_claims("stage", "id", was["moves"], now["moves"], "moved")) if Section.STAGES in asked else []
    yield from moved
    if not moved and was["stage"]["name"] != now["stage"]["name"]:
        yield change("stage", "moved", now["slug"], was["stage"], now["stage"])
    if Section.POSITIONS in asked:
        yield from _claims("position", "id", was["positions"], now["positions"])
    if Section.TIMELINE in asked:
        yield from _claims("event", "key", _linked(was, dated[0]), _linked(now, dated[1]))
    if Section.ASKS in asked:
        yield from _by_key("ask", _legs(was), _legs(now), lambda leg: leg)


def _linked(proposal: Part, entries: dict[str, Part]) -> list[Part]:
    """What is dated of one proposal, each with whether the link is to be checked."""
    return [{**entries[link["key"]], "lead": link["lead"]} for link in proposal["entries"] if link["key"] in entries]


def _legs(proposal: Part) -> dict[str, Part]:
    return {leg["presidency"]: leg for leg in proposal["legs"]}


def _texts(was: Part, now: Part) -> Iterator[Part]:
    yield from _by_key("text", was, now, lambda text: text["revision"])


def _by_key(part: str, was: dict[str, Part], now: dict[str, Part], content: Callable[[Part], Any]) -> Iterator[Part]:
    for key in dict.fromkeys([*was, *now]):
        old, new = was.get(key), now.get(key)
        if old is None or new is None:
            yield change(part, "added" if old is None else "removed", key, old, new)
        elif content(old) != content(new):
            yield change(part, "changed", key, old, new)


def _claims(part: str, key: str, was: Iterable[Part], now: Iterable[Part], added: str = "added") -> Iterator[Part]:
    """Claims that stand: one that takes the place of another corrects it, whichever of the two reports knows so."""
    old, new = ({claim[key]: claim for claim in claims} for claims in (was, now))
    standing_old, standing_new = ({name: one for name, one in all_.items() if one["superseded_by"] is None} for all_ in (old, new))
    corrected = {}
    for name in standing_old:
        heir = _heir(name, new)
        if heir != name and heir in standing_new and heir not in standing_old:
            corrected[heir] = name
    for name, claim in standing_new.items():
        if name in corrected:
            yield change(part, "corrected", str(name), standing_old[corrected[name]], claim)
        elif name not in standing_old:
            yield change(part, added, str(name), None, claim)
        elif _content(claim) != _content(standing_old[name]):
            yield change(part, "changed", str(name), standing_old[name], claim)
    gone = [name for name in standing_old if name not in standing_new and name not in corrected.values()]
    yield from (change(part, "removed", str(name), standing_old[name], None) for name in gone)


def _heir(name: Any, claims: dict[Any, Part]) -> Any:
    """What stands in the place of a claim in the end."""
    while name in claims and claims[name]["superseded_by"] is not None:
        name = claims[name]["superseded_by"]
    return name


def _content(claim: Part) -> Part:
    return {name: value for name, value in claim.items() if name not in VOLATILE}
