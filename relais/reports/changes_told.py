"""The changes between two reports in the words of one language: a row each, for tables and for paper alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from relais import i18n
from relais.export.parts import Part
from relais.i18n import N_, say
from relais.reports import changes
from relais.reports.tables import Column, Row, Table
from relais.reports.telling import Telling

PARTS = {
    "proposal": N_("Proposal"), "fact": N_("Facts"), "text": N_("Text"), "stage": N_("Stage"), "position": N_("Position"),
    "event": N_("Event"), "ask": N_("Ask to a presidency"),
}  # fmt: skip
CHANGES = {
    "added": N_("added"), "moved": N_("moved"), "corrected": N_("corrected"), "changed": N_("altered"), "removed": N_("no longer told"),
}  # fmt: skip
FACTS = {
    "level": N_("Level"), "themes": N_("Themes"), "instrument": N_("Instrument"), "procedure": N_("EU procedure"), "group": N_("Group"),
    "origin": N_("Document it comes from"), "merged_into": N_("Merged into"),
}  # fmt: skip
COLUMNS = {
    "proposal": N_("Proposal"), "part": N_("Part"), "change": N_("Kind of change"), "what": N_("What"), "before": N_("Was"),
    "after": N_("Is"), "when": N_("When"), "first_day": N_("First day"), "last_day": N_("Last day"), "sources": N_("Sources"),
    "against": N_("Sources against"),
}  # fmt: skip
LEAD = N_("lead to check")
UNITED = ("groups", "themes", "presidencies", "actors", "sources")


@dataclass(frozen=True)
class Told:
    """One change: what it is about, what stood and what stands, and the numbers of the sources of what stands."""

    slug: str
    part: str
    change: str
    what: str
    before: str
    after: str
    when: str
    first: date | None
    last: date | None
    pro: tuple[int, ...]
    contra: tuple[int, ...]


class Changes(Telling):
    """What changed from one report to the other. `document` is the changes as data."""

    def __init__(self, before: Part, after: Part, language: str) -> None:
        known = {name: list({one["slug"]: one for one in (*before[name], *after[name])}.values()) for name in UNITED}
        super().__init__({**known, "meta": after["meta"]}, language)
        self.changes = changes.between(before, after)

    def title(self, proposal: Part) -> tuple[str, str]:
        """In the report’s language or in its own, and which of them."""
        titles: dict[str, str] = proposal["titles"]
        tongue = self.language if self.language in titles else proposal["original_language"]
        return titles[tongue], tongue

    def of(self, proposal: Part) -> Iterator[Told]:
        yield from (self._told(proposal, one) for one in proposal["changes"])

    def tables(self) -> list[Table]:
        """One table, and that of the sources its numbers name."""
        rows = tuple(self._row(told) for one in self.changes["proposals"] for told in self.of(one))
        heads = tuple(Column(name, say(self.language, words), name in ("before", "after")) for name, words in COLUMNS.items())
        return [Table("changes", say(self.language, "Changes"), heads, rows), self._sources()]

    def _row(self, told: Told) -> Row:
        pro, contra = (", ".join(map(str, numbers)) for numbers in (told.pro, told.contra))
        return (told.slug, told.part, told.change, told.what, told.before, told.after, told.when, told.first, told.last, pro, contra)

    def _sources(self) -> Table:
        words = {"number": N_("Number"), "title": N_("Title"), "publisher": N_("Publisher"), "address": N_("Address")}
        heads = tuple(Column(name, say(self.language, said), name == "address") for name, said in words.items())
        rows = tuple((number, one["title"], one["publisher"], one["url"]) for number, one in self.numbering.told())
        return Table("sources", say(self.language, "Sources"), heads, rows)

    # --- one change ---

    def _told(self, proposal: Part, one: Part) -> Told:
        before, after = one["before"], one["after"]
        part, change = PARTS[one["part"]], CHANGES[one["change"]]
        claim = (after or before) if one["part"] in ("stage", "position", "event") else None
        when = (claim.get("when") or claim.get("since")) if claim else None
        evidence = claim if claim and "citations" in claim else None
        return Told(
            slug=proposal["slug"],
            part=say(self.language, part),
            change=say(self.language, change),
            what=self._what(one),
            before=self._stand(one, before, old=True),
            after=self._stand(one, after, old=False),
            when=self.when(when) if when else "",
            first=when["from"] if when else None,
            last=when["to"] if when else None,
            pro=self.numbering.pro(evidence) if evidence else (),
            contra=self.numbering.contra(evidence) if evidence else (),
        )

    def _what(self, one: Part) -> str:
        known = one["after"] or one["before"]
        match one["part"]:
            case "fact":
                fact = FACTS[one["subject"]]
                return say(self.language, fact)
            case "text":
                return i18n.language_name(one["subject"], self.language)
            case "position":
                return self.name(known["actor"])
            case "event":
                return self.said(known["title"])
            case "ask":
                return str(one["subject"])
        return ""

    def _stand(self, one: Part, known: Part | None, *, old: bool) -> str:
        """What one of the two reports says there; a change of stage that is new says where it came from too."""
        if one["part"] == "stage" and known is None and old and one["after"].get("from"):
            return self.words.word(one["after"]["from"])
        if known is None:
            return ""
        match one["part"]:
            case "proposal":
                return self.words.word(known["name"])
            case "stage":
                return self.words.word(known.get("to") or known["name"])
            case "position":
                return f"{self.words.word(known['stance'])} ({self.when(known['when'])})"
            case "event":
                check = f", {say(self.language, LEAD)}" if known["lead"] else ""
                return f"{self.words.word(known['state'])} ({self.when(known['when'])}){check}"
            case "text":
                return say(self.language, "revision %(number)s", number=known["revision"])
            case "ask":
                outcome = self.said(known["outcome"])
                return f"{self.said(known['ask'])} ({outcome})" if outcome else self.said(known["ask"])
        return self._fact(one["subject"], known)

    def _fact(self, name: str, value: object) -> str:
        if isinstance(value, dict):
            return self.said(value)
        if isinstance(value, list):
            return ", ".join(str(self.names.get(slug, slug)) for slug in value)
        return self.words.word(value) if name == "level" else self.names.get(str(value), str(value))
