"""Parts of a hand-over brief, as read, in the types it is written in."""

from collections.abc import Iterable

from relais import relay
from relais.presidencies import brief
from relais.presidencies import brief_names as names
from relais.presidencies import brief_shapes as shapes
from relais.presidencies.brief_outlook import Ahead, Answer, Place
from relais.relay.lines import Line
from relais.sources.citations import Evidence


def evidence_of(found: Evidence) -> names.Evidence:
    return names.Evidence(pro=found.pro, contra=found.contra)


def name_of(line: Line) -> names.ProposalName:
    return names.ProposalName(slug=line.slug, title=names.Told(text=line.title, language=line.title_language))


def bundle_of(bundle: relay.Bundle) -> names.Bundle:
    only = name_of(bundle.lines[0]) if len(bundle.lines) == 1 else None
    title = names.Told(text=bundle.title, language=bundle.language)
    return names.Bundle(slug=bundle.slug, title=title, proposals=len(bundle.lines), only=only)


def moved(one: brief.Moved) -> shapes.Moved:
    return shapes.Moved(
        proposal=name_of(one.line),
        stage=one.stage,
        step=one.stage.step,
        when=str(one.when),
        reason=names.Told(text=one.words, language=one.language),
        evidence=evidence_of(one.evidence),
    )


def risk(one: brief.Risk) -> shapes.Risk:
    return shapes.Risk(stance=one.stance, number=one.number, places=_places(one.places))


def holder(one: Ahead, language: str) -> shapes.Holder:
    whys = tuple(shapes.Why(stance=why.stance, number=why.number, places=_places(why.places)) for why in one.whys)
    facts = {"presidency": one.term.slug, "state": one.term.name(language), "starts_on": one.term.starts_on}
    return shapes.Holder(**facts, risk=one.risk, chance=one.chance, whys=whys)


def answer(one: Answer) -> shapes.Answer:
    return shapes.Answer(
        proposal=name_of(one.line),
        extent=one.extent,
        sure=one.sure,
        title=names.Told(text=one.title, language=one.title_language),
        when=str(one.when),
        reason=names.Told(text=one.words, language=one.language),
        evidence=evidence_of(one.evidence),
    )


def _places(places: Iterable[Place]) -> tuple[shapes.Place, ...]:
    return tuple(
        shapes.Place(bundle=bundle_of(one.bundle), number=one.number, evidence=evidence_of(one.evidence), older=one.older) for one in places
    )
