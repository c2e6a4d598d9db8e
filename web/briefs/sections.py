"""The sections of a hand-over brief, in the order they are told in."""

from collections.abc import Iterator

from relais import i18n
from relais.i18n import N_
from relais.presidencies.brief_names import Evidence
from relais.presidencies.brief_shapes import Backer, Brief, Cell
from web.briefs import council, risks
from web.briefs.sheet import Block, Bullets, Composer, Line, Paragraph, Section, Sheet, Span, Table, listed, plain

ROLES = {"presides": N_("presides"), "before": N_("presided before"), "after": N_("presides next")}


def sheet(brief: Brief) -> Sheet:
    """The whole brief in words."""
    say = Composer(brief)
    as_of = say.say("As of %(day)s", day=i18n.long_day(brief.as_of, brief.language)) if brief.as_of else ""
    half = i18n.half(brief.presidency.year, brief.presidency.half, brief.language)
    return Sheet(brief.language, say.told.headline, half, say.told.lead, as_of, tuple(_sections(say, brief)), brief.sources)


def _sections(say: Composer, brief: Brief) -> Iterator[Section]:
    yield Section("short", say.say("In short"), tuple(_short(say, brief)))
    if brief.previous:
        yield Section("moved", say.told.moved, tuple(_moved(say, brief)))
    if brief.answers:
        yield Section("answers", say.say("What came of proposals"), tuple(risks.answers(say, brief)))
    yield Section("backing", say.say("Who backs what"), tuple(_backing(say, brief)))
    yield Section("risks", say.say("Risks, and why"), tuple(risks.risks(say, brief)))
    yield Section("asks", say.say("Open asks"), tuple(_asks(say, brief)))
    yield Section("letters", say.say("Letters without an answer"), tuple(_letters(say, brief)))
    yield Section("leads", say.say("Leads to check"), tuple(_leads(say, brief)))
    yield Section("milestones", say.say("Milestones ahead"), tuple(_milestones(say, brief)))
    yield Section("gaps", say.say("What is not known"), tuple(_gaps(say, brief)))
    yield Section("basis", say.say("Legal basis"), tuple(_basis(say, brief)))


def _short(say: Composer, brief: Brief) -> Iterator[Block]:
    risks = [say.told.risk(risk) for risk in brief.risks]
    waiting = [
        say.counted("%(n)s open ask", "%(n)s open asks", len(brief.asks)),
        say.counted("%(n)s letter without an answer", "%(n)s letters without an answer", len(brief.letters)),
        say.counted("%(n)s lead to check", "%(n)s leads to check", len(brief.leads)),
    ]
    lines = [say.told.tally, *(f"{risk}." for risk in risks), f"{', '.join(waiting)}."]
    yield Bullets(tuple((Span(line),) for line in lines if line))


def _moved(say: Composer, brief: Brief) -> Iterator[Block]:
    if not (brief.moved or brief.others):
        yield plain(say.told.nothing, "empty")
        return
    if brief.moved:
        head = (say.say("Proposal"), say.say("Stage reached"), say.say("When"), say.say("Evidence"))
        rows = tuple(
            ((say.proposal(one.proposal),), _stage(say, one.stage, one.step), (say.when(one.when),), (one.evidence,)) for one in brief.moved
        )
        yield Table(head, rows, (5, 3, 3, 3))
    if brief.others:
        yield plain(say.say("Also recorded in that half-year"), "subtitle")
        yield Bullets(tuple(say.happening(one) for one in brief.others))


def _stage(say: Composer, stage: str, step: int) -> Line:
    word = say.words.word(stage)
    return (Span(say.say("%(step)s of 6, %(stage)s", step=step, stage=word.lower()) if step else word),)


def _backing(say: Composer, brief: Brief) -> Iterator[Block]:
    backing = brief.backing
    if not backing.bundles:
        yield plain(say.say("No position of a state, an institution or a collective is recorded yet."), "empty")
        return
    day = (
        say.say("Positions as of %(day)s", day=i18n.long_day(backing.day, brief.language))
        if backing.day
        else say.say("Positions recorded so far")
    )
    yield plain(f"{day}.", "muted")
    head = [
        say.bundle(bundle).text + (f" ({say.proposals(bundle.proposals)})" if bundle.proposals > 1 else "") for bundle in backing.bundles
    ]
    rows = tuple(((_who(say, line), *(_cell(say, line, cell) for cell in line.cells))) for line in backing.lines)
    yield Table((say.say("Who"), *head), rows, (3, *(2 for _ in head)))
    if backing.silent:
        names = [
            (say.bundle(bundle), *((Span(f" ({say.proposals(bundle.proposals)})"),) if bundle.proposals > 1 else ()))
            for bundle in backing.silent
        ]
        yield Paragraph((Span(say.say("No state, institution or collective is recorded on:") + " "), *listed(names), Span(".")), "muted")
    if brief.council:
        yield from council.told(say, brief.council)


def _who(say: Composer, line: Backer) -> Line:
    if line.role == "states":
        return (Span(say.counted("%(n)s other member state", "%(n)s other member states", line.number)),)
    if line.role == "organisations":
        return (Span(say.counted("%(n)s organisation", "%(n)s organisations", line.number)),)
    name = Span(line.name, path=f"/actors/{line.slug}")
    if line.role in ROLES:
        return (name, Span(f" ({say.say(ROLES[line.role])})"))
    return (name, Span(f" ({say.say('%(n)s, unnamed', n=i18n.number(line.size, say.brief.language))})")) if line.size else (name,)


def _cell(say: Composer, line: Backer, cell: Cell) -> Line:
    found = []
    for one in cell.shares:
        word = say.words.word(one.stance) if one.stance else say.say("Not recorded")
        if line.role in ("states", "organisations"):
            word += f" {i18n.number(one.number, say.brief.language)}" if one.stance else ""
        elif one.number < cell.of:
            word += f" {say.say('on %(n)s of %(of)s', n=one.number, of=cell.of)}"
        found.append((Span(word), *((Span(" "), one.evidence, *say.older(one.older, one.number)) if one.stance else ())))
    return listed(found)


def _asks(say: Composer, brief: Brief) -> Iterator[Block]:
    if not brief.asks:
        yield plain(say.say("No ask without an outcome is recorded here."), "empty")
        return
    halves = {term.slug: i18n.half(term.year, term.half, brief.language) for term in (brief.previous, brief.presidency) if term}
    head = (say.say("Proposal"), say.say("Ask"), say.say("To"), say.say("Who leads"), say.say("Presidency"))
    rows = []
    for one in brief.asks:
        asked: Line = (say.words_of(one.ask), *((Span(" "), say.words_of(one.note)) if one.note.text else ()))
        if not one.public:
            asked = (*asked, Span(f" ({say.say('for the group only')})"))
        half = halves[one.presidency] + (f", {say.say('carried over')}" if one.carried else "")
        rows.append(((say.proposal(one.proposal),), asked, (Span(", ".join(one.targets)),), (say.words_of(one.lead),), (Span(half),)))
    yield Table(head, tuple(rows), (4, 6, 3, 3, 3))


def _letters(say: Composer, brief: Brief) -> Iterator[Block]:
    if not brief.letters:
        yield plain(say.say("No letter without an answer is recorded."), "empty")
        return
    lines = []
    for one in brief.letters:
        to = (Span(f" {say.say('To %(whom)s.', whom=one.to)}"),) if one.to else ()
        private = () if one.public else (Span(f" ({say.say('for the group only')})"),)
        lines.append((*say.happening(one.entry), *to, *private))
    yield Bullets(tuple(lines))


def _leads(say: Composer, brief: Brief) -> Iterator[Block]:
    if not brief.leads:
        yield plain(say.say("No lead waits to be checked."), "empty")
        return
    yield plain(say.say("A possible link each, until an editor confirms it or rejects it."), "muted")
    yield Bullets(tuple(say.happening(one) for one in brief.leads))


def _milestones(say: Composer, brief: Brief) -> Iterator[Block]:
    takes_over = (Span(f"{i18n.day(brief.presidency.starts_on, brief.language)}{say.words.colon} {say.told.takes_over} "),)
    first: Line = (*takes_over, *((brief.starts,) if brief.starts.pro or brief.starts.contra else ()))
    lines = [first, *(say.happening(one) for one in brief.milestones)]
    if brief.following:
        lines.append((Span(f"{i18n.day(brief.following.starts_on, brief.language)}{say.words.colon} {say.told.handover}"),))
    lines += [say.happening(one) for one in brief.ahead]
    yield Bullets(tuple(lines))
    if not brief.milestones:
        yield plain(say.say("No milestone of this half-year is recorded."), "empty")
    if not brief.following:
        basis = Evidence(pro=(brief.basis,))
        yield Paragraph((Span(say.say("The known calendar ends here. What follows is for the Council to decide.") + " "), basis))


def _gaps(say: Composer, brief: Brief) -> Iterator[Block]:
    gaps = brief.gaps
    told = (
        (N_("Nothing recorded in the half-year that ends"), gaps.silent),
        (N_("No position of the presiding state"), gaps.unheard),
        (N_("A claim told here has no source yet"), gaps.unsourced),
        (N_("Sources contradict each other"), gaps.disputed),
    )
    lines = [
        (Span(f"{say.say(words)}, {say.proposals(about.number)}", strong=True), Span(f"{say.words.colon} "), *say.about(about))
        for words, about in told
        if about.number
    ]
    yield Bullets(tuple(lines)) if lines else plain(say.say("Of what is told here, nothing is missing and nothing disputed."), "empty")


def _basis(say: Composer, brief: Brief) -> Iterator[Block]:
    basis = next(source for source in brief.sources if source.number == brief.basis)
    known = say.say(
        "Known since %(day)s. Trio: %(codes)s.", day=i18n.long_day(brief.known_on, brief.language), codes=", ".join(brief.presidency.trio)
    )
    yield Paragraph((Span(basis.title, basis.language), Span(" "), Evidence(pro=(brief.basis,)), Span(f" {known}")))
    if brief.note.text:
        yield Paragraph((say.words_of(brief.note),), "muted")
