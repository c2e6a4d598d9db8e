"""The relay picture of a report, drawn from its document alone: the same of the record as it stands and of what was frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.entry import EntryState
from models.partial_date import PartialDate, Precision
from models.position import Stance
from models.proposal import Stage
from relais import country, relay
from relais.export.parts import Part
from relais.i18n import say
from relais.presidencies import Calendar, Term
from relais.relay import Picture, lines
from relais.relay.lines import CellKind, Happening, Line
from relais.reports.selection import Section
from relais.reports.telling import Telling, standing


@dataclass(frozen=True)
class Drawn:
    """What the relay has to know of a proposal."""

    id: int
    slug: str
    title: str
    language: str
    stage: Stage
    origin: str | None
    origin_title: str
    origin_language: str
    group_id: int = 0
    public: bool = True


@dataclass(frozen=True)
class Held:
    """What the relay has to know of a position of a state that presides."""

    id: int
    proposal_id: int
    actor_id: int
    stance: Stance
    effective_on: date | None
    effective_until: date | None
    precision: Precision
    supersedes_id: int | None = None


def of(report: Telling, day: date) -> Picture:
    """As on `day`, over at most as many presidencies as the relay shows: those something falls in, the current one and the next two."""
    calendar = Calendar(tuple(_term(report, number, one) for number, one in enumerate(report.document["presidencies"])))
    lined = [_line(report, calendar, _row(report, number, one), one, day) for number, one in enumerate(report.document["proposals"])]
    terms = _terms(report, calendar, [line for _, line in lined], day)
    picture = relay.composed(calendar, lined, list(_held(report, calendar)), report.language, day=day, terms=terms)
    if Section.POSITIONS not in report.asked:
        for bundle in picture.bundles:
            bundle.stands = dict.fromkeys(bundle.stands)
    return picture


def _terms(report: Telling, calendar: Calendar, drawn: list[Line], day: date) -> tuple[Term, ...]:
    """From the first presidency something falls in to the next but one, unless the period says; of more than there is room for the last."""
    told = [cell.term for line in drawn for cell in line.cells if cell.happenings]
    if not told or not calendar.terms:
        return ()
    asked = report.document["meta"]["selection"]
    begun = [term for term in calendar.terms if term.starts_on <= day]
    near = calendar.terms[min(len(begun) + relay.AHEAD, len(calendar.terms)) - 1]
    begin = min(term.starts_on for term in told)
    first = calendar.terms[0].starts_on if asked["from"] else begin
    last = calendar.terms[-1].starts_on if asked["to"] else max(near.starts_on, begin)
    return tuple(term for term in calendar.terms if first <= term.starts_on <= last)[-relay.WIDTH :]


def _term(report: Telling, number: int, one: Part) -> Term:
    actor = report.actors.get(one["state"])
    names = actor["names"] if actor else {report.language: country.name(one["code"], report.language)}
    return Term(one["slug"], one["code"], number, one["state"], names, one["starts_on"], one["ends_on"], tuple(one["trio"]))


def _row(report: Telling, number: int, one: Part) -> Drawn:
    sources = {source["slug"]: source for source in report.document["sources"]}
    origin = sources.get(one["origin"])
    tongue = report.language if report.language in one["texts"] else one["original_language"]
    title, stage = report.text(one)["title"], Stage(one["stage"]["name"])
    told = (origin["slug"], origin["title"], origin["language"]) if origin else (None, "", "")
    return Drawn(number, one["slug"], title, tongue, stage, *told)


def _line(report: Telling, calendar: Calendar, row: Drawn, one: Part, day: date) -> tuple[Drawn, Line]:
    happenings = [*_before(report, calendar, one), *_moves(report, one), *_entries(report, one), *_asks(report, calendar, one, day)]
    return row, relay.line(calendar, row, happenings, day)


def _before(report: Telling, calendar: Calendar, one: Part) -> Iterator[Happening]:
    """Where it stood when the period began: a report of a period tells no change of stage from before."""
    if not calendar.terms or not report.document["meta"]["selection"]["from"]:
        return
    eve = calendar.terms[0].starts_on - timedelta(days=1)
    moves, since = sorted(standing(one["moves"]), key=lambda move: _when(move).order()), one["stage"]["since"]["to"]
    stood = moves[0]["from"] if moves else one["stage"]["name"] if since and since <= eve else None
    if stood:
        yield Happening(lines.happening_of_stage(Stage(stood)), PartialDate(eve, precision=Precision.DAY), "", "", Stage(stood))


def _moves(report: Telling, one: Part) -> Iterator[Happening]:
    for move in standing(one["moves"]):
        stage = Stage(move["to"])
        kind, words = lines.happening_of_stage(stage), report.said(move["reason"])
        yield Happening(kind, _when(move), words, report.said(move["label"]), stage, bool(move["citations"]), report.language)


def _entries(report: Telling, one: Part) -> Iterator[Happening]:
    told = {entry["key"]: entry for entry in standing(report.document["entries"])}
    for link in one["entries"]:
        entry = told.get(link["key"])
        kind = lines.happening_of_entry(EntryState(entry["state"]), link["lead"]) if entry else None
        if entry and kind:
            words, label, sourced = report.said(entry["title"]), report.said(entry["label"]), bool(entry["citations"])
            yield Happening(kind, _when(entry), words, label, None, sourced, report.language, link["extent"])


def _asks(report: Telling, calendar: Calendar, one: Part, day: date) -> Iterator[Happening]:
    """What is still asked of the presidency of that day and of those to come."""
    asked = {term.slug: term for term in calendar.terms if term.ends_on >= day}
    for leg in one["legs"]:
        if leg["presidency"] in asked and not any(leg["outcome"].values()):
            half = PartialDate(asked[leg["presidency"]].starts_on, precision=Precision.HALF_YEAR)
            yield Happening(CellKind.PLANNED, half, report.said(leg["ask"]), say(report.language, "Ask"), language=report.language)


def _held(report: Telling, calendar: Calendar) -> Iterator[Held]:
    """The positions of the states that preside. A state presides again: each of its terms has a number of its own."""
    terms: dict[str, list[Term]] = {}
    for term in calendar.terms:
        terms.setdefault(term.actor, []).append(term)
    for number, one in enumerate(report.document["proposals"]):
        for given in standing(one["positions"]):
            for term in terms.get(given["actor"], ()):
                when = _when(given)
                yield Held(given["id"], number, term.actor_id, Stance(given["stance"]), when.on, when.until, when.precision)


def _when(claim: Part) -> PartialDate:
    return PartialDate.parse(claim["when"]["date"] or "")
