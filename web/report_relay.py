"""The relay of a report as a table that every form can hold: a proposal in each row, a presidency in each column."""

from collections.abc import Iterator
from datetime import date

from models.proposal import Stage
from relais import i18n
from relais.export.parts import Part
from relais.reports.telling import Telling, standing
from web.brief_sheet import Block, Line, Span, Table, plain

MOST = 10  # columns that paper has room for: of a longer period the last


def blocks(report: Telling) -> Iterator[Block]:
    terms = _terms(report)
    if not terms:
        yield plain(i18n.say(report.language, "Nothing of it falls in a known presidency."), "empty")
        return
    head = (i18n.say(report.language, "Proposal"), *(_head(term, report.language) for term in terms))
    rows = tuple((_name(report, one), *(_cell(report, one, term) for term in terms)) for one in report.document["proposals"])
    yield Table(head, rows, (4, *(1 for _ in terms)))
    yield plain(
        i18n.say(report.language, "A figure is the stage reached then, of 6; +2: two events; ?1: one lead to check; –: nothing recorded."),
        "muted",
    )


def _terms(report: Telling) -> list[Part]:
    """From the first presidency something of it falls in to the last of the period, or to the last something falls in."""
    terms = report.document["presidencies"]
    told = [term for term in terms if any(_cell(report, one, term) != NOTHING for one in report.document["proposals"])]
    asked = report.document["meta"]["selection"]
    if not told:
        return []
    first = told[0]["starts_on"] if not asked["from"] else terms[0]["starts_on"]
    last = told[-1]["starts_on"] if not asked["to"] else terms[-1]["starts_on"]
    return [term for term in terms if first <= term["starts_on"] <= last][-MOST:]


NOTHING: Line = (Span("–"),)


def _cell(report: Telling, one: Part, term: Part) -> Line:
    steps = [move for move in standing(one["moves"]) if _falls_in(move["when"], term)]
    links = {link["key"]: link["lead"] for link in one["entries"]}
    dated = [entry for entry in standing(report.document["entries"]) if entry["key"] in links and _falls_in(entry["when"], term)]
    leads = sum(links[entry["key"]] for entry in dated)
    told = [Span(_step(report, steps[-1]), strong=True)] if steps else []
    told += [Span(f"+{len(dated) - leads}")] if len(dated) > leads else []
    told += [Span(f"?{leads}")] if leads else []
    return tuple(part for number, span in enumerate(told) for part in ((Span(" "), span) if number else (span,))) or NOTHING


def _step(report: Telling, move: Part) -> str:
    step = Stage(move["to"]).step
    return str(step) if step else report.words.word(move["to"])


def _falls_in(when: Part, term: Part) -> bool:
    """A date too coarse to fall in one presidency falls in none; of “by a day” that day is known."""
    first: date | None = when["from"] or when["to"]
    return first is not None and term["starts_on"] <= first and when["to"] <= term["ends_on"]


def _head(term: Part, language: str) -> str:
    return f"{term['code']} {i18n.half(term['starts_on'].year, 1 if term['starts_on'].month < 7 else 2, language)}"


def _name(report: Telling, one: Part) -> Line:
    tongue = report.language if report.language in one["texts"] else one["original_language"]
    return (Span(report.text(one)["title"], tongue, f"/proposals/{one['slug']}"),)
