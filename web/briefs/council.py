"""The part of a hand-over brief on what the Council would count: who is in favour, who is opposed, and what either side lacks."""

from collections.abc import Iterator

from models.position import Side
from relais.presidencies.brief_council import Council, Reckoned
from relais.presidencies.brief_names import Evidence
from web.briefs.sheet import Block, Composer, Line, Paragraph, Span, Table, plain
from web.council_words import CouncilWords


def told(say: Composer, council: Council) -> Iterator[Block]:
    words = CouncilWords(say.brief.language)
    yield plain(say.say("In the Council"), "subtitle")
    for one in council.proposals:
        yield Paragraph((*say.about(one.about), Span(say.words.colon)), "above")
        yield _table(say, words, council, one)
        yield plain(words.rest(one) + (f" {words.unnamed(one)}" if one.unnamed else ""), "muted")
    yield Paragraph(
        (Span(f"{words.rule} "), *_number(council.rule), Span(f" {words.people(council)} "), *_number(council.figures)), "muted"
    )


def _table(say: Composer, words: CouncilWords, council: Council, one: Reckoned) -> Table:
    """The share of the people has a column where the people are known."""
    supports, either, opposes = (council.weight(some) for some in (one.supports, one.with_conditions_too, one.opposes))
    sides = [(words.side(Side.SUPPORTS), supports, words.majority(supports))]
    if either.states > supports.states:
        sides.append((words.conditions, either, words.majority(either)))
    sides.append((words.side(Side.OPPOSES), opposes, words.blocking(opposes)))
    rows = [(side, words.states(weight), words.share(weight), missing) for side, weight, missing in sides]
    head = (say.say("Side"), say.say("States"), say.say("Share of the people"), say.say("What is missing"))
    told = range(4) if council.total else (0, 1, 3)
    return Table(
        tuple(head[place] for place in told),
        tuple(tuple((Span(row[place]),) for place in told) for row in rows),
        tuple((4, 3, 3, 7)[place] for place in told),
    )


def _number(found: Evidence) -> Line:
    return (found,) if found.pro else ()
