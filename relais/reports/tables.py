"""A report as tables in one language: what the sheets of a workbook and the CSV files hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from relais import i18n
from relais.export.parts import Part
from relais.i18n import N_, say
from relais.reports.selection import Section
from relais.reports.telling import Telling, on_older_text, standing
from relais.settings import settings

Cell = str | int | date | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """`wide` is for prose."""

    name: str
    words: str
    wide: bool = False


@dataclass(frozen=True)
class Table:
    """`name` is that of its file and of its address; `words` that of its sheet."""

    name: str
    words: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


# Columns by their name in files, which is the same in every language, and their words on a sheet.
PROPOSALS = {
    "proposal": N_("Proposal"), "title": N_("Title"), "summary": N_("Summary"), "stage": N_("Stage"), "step": N_("Step of 6"),
    "since": N_("Since"), "level": N_("Level"), "group": N_("Group"), "themes": N_("Themes"), "instrument": N_("Instrument"),
    "procedure": N_("EU procedure"), "address": N_("Address"),
}  # fmt: skip
WHEN = {"when": N_("When"), "first_day": N_("First day"), "last_day": N_("Last day")}
EVIDENCE = {"contested": N_("Contested"), "sources": N_("Sources"), "against": N_("Sources against"), "recorded_at": N_("Recorded")}
STAGES = {"proposal": N_("Proposal"), "from": N_("From"), "to": N_("To"), **WHEN, "reason": N_("Reason"), **EVIDENCE}
POSITIONS = {
    "proposal": N_("Proposal"), "actor": N_("Actor"), "kind": N_("Kind"), "size": N_("Size"), "stance": N_("Position"),
    "current": N_("Where it stands now"), "on_older_text": N_("Given on an older text"), **WHEN, "note": N_("Note"), **EVIDENCE,
}  # fmt: skip
TIMELINE = {
    "event": N_("Event"), "title": N_("Title"), "family": N_("Family"), "kind": N_("Kind"), "state": N_("State"), **WHEN,
    "proposals": N_("Proposals"), "to_check": N_("Leads to check"), "actor": N_("Actor"), "note": N_("Note"), "outcome": N_("Outcome"),
    **EVIDENCE,
}  # fmt: skip
ASKS = {
    "proposal": N_("Proposal"), "presidency": N_("Presidency"), "ask": N_("What is asked"), "targets": N_("Addressed to"),
    "outcome": N_("Outcome"), "carried_from": N_("Carried from"),
}  # fmt: skip
TEXTS = {"proposal": N_("Proposal"), "language": N_("Language"), "title": N_("Title"), "revision": N_("Revision"), "body": N_("Text")}
SOURCES = {
    "number": N_("Number"), "title": N_("Title"), "publisher": N_("Publisher"), "published": N_("Published"), "language": N_("Language"),
    "retrieved": N_("Retrieved"), "address": N_("Address"), "source": N_("Source"),
}  # fmt: skip

PROSE = {"summary", "reason", "note", "outcome", "ask", "body", "address"}


def of(document: Part, language: str) -> list[Table]:
    """The tables of the parts that were asked for, the sources last: a claim names them by number."""
    return list(_Teller(document, language).tables())


class _Teller(Telling):
    def tables(self) -> Iterator[Table]:
        yield self._table("proposals", N_("Proposals"), PROPOSALS, self._proposals())
        if Section.STAGES in self.asked:
            yield self._table("stages", N_("Changes of stage"), STAGES, self._stages())
        if Section.POSITIONS in self.asked:
            yield self._table("positions", N_("Positions"), POSITIONS, self._positions())
            yield self._matrix()
        if Section.TIMELINE in self.asked:
            yield self._table("timeline", N_("Timeline"), TIMELINE, self._timeline())
        if Section.ASKS in self.asked:
            yield self._table("asks", N_("Asks to presidencies"), ASKS, self._asks())
        if Section.TEXTS in self.asked:
            yield self._table("texts", N_("Texts"), TEXTS, self._texts())
        if Section.SOURCES in self.asked:
            yield self._table("sources", N_("Sources"), SOURCES, self._sources())

    def _table(self, name: str, words: str, columns: dict[str, str], rows: Iterator[Row]) -> Table:
        heads = tuple(Column(key, say(self.language, said), key in PROSE) for key, said in columns.items())
        return Table(name, say(self.language, words), heads, tuple(rows))

    # --- rows ---

    def _proposals(self) -> Iterator[Row]:
        for one in self.document["proposals"]:
            text, stage = self.text(one), one["stage"]
            themes = ", ".join(self.names[theme] for theme in one["themes"])
            address = f"{settings().base_url}/{self.language}/proposals/{one['slug']}"
            yield (
                one["slug"], text["title"], text["summary"], self.words.word(stage["name"]), stage["number"], self.when(stage["since"]),
                self.words.word(one["level"]), self.names[one["group"]], themes, self.said(one["instrument"]), one["procedure"], address,
            )  # fmt: skip

    def _stages(self) -> Iterator[Row]:
        for one in self.document["proposals"]:
            for move in standing(one["moves"]):
                start = self.words.word(move["from"]) if move["from"] else ""
                yield (
                    one["slug"],
                    start,
                    self.words.word(move["to"]),
                    *self._dates(move),
                    self.said(move["reason"]),
                    *self._evidence(move),
                )

    def _positions(self) -> Iterator[Row]:
        for one in self.document["proposals"]:
            for given in standing(one["positions"]):
                actor = self.actors[given["actor"]]
                who = self.name(given["actor"]), self.words.word(actor["kind"]), actor["size"]
                stands = self.words.word(given["stance"]), self._yes(given["current"]), self._yes(on_older_text(given))
                yield (one["slug"], *who, *stands, *self._dates(given), self.said(given["note"]), *self._evidence(given))

    def _matrix(self) -> Table:
        """Who stands where now: an actor in each row, a proposal in each column; empty where nothing is recorded."""
        proposals = self.document["proposals"]
        held = {(given["actor"], one["slug"]): given["stance"] for one in proposals for given in one["positions"] if given["current"]}
        actors = sorted({actor for actor, _ in held}, key=self.name)
        heads = (Column("actor", say(self.language, "Actor")), *(Column(one["slug"], self.text(one)["title"]) for one in proposals))
        rows = tuple((self.name(who), *(self._stance(held.get((who, one["slug"]))) for one in proposals)) for who in actors)
        return Table("backers", say(self.language, "Who backs what"), heads, rows)

    def _timeline(self) -> Iterator[Row]:
        told = {one["slug"] for one in self.document["proposals"]}
        for entry in standing(self.document["entries"]):
            links = [link for link in entry["proposals"] if link["slug"] in told]
            sure, leads = (", ".join(link["slug"] for link in links if link["lead"] is lead) for lead in (False, True))
            kinds = self.words.word(entry["family"]), self.words.word(entry["kind"]), self.words.word(entry["state"])
            who = self.name(entry["actor"]) if entry["actor"] else ""
            prose = self.said(entry["note"]), self.said(entry["outcome"])
            yield (entry["key"], self.said(entry["title"]), *kinds, *self._dates(entry), sure, leads, who, *prose, *self._evidence(entry))

    def _asks(self) -> Iterator[Row]:
        for one in self.document["proposals"]:
            for leg in one["legs"]:
                targets = ", ".join(map(self.name, leg["targets"]))
                yield (one["slug"], leg["presidency"], self.said(leg["ask"]), targets, self.said(leg["outcome"]), leg["carried_from"] or "")

    def _texts(self) -> Iterator[Row]:
        for one in self.document["proposals"]:
            for tongue, text in one["texts"].items():
                yield (one["slug"], i18n.language_name(tongue, self.language), text["title"], text["revision"], text["body"])

    def _sources(self) -> Iterator[Row]:
        for number, one in self.numbering.told():
            told = one["title"], one["publisher"], self.when(one["published"]), i18n.language_name(one["language"], self.language)
            yield (number, *told, one["retrieved_on"], one["url"], one["slug"])

    # --- cells ---

    def _stance(self, stance: Any) -> str:
        return self.words.word(stance) if stance else ""

    def _dates(self, claim: Part) -> Row:
        return self.when(claim["when"]), claim["when"]["from"], claim["when"]["to"]

    def _yes(self, value: bool) -> str:
        return say(self.language, "yes") if value else say(self.language, "no")

    def _evidence(self, claim: Part) -> Row:
        pro, contra = (", ".join(map(str, numbers)) for numbers in (self.numbering.pro(claim), self.numbering.contra(claim)))
        return (
            self._yes(claim["contested"]),
            pro or say(self.language, "no source yet"),
            contra,
            date.fromisoformat(claim["recorded_at"][:10]),
        )
