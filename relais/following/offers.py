"""What the form to follow offers: everything there is for visitors, by kind."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col

from models import Actor, Proposal
from models.topic import TopicKind
from relais import presidencies, topics
from relais.access import VISITOR
from relais.db import columns
from relais.errors import Missing
from relais.i18n import N_, say
from relais.proposals import themes
from relais.topics import EVERYTHING, Named, Topic
from relais.wording import folded

HEADINGS: dict[TopicKind, str] = {
    TopicKind.FOUND: N_("Searches"),
    TopicKind.SEARCH: N_("Searches of proposals"),
    TopicKind.PROPOSAL: N_("Proposals"),
    TopicKind.GROUP: N_("Working groups"),
    TopicKind.THEME: N_("Themes"),
    TopicKind.PRESIDENCY: N_("Presidencies"),
    TopicKind.ACTOR: N_("States and organisations"),
}


@dataclass(frozen=True)
class Kind:
    """The topics of one kind, in the order of their names; presidencies in that of time. `chosen` are those asked for already."""

    heading: str
    named: tuple[Named, ...]
    chosen: int


@dataclass(frozen=True)
class Offers:
    everything: Named
    kinds: tuple[Kind, ...]


def offered(session: Session, language: str, chosen: Collection[str], *, today: date) -> Offers:
    """All that can be followed, in a fixed number of queries. What was `chosen` is there too where a visitor may know of it."""
    terms = [term.slug for term in presidencies.calendar(session).terms]
    wanted = {*_all(session, language, today), *_read(chosen)}
    named = topics.named(session, VISITOR, language, wanted)
    kinds = (_kind(kind, language, [one for one in named.values() if one.topic.kind is kind], terms, chosen) for kind in HEADINGS)
    return Offers(named[EVERYTHING], tuple(kind for kind in kinds if kind.named))


def _kind(kind: TopicKind, language: str, named: list[Named], terms: list[str], chosen: Collection[str]) -> Kind:
    if kind is TopicKind.PRESIDENCY:
        named.sort(key=lambda one: terms.index(one.topic.key))
    else:
        named.sort(key=lambda one: folded(one.words))
    return Kind(say(language, HEADINGS[kind]), tuple(named), sum(topics.written(one.topic) in chosen for one in named))


def _all(session: Session, language: str, today: date) -> Iterable[Topic]:
    yield EVERYTHING
    yield from (Topic(TopicKind.PROPOSAL, slug) for slug in session.execute(columns(Proposal.slug).where(col(Proposal.public))).scalars())
    yield from (Topic(TopicKind.ACTOR, slug) for slug in session.execute(columns(Actor.slug)).scalars())
    choices = themes.choices(session, language)
    yield from (Topic(TopicKind.THEME, slug) for slug, _ in choices.themes)
    yield from (Topic(TopicKind.GROUP, slug) for slug, _ in choices.groups)
    yield from (Topic(TopicKind.PRESIDENCY, term.slug) for term in presidencies.calendar(session).terms if term.ends_on >= today)


def _read(chosen: Iterable[str]) -> Iterable[Topic]:
    for words in chosen:
        kind, _, key = words.partition("/")
        try:
            yield topics.of(kind, key)
        except Missing:
            continue
