"""Procedures of the European Parliament as its open data gives them (JSON-LD): what happened in one, as events of the timeline.

Each rests on the page of its procedure, and concerns the proposals that have its reference. What the data calls by a code alone is told in
the words below; a code that is not there is told as an activity, with the code.
"""

from collections.abc import Iterator
from typing import Any

import orjson

from models.entry import EntryKind
from models.imports import Kind
from relais.errors import Invalid
from relais.i18n import LANGUAGES, N_, say
from relais.imports.rows import How, Refusal, Row

BASE = "https://data.europarl.europa.eu/"
PUBLISHER = N_("European Parliament")
LINE, TITLE, NOTE = 200, 300, 2000
TOLD: dict[str, tuple[EntryKind, str]] = {
    "REFERRAL": (EntryKind.EVENT, N_("referred to committee")),
    "COMMITTEE_TABLING_REPORT": (EntryKind.PUBLICATION, N_("draft report tabled in committee")),
    "COMMITTEE_TABLING_AMENDMENT": (EntryKind.PUBLICATION, N_("amendments tabled in committee")),
    "COMMITTEE_TABLING_OPINION": (EntryKind.PUBLICATION, N_("draft opinion tabled in committee")),
    "COMMITTEE_ADOPTING_REPORT": (EntryKind.VOTE, N_("report adopted in committee")),
    "COMMITTEE_ADOPTING_OPINION": (EntryKind.VOTE, N_("opinion adopted in committee")),
    "COMMITTEE_APPROVE_PROVISIONAL_AGREEMENT": (EntryKind.VOTE, N_("provisional agreement approved in committee")),
    "INTERINSTITUTIONAL_NEGOTIATION": (EntryKind.MEETING, N_("negotiation between the institutions")),
    "TABLING_PLENARY": (EntryKind.PUBLICATION, N_("text tabled for plenary")),
    "PLENARY_DEBATE": (EntryKind.MEETING, N_("debate in plenary")),
    "PLENARY_VOTE": (EntryKind.VOTE, N_("vote in plenary")),
    "PLENARY_VOTE_RESULTS": (EntryKind.VOTE, N_("results of the vote in plenary")),
    "PLENARY_DECISION": (EntryKind.DECISION, N_("decision in plenary")),
    "PLENARY_ADOPT_POSITION": (EntryKind.DECISION, N_("position adopted in plenary")),
    "PLENARY_AMEND": (EntryKind.DECISION, N_("text amended in plenary")),
    "PLENARY_AMEND_PROPOSAL": (EntryKind.DECISION, N_("proposal amended in plenary")),
    "PLENARY_REFER_COMMITTEE_INTERINSTITUTIONAL_NEGOTIATIONS": (EntryKind.DECISION, N_("sent back to committee for negotiations")),
    "PLENARY_ENDORSE_COMMITTEE_INTERINSTITUTIONAL_NEGOTIATIONS": (EntryKind.DECISION, N_("negotiations endorsed in plenary")),
    "PLENARY_ACTIVITY": (EntryKind.EVENT, N_("activity in plenary")),
    "SIGNATURE": (EntryKind.DECISION, N_("act signed")),
    "PUBLICATION_OFFICIAL_JOURNAL": (EntryKind.PUBLICATION, N_("published in the Official Journal")),
}
ACTIVITY = (EntryKind.EVENT, N_("activity in the European Parliament"))
ABOUT = ("based_on_a_realization_of", "decided_on_a_realization_of", "recorded_in_a_realization_of")


def read(content: bytes, how: How) -> Iterator[Row | Refusal]:
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise Invalid(N_("This is no JSON document"), field="file") from None
    found = document.get("data") if isinstance(document, dict) else None
    if not isinstance(found, list) or not any(isinstance(one, dict) and "consists_of" in one for one in found):
        raise Invalid(N_("This is no procedure of the European Parliament’s open data"), field="file")
    for place, one in enumerate(found):
        yield from _procedure(f"/data/{place}", one, how.language)


def _procedure(where: str, found: Any, language: str) -> Iterator[Row | Refusal]:
    events = found.get("consists_of") if isinstance(found, dict) else None
    name, reference = (_text(found, "id"), _text(found, "label")) if isinstance(found, dict) else ("", "")
    if not isinstance(events, list) or not name or not reference:
        yield Refusal(where, N_("A procedure needs its id, its label and its events"))
        return
    titles = {tongue: said for tongue, said in _titles(found).items() if said}
    tongue = next((one for one in (language, *LANGUAGES) if one in titles), next(iter(titles), "en"))
    title = f"{reference}: {titles[tongue]}" if titles else reference
    cut = title if len(title) <= TITLE else title[: TITLE - 1].rsplit(" ", 1)[0] + "…"
    page = {"title": cut, "publisher": say(tongue if tongue in LANGUAGES else "en", PUBLISHER), "language": tongue, "url": _address(name)}
    yield Row(Kind.SOURCE, name, where, page)
    told = [_event(f"{where}/consists_of/{place}", event, reference, name) for place, event in enumerate(events)]
    yield from sorted(told, key=lambda one: str(one.values.get("on", "")))


def _event(where: str, event: Any, reference: str, procedure: str) -> Row | Refusal:
    if not isinstance(event, dict):
        return Refusal(where, N_("This event is an address alone: the data has neither its day nor what it was"))
    name = _text(event, "activity_id") or _text(event, "id")
    if not name:
        return Refusal(where, N_("It has no identifier"), "activity_id")
    code = _text(event, "had_activity_type").rsplit("/", 1)[-1]
    kind, words = TOLD.get(code, ACTIVITY)
    more = f" ({code})" if code and code not in TOLD else ""
    documents = sorted({one for part in ABOUT for one in _list(event.get(part)) if isinstance(one, str)})
    values: dict[str, Any] = {"family": "institutional", "kind": kind.value, "on": _text(event, "activity_date"), "proposals": [reference]}
    values |= {
        f"title_{tongue}": say(tongue, N_("%(reference)s: %(what)s"), reference=reference, what=say(tongue, words) + more)[:LINE]
        for tongue in LANGUAGES
    }
    note = "\n".join(f"{one.rsplit('/', 1)[-1]}: {_address(one)}" for one in documents[:15])[:NOTE]
    values |= {f"note_{tongue}": note for tongue in LANGUAGES}
    values["citations"] = [{"source": procedure, "locator": name[:TITLE]}]
    if len(name) <= 77:
        values["key"] = f"ep-{name}"
    return Row(Kind.ENTRY, name, where, values)


def _titles(found: dict[str, Any]) -> dict[str, str]:
    titles = found.get("process_title")
    return {one: " ".join(said.split()) for one, said in titles.items() if isinstance(said, str)} if isinstance(titles, dict) else {}


def _address(name: str) -> str:
    return name if name.startswith("https://") else BASE + name


def _text(found: dict[str, Any], name: str) -> str:
    value = found.get(name)
    return value.strip() if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
