"""Which saved revisions put a translation out of date that was up to date before them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import Proposal, Revision, Text
from models.text import FIELDS


def by(session: Session, revisions: Collection[int]) -> set[int]:
    """Those of these revisions of an original whose words some translation lags behind, while those before them it did not.

    One that only goes on changing what is out of date already is none of them; nor one whose translation was renewed since.
    """
    source, translated = aliased(Text), aliased(Text)
    saved, before, last, made = (aliased(Revision) for _ in range(4))
    query = (
        select(col(saved.id))
        .join(source, col(source.id) == col(saved.text_id))
        .join(Proposal, and_(col(Proposal.id) == col(source.proposal_id), col(Proposal.original_language) == col(source.language)))
        .join(before, and_(col(before.text_id) == col(saved.text_id), col(before.number) == col(saved.number) - 1))
        .join(translated, and_(col(translated.proposal_id) == col(source.proposal_id), col(translated.id) != col(source.id)))
        .join(last, and_(col(last.text_id) == col(translated.id), col(last.number) == col(translated.number)))
        .join(made, col(made.id) == col(last.translates_id))
        .where(col(saved.id).in_(revisions), _differ(saved, made), ~_differ(before, made), _differ(source, made))
    )
    return set(session.execute(query.distinct()).scalars()) if revisions else set()


def _differ(one: Any, other: Any) -> ColumnElement[bool]:
    return or_(*(getattr(one, name) != getattr(other, name) for name in FIELDS))
