"""What the forms of the record offer to choose from, as (slug, name) in the reader's language."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from models import Actor, Group, Proposal, Source, Text
from models.actor import ActorKind
from models.proposal import Stage
from relais.access import Reader, edited_proposals, visible_proposals
from relais.errors import Invalid
from relais.sources import slug_of, told_apart

Choices = list[tuple[str, str]]


def sources(session: Session) -> Choices:
    """Every source, by title; where a title is not one source's own, its slug tells them apart."""
    rows = session.exec(select(Source.slug, Source.title)).all()
    often = Counter(title for _, title in rows)
    return _by_name([(slug, told_apart(title, slug) if often[title] > 1 else title) for slug, title in rows])


def actors(session: Session, language: str) -> list[tuple[ActorKind, Choices]]:
    """Every actor, by kind and then by name."""
    everyone = session.exec(select(Actor)).all()
    kinds = ((kind, _by_name([(actor.slug, actor.name(language)) for actor in everyone if actor.kind is kind])) for kind in ActorKind)
    return [(kind, inside) for kind, inside in kinds if inside]


def edited_by(session: Session, reader: Reader, language: str, *, but: Proposal) -> Choices:
    """The other proposals this reader may edit, by rank."""
    groups = [group for group, role in reader.roles.items() if role.may_edit]
    return _proposals(session, col(Proposal.group_id).in_(groups) & (col(Proposal.id) != but.id), language)


def also(session: Session, reader: Reader, slugs: Iterable[str], *, but: Proposal) -> list[Proposal]:
    """Other proposals something concerns, of those the reader edits. Raises Invalid for any other."""
    wanted = list(dict.fromkeys(slugs))
    named = select(Proposal).where(col(Proposal.slug).in_(wanted), edited_proposals(reader), col(Proposal.id) != but.id)
    found = {proposal.slug: proposal for proposal in session.exec(named)}
    if unknown := set(wanted) - set(found):
        raise Invalid("There is no proposal “%(slug)s” you edit", field="also", slug=min(unknown)[:80])
    return [found[slug] for slug in wanted]


def of_group(session: Session, reader: Reader, language: str, group: Group) -> Choices:
    """What the group follows, by rank."""
    return _proposals(session, visible_proposals(reader) & (col(Proposal.group_id) == group.id), language)


def to_merge_into(session: Session, reader: Reader, language: str, *, proposal: Proposal) -> Choices:
    """Those a proposal may be merged into, by rank: not itself, not merged, and as public as it is."""
    others = visible_proposals(reader) & (col(Proposal.id) != proposal.id) & (col(Proposal.stage) != Stage.MERGED)
    return _proposals(session, others & col(Proposal.public) if proposal.public else others, language)


def _proposals(session: Session, which: ColumnElement[bool], language: str) -> Choices:
    """Under their titles in the reader's language, or in the original's where there is none."""
    rows = session.exec(
        select(Proposal.slug, Proposal.original_language, Text.language, Text.title)
        .join(Text, col(Text.proposal_id) == col(Proposal.id))
        .where(which)
        .order_by(col(Proposal.rank), col(Proposal.id))
    ).all()
    found: dict[str, str] = {}
    for slug, original, tongue, title in rows:
        if tongue == language or (tongue == original and slug not in found):
            found[slug] = title
    return list(found.items())


def _by_name(choices: Choices) -> Choices:
    """As a reader looks them up: accents and capitals make no difference."""
    return sorted(choices, key=lambda one: slug_of(one[1]))
