"""How a person is signed in: a request for a link, the one-use link, and the session it opens. Only hashes are kept."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime


class SignInRequest(SQLModel, table=True):
    """Somebody asked for a link. Written alike for known and unknown addresses; the worker answers the known and wipes the address."""

    __tablename__ = "sign_in_requests"
    __table_args__ = (
        Index("ix_sign_in_requests_address_hash_asked_at", "address_hash", "asked_at"),
        Index("ix_sign_in_requests_client_hash_asked_at", "client_hash", "asked_at"),
    )

    id: int = Field(default=None, primary_key=True)
    address: str = Field(default="", max_length=254)
    address_hash: str = Field(max_length=64)
    client_hash: str = Field(max_length=64)
    language: str = Field(max_length=2)
    next: str = Field(default="", max_length=500)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    attempts: int = Field(default=0)
    due_at: datetime = Field(sa_type=UtcDateTime)


class SignInLink(SQLModel, table=True):
    __tablename__ = "sign_in_links"

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="persons.id", index=True, ondelete="CASCADE")
    next: str = Field(default="", max_length=500)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PersonSession(SQLModel, table=True):
    __tablename__ = "sessions"

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="persons.id", index=True, ondelete="CASCADE")
    opened_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
