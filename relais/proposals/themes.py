"""Themes of a proposal; and themes, groups and origins a picture or a list can be narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col, select

from models import Group, Proposal, ProposalTheme, Source, Theme
from relais import index
from relais.db import columns
from relais.errors import Invalid
from relais.sources import BY_DAY

Choice = tuple[str, str]


@dataclass(frozen=True)
class Choices:
    """Slug and name of each, in the reader's language and in the order of their names."""

    themes: Sequence[Choice]
    groups: Sequence[Choice]


def _by_name(kind: Any, name: Any) -> Select[Any]:
    return columns(kind.slug, name).order_by(name)


# Put together once: pages that are made often ask for them.
THEMES = {"fr": _by_name(Theme, col(Theme.name_fr)), "en": _by_name(Theme, col(Theme.name_en))}
GROUPS = {"fr": _by_name(Group, col(Group.name_fr)), "en": _by_name(Group, col(Group.name_en))}
ORIGINS = (
    columns(Source.slug, Source.title).where(col(Source.id).in_(select(Proposal.origin_id).where(col(Proposal.public)))).order_by(*BY_DAY)
)


def put(session: Session, proposal: Proposal, themes: Sequence[str]) -> None:
    """Give a proposal these themes and no others. Raises Invalid for one nobody knows."""
    known = set(session.exec(select(Theme.slug)).all())
    if unknown := set(themes) - known:
        raise Invalid("There is no theme “%(theme)s”", field="themes", theme=min(unknown))
    kept = {row.theme: row for row in session.exec(select(ProposalTheme).where(col(ProposalTheme.proposal_id) == proposal.id)).all()}
    if kept.keys() == set(themes):
        return
    for theme in kept.keys() - set(themes):
        session.delete(kept[theme])
    session.add_all(ProposalTheme(proposal_id=proposal.id, theme=theme) for theme in set(themes) - kept.keys())
    session.flush()
    index.follow(session, proposal)


def choices(session: Session, language: str) -> Choices:
    return Choices(_read(session, THEMES[language]), _read(session, GROUPS[language]))


def origins(session: Session) -> list[Choice]:
    """Slug and title of the documents that public proposals are from."""
    return _read(session, ORIGINS)


def _read(session: Session, query: Select[Any]) -> list[Choice]:
    return [(slug, words) for slug, words in session.connection().execute(query).all()]
