"""Where the benchmark posts its comments, and how many of them the record holds."""

from sqlalchemy import Engine
from sqlmodel import col, select

from models import Comment, Group, Membership, Person, Proposal
from models.group import Role
from models.proposal import Stage
from relais import db


def open_to(engine: Engine, hot: str) -> list[str]:
    """Public proposals the member may comment on; the hot one is left as it is."""
    ended = (Stage.DROPPED, Stage.MERGED)
    query = (
        select(Proposal.slug)
        .join(Group, col(Group.id) == col(Proposal.group_id))
        .join(Membership, col(Membership.group_id) == col(Group.id))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(col(Person.email).startswith("bench-0@"), col(Membership.role) == Role.EDITOR)
        .where(col(Proposal.public), col(Proposal.stage).not_in(ended), col(Proposal.slug) != hot)
        .order_by(col(Proposal.id))
        .limit(200)
    )
    with db.reading(engine) as session:
        return list(session.exec(query))


def held(engine: Engine, words: str) -> int:
    with db.reading(engine) as session:
        return len(session.exec(select(Comment.id).where(col(Comment.body).startswith(words))).all())
