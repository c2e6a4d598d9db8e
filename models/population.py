"""How many people live in a member state, as the Council counts them for a qualified majority in one year."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class Population(SQLModel, table=True):
    __tablename__ = "populations"
    __table_args__ = (CheckConstraint("people > 0", name="somebody"),)

    year: int = Field(primary_key=True)
    actor_id: int = Field(foreign_key="actors.id", primary_key=True, index=True, ondelete="RESTRICT")
    people: int
    source_id: int = Field(foreign_key="sources.id", index=True, ondelete="RESTRICT")
