"""The sections of a hand-over brief on what came of proposals, and on risk and opportunity with the holders to come."""

from collections.abc import Iterator

from relais import country, i18n
from relais.presidencies.brief_shapes import Brief, Why
from web.briefs.sheet import Block, Bullets, Composer, Line, Paragraph, Span, Table, join, listed, plain


def answers(say: Composer, brief: Brief) -> Iterator[Block]:
    lines = []
    for one in brief.answers:
        extent = say.words.word(one.extent) + ("" if one.sure else f", {say.say('to check')}")
        told: Line = (say.proposal(one.proposal), Span(f"{say.words.colon} {extent}. "), say.words_of(one.title))
        why = (Span(" "), say.words_of(one.reason)) if one.reason.text else ()
        lines.append((*told, Span(", "), say.when(one.when), Span(" "), one.evidence, *why))
    yield Bullets(tuple(lines))


def risks(say: Composer, brief: Brief) -> Iterator[Block]:
    for risk in brief.risks:
        yield Paragraph((Span(say.told.risk(risk), strong=True),), "risk")
        lines = [
            (
                say.bundle(one.bundle),
                Span(f"{say.words.colon} {say.say('%(n)s of %(of)s', n=one.number, of=one.bundle.proposals)} "),
                one.evidence,
                *say.older(one.older, one.number),
            )
            for one in risk.places
        ]
        yield Bullets(tuple(lines))
    if not brief.risks:
        yield plain(_no_risk(say, brief))
    if brief.missing:
        missing = Span(f"{say.told.missing}. ", strong=True)
        yield Paragraph((missing, Span(say.say("Not recorded is not opposed: nobody has entered a position with its source yet."))))
    yield from _holders(say, brief)


def _no_risk(say: Composer, brief: Brief) -> str:
    state = country.the(brief.presidency.code, brief.presidency.state, brief.language)
    told = say.counted(
        "%%(state)s is recorded neither as opposed nor as absent on any proposal.",
        "%%(state)s are recorded neither as opposed nor as absent on any proposal.",
        country.plural(brief.presidency.code, brief.language),
    )
    told = told % {"state": state}
    return told[:1].upper() + told[1:]


def _holders(say: Composer, brief: Brief) -> Iterator[Block]:
    """This holder and the next: each level with its why."""
    head = (say.say("Holder"), say.say("Risk"), say.say("Opportunity"), say.say("Why"))
    rows = []
    for one in brief.holders:
        half = i18n.half(one.starts_on.year, 1 if one.starts_on.month < 7 else 2, brief.language)
        levels = ((Span(told),) for told in (say.words.word(one.risk), say.words.chance(one.chance)))
        whys = join(Span("; "), (_why(say, why) for why in one.whys))
        rows.append(((Span(one.state, path=f"/presidencies/{one.presidency}"), Span(f" {half}")), *levels, whys))
    if rows:
        yield plain(say.say("This holder and the next"), "subtitle")
        yield Table(head, tuple(rows), (3, 2, 3, 7))


def _why(say: Composer, why: Why) -> Line:
    if why.stance is None:
        return (Span(f"{say.say('Position not recorded')}{say.words.colon} {say.proposals(why.number)}"),)
    places = (
        (
            say.bundle(one.bundle),
            Span(f" ({say.say('%(n)s of %(of)s', n=one.number, of=one.bundle.proposals)}) "),
            one.evidence,
            *say.older(one.older, one.number),
        )
        for one in why.places
    )
    return (Span(f"{say.words.word(why.stance)}{say.words.colon} "), *listed(places))
