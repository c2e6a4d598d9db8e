"""A report as the sections of a sheet: the page shows them, Word, PDF and Markdown write them."""

from collections.abc import Iterator
from datetime import date

from models.position import Side
from relais import i18n
from relais.export.parts import Part
from relais.i18n import counted, say
from relais.markdown import plain_blocks
from relais.positions import arithmetic
from relais.presidencies.brief_names import Evidence
from relais.presidencies.brief_shapes import Source
from relais.reports.changes_told import LEAD
from relais.reports.selection import Section
from relais.reports.telling import Telling, on_older_text, standing
from web import report_relay
from web.briefs.sheet import Block, Bullets, Line, Sheet, Span, Table, plain
from web.briefs.sheet import Section as Told
from web.council_words import CouncilWords


def sheet(document: Part, language: str, as_of: date | None, day: date) -> Sheet:
    """The whole report in words, with the relay as on `day`."""
    return _Composer(document, language, day).sheet(as_of)


class _Composer(Telling):
    def __init__(self, document: Part, language: str, day: date) -> None:
        super().__init__(document, language)
        self.day = day

    def sheet(self, as_of: date | None) -> Sheet:
        number = len(self.document["proposals"])
        title = counted(self.language, "%(n)s proposal on the relay", "%(n)s proposals on the relay", number)
        told = self._("As of %(day)s", day=i18n.long_day(as_of, self.language)) if as_of else ""
        sections = tuple(self._sections())
        return Sheet(self.language, title, self._period(), self._lead(), told, sections, tuple(self._sources()))

    def _(self, message: str, **values: object) -> str:
        return say(self.language, message, **values)

    def _period(self) -> str:
        asked = self.document["meta"]["selection"]
        names = {term["slug"]: self._half(term) for term in self.document["presidencies"]}
        first, last = names.get(asked["from"], ""), names.get(asked["to"], "")
        if first and last:
            return self._("From %(first)s to %(last)s", first=first, last=last)
        return self._("Since %(first)s", first=first) if first else self._("Until %(last)s", last=last) if last else ""

    def _half(self, term: Part) -> str:
        return i18n.half(term["starts_on"].year, 1 if term["starts_on"].month < 7 else 2, self.language)

    def _lead(self) -> str:
        entries, positions = (
            standing(self.document["entries"]),
            [p for one in self.document["proposals"] for p in standing(one["positions"])],
        )
        told = [
            counted(self.language, "%(n)s position", "%(n)s positions", len(positions)) if Section.POSITIONS in self.asked else "",
            counted(self.language, "%(n)s event", "%(n)s events", len(entries)) if Section.TIMELINE in self.asked else "",
            counted(self.language, "%(n)s source", "%(n)s sources", len(self.document["sources"])) if Section.SOURCES in self.asked else "",
        ]
        return ", ".join(filter(None, told)) + "." if any(told) else ""

    def _sections(self) -> Iterator[Told]:
        if self.document["proposals"]:
            yield Told("short", self._("In short"), (self._short(),))
            if Section.TIMELINE in self.asked or Section.STAGES in self.asked:
                yield Told("relay", self._("The relay"), (report_relay.block(self, self.day),))
        for one in self.document["proposals"]:
            yield Told(one["slug"], self.text(one)["title"], tuple(self._proposal(one)))

    def _short(self) -> Table:
        head = self._("Proposal"), self._("Stage"), self._("Since"), self._("In favour")
        rows = tuple(
            (
                (self._named(one),),
                (Span(self._stage(one["stage"]["name"], one["stage"]["number"])),),
                (Span(self.when(one["stage"]["since"])),),
                (Span(self._favour(one)),),
            )
            for one in self.document["proposals"]
        )
        return Table(head, rows, (6, 3, 3, 3))

    def _named(self, one: Part) -> Span:
        text = self.text(one)
        tongue = self.language if self.language in one["texts"] else one["original_language"]
        return Span(text["title"], tongue, f"/proposals/{one['slug']}")

    def _stage(self, stage: str, step: int | None) -> str:
        word = self.words.word(stage)
        return self._("%(step)s of 6, %(stage)s", step=step, stage=word.lower()) if step else word

    def _favour(self, one: Part) -> str:
        """How many actors; those a source only counts, such as 19 states, stand beside."""
        if Section.POSITIONS not in self.asked:
            return "–"
        held = [given for given in standing(one["positions"]) if given["current"] and given["stance"] in ("initiated", "supports")]
        sizes = [size for given in held if (size := self.actors[given["actor"]]["size"])]
        named = counted(self.language, "%(n)s actor", "%(n)s actors", len(held) - len(sizes))
        return ", ".join([named, *(self._("%(size)s together, not named", size=size) for size in sizes)])

    # --- one proposal ---

    def _proposal(self, one: Part) -> Iterator[Block]:
        text = self.text(one)
        if text["summary"]:
            yield plain(text["summary"])
        yield from self._body(text["body"])
        stage = self._stage(one["stage"]["name"], one["stage"]["number"])
        facts = f"{self._('Stage')}{self.words.colon} {stage}. {self._('Group')}{self.words.colon} {self.names[one['group']]}."
        yield plain(facts, "muted")
        yield from self._told(self._("Changes of stage"), [self._move(move) for move in standing(one["moves"])])
        yield from self._told(self._("Who stands where"), self._stances(one))
        if one["council"]:
            yield plain(self._("In the Council"), "subtitle")
            yield self._council(one["council"])
        yield from self._told(self._("Timeline"), self._timeline(one))
        yield from self._told(self._("Asks to presidencies"), [self._ask(leg) for leg in one["legs"]])

    def _body(self, body: str) -> Iterator[Block]:
        for kind, texts in plain_blocks(body):
            if kind == "list":
                yield Bullets(tuple((Span(text),) for text in texts))
            else:
                yield plain(" ".join(texts), "subtitle" if kind == "heading" else "")

    def _told(self, title: str, lines: list[Line]) -> Iterator[Block]:
        if lines:
            yield plain(title, "subtitle")
            yield Bullets(tuple(lines))

    def _evidence(self, claim: Part) -> Evidence:
        return Evidence(pro=self.numbering.pro(claim), contra=self.numbering.contra(claim))

    def _move(self, move: Part) -> Line:
        reason = self.said(move["reason"])
        word = self.words.word(move["to"])
        return (Span(f"{self.when(move['when'])}{self.words.colon} {word}. {reason}".strip() + " "), self._evidence(move))

    def _stances(self, one: Part) -> list[Line]:
        """Who says the same on the same day by the same sources stands in one line."""
        together: dict[tuple[str, str, bool, Evidence], list[str]] = {}
        for given in standing(one["positions"]):
            if given["current"]:
                key = (given["stance"], self.when(given["when"]), on_older_text(given), self._evidence(given))
                together.setdefault(key, []).append(self.name(given["actor"]))
        lines: list[Line] = []
        for (stance, when, older, evidence), names in together.items():
            who = ", ".join(sorted(names))
            told = f" ({self._('given on an older text')})" if older else ""
            lines.append((Span(f"{self.words.word(stance)}{self.words.colon} ", strong=True), Span(f"{who}; {when}{told} "), evidence))
        return lines

    def _timeline(self, one: Part) -> list[Line]:
        entries = {entry["key"]: entry for entry in standing(self.document["entries"])}
        mine = [(entries[link["key"]], link["lead"]) for link in one["entries"] if link["key"] in entries]
        mine.sort(key=lambda pair: (pair[0]["when"]["from"] or pair[0]["when"]["to"] or date.max, pair[0]["key"]))
        return [self._entry(entry, lead=lead) for entry, lead in mine]

    def _entry(self, entry: Part, *, lead: bool) -> Line:
        state = f"{self.words.word(entry['state'])}{self.words.colon} " if entry["state"] != "done" else ""
        check = f" ({self._(LEAD)})" if lead else ""
        return (Span(f"{self.when(entry['when'])}{self.words.colon} {state}{self.said(entry['title'])}{check} "), self._evidence(entry))

    def _ask(self, leg: Part) -> Line:
        outcome = self.said(leg["outcome"])
        came = f" {self._('Outcome')}{self.words.colon} {outcome}" if outcome else ""
        return (Span(f"{leg['presidency']}{self.words.colon} ", strong=True), Span(self.said(leg["ask"]) + came))

    def _council(self, council: Part) -> Table:
        words = CouncilWords(self.language)
        rows = []
        for side, name in ((Side.SUPPORTS, "supports"), (Side.OPPOSES, "opposes")):
            some = council[name]
            weight = arithmetic.Weight(some["states"], council["members"], some["people"] or 0, council["people"] or 0)
            missing = words.majority(weight) if side is Side.SUPPORTS else words.blocking(weight)
            share = words.share(weight) if council["people"] else "–"
            rows.append(tuple((Span(cell),) for cell in (words.side(side), words.states(weight), share, missing)))
        head = self._("Side"), self._("States"), self._("Share of the people"), self._("What is missing")
        return Table(head, tuple(rows), (4, 3, 3, 7))

    def _sources(self) -> Iterator[Source]:
        for number, one in self.numbering.told():
            yield Source(
                number=number,
                **{name: one[name] for name in ("slug", "title", "language", "publisher", "url", "retrieved_on")},
                published=one["published"]["date"] or "",
            )
