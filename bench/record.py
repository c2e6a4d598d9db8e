"""A migrated, seeded and filled database, and the way in that a benchmark needs."""

import secrets
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import Engine
from sqlmodel import col, select

from bench.data import Size, fill
from models import Person, PersonSession
from relais import db, index, migrations
from relais.settings import now
from seed.load import load

LASTS = timedelta(days=1)


def made(engine: Engine, size: Size, seed: int = 1) -> None:
    """Put a record of that size, beside the seed, into an empty database."""
    migrations.upgrade(engine)
    with db.writing(engine) as session:
        load(session, now())
    fill(engine, size, seed)
    with db.writing(engine) as session:  # what is written past the verbs is not in the index of words
        index.rebuild(session)


def signed_in(engine: Engine, email: str = "bench-0@relais.example") -> str:
    """The token of an open session of that person."""
    token = secrets.token_urlsafe(32)
    with db.writing(engine) as session:
        person = session.exec(select(Person).where(col(Person.email) == email)).one()
        hashed = sha256(token.encode()).hexdigest()
        session.add(PersonSession(token_hash=hashed, person_id=person.id, opened_at=now(), expires_at=now() + LASTS))
    return token
