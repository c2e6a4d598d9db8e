"""Themes, groups and origins a picture or a list can be narrowed to."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models import Group, Proposal, Source, Theme


@dataclass(frozen=True)
class Choices:
    """Slug and name of each, in the reader's language and in the order of their names."""

    themes: list[tuple[str, str]]
    groups: list[tuple[str, str]]
    origins: list[tuple[str, str]]


def choices(session: Session, language: str) -> Choices:
    theme_name, group_name = (Theme.name_fr, Group.name_fr) if language == "fr" else (Theme.name_en, Group.name_en)
    origins = select(Source.slug, Source.title).where(col(Source.id).in_(select(Proposal.origin_id).where(col(Proposal.public))))
    return Choices(
        themes=[(slug, name) for slug, name in session.execute(select(Theme.slug, theme_name).order_by(col(theme_name)))],
        groups=[(slug, name) for slug, name in session.execute(select(Group.slug, group_name).order_by(col(group_name)))],
        origins=[(slug, title) for slug, title in session.execute(origins.order_by(col(Source.effective_on), col(Source.slug)))],
    )
