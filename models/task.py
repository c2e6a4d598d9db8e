"""A next step on a proposal: who does it, and by when. For the proposal's group only."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime


class Task(SQLModel, table=True):
    """`presidency` names the leg it belongs to, `comment_id` and `entry_id` what it follows from. Removed ones stay as rows."""

    __tablename__ = "tasks"
    __table_args__ = (
        CheckConstraint("text <> ''", name="says_something"),
        CheckConstraint("(done_at IS NULL) = (finisher_id IS NULL)", name="done_by_somebody"),
        Index(
            "ix_tasks_open",
            "proposal_id",
            sqlite_where=text("done_at IS NULL AND removed_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND removed_at IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposals.id", index=True, ondelete="RESTRICT")
    presidency: str | None = Field(default=None, foreign_key="presidencies.slug", index=True, max_length=12, ondelete="RESTRICT")
    comment_id: int | None = Field(default=None, foreign_key="comments.id", index=True, ondelete="RESTRICT")
    entry_id: int | None = Field(default=None, foreign_key="entries.id", index=True, ondelete="RESTRICT")
    text: str = Field(max_length=500)
    assignee_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    due_on: date | None = Field(default=None)
    author_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    added_at: datetime = Field(sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finisher_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)

    def overdue(self, today: date) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < today
