"""The changes between two reports as the sections of a sheet, which page, Word, PDF and Markdown are made from."""

from relais import i18n
from relais.i18n import counted, say
from relais.presidencies.brief_names import Evidence
from relais.presidencies.brief_shapes import Source
from relais.reports.changes_told import Changes, Told
from web.briefs.sheet import Bullets, Line, Section, Sheet, Span


def sheet(told: Changes) -> Sheet:
    language, proposals = told.language, told.changes["proposals"]
    number = sum(len(one["changes"]) for one in proposals)
    about = counted(language, "%(n)s proposal", "%(n)s proposals", len(proposals))
    sections = tuple(_section(told, one) for one in proposals)
    title = counted(language, "%(n)s change", "%(n)s changes", number)
    return Sheet(language, title, _between(told), f"{about}." if proposals else "", "", sections, _sources(told))


def _section(told: Changes, proposal: dict[str, object]) -> Section:
    lines = tuple(_line(told, one) for one in told.of(proposal))
    return Section(str(proposal["slug"]), told.title(proposal)[0], (Bullets(lines),))


def _line(told: Changes, one: Told) -> Line:
    """“Position, corrected: France: Supports (June 2022) → Opposes (1 July 2022) [2]”."""
    colon = told.words.colon
    step = " → ".join(filter(None, (one.before, one.after))) if one.before != one.after else one.after
    when = f"; {one.when}" if one.when and one.when not in step else ""
    about = f"{one.what}{colon} {step}" if one.what and step else one.what or step
    numbers = (Span(" "), Evidence(pro=one.pro, contra=one.contra)) if one.pro or one.contra else ()
    return (Span(f"{one.part}, {one.change}{colon} ", strong=True), Span(f"{about}{when}"), *numbers)


def _between(told: Changes) -> str:
    """From which day to which; without a day, from the act of the record the report knew last."""
    return f"{_day(told, 'before')} → {_day(told, 'after')}"


def _day(told: Changes, which: str) -> str:
    meta = told.changes[which]
    if meta["as_of"]:
        return i18n.long_day(meta["as_of"], told.language)
    return say(told.language, "act %(n)s of the record", n=meta["state"])


def _sources(told: Changes) -> tuple[Source, ...]:
    return tuple(
        Source(
            number=number,
            **{name: one[name] for name in ("slug", "title", "language", "publisher", "url", "retrieved_on")},
            published=one["published"]["date"] or "",
        )
        for number, one in told.numbering.told()
    )
