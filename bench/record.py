"""A migrated, seeded and filled database, and the way in that a benchmark needs.

`python -m bench.record FOLDER --proposals 1000 --comments 50` makes one to look at.
"""

import argparse
import secrets
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select, text

from bench.data import HOT, Size, fill
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
    stocked(engine)


def stocked(engine: Engine) -> None:
    """Count what is there, as the worker does each hour on SQLite, and PostgreSQL does by itself a little later."""
    with db.writing(engine) as session:
        session.connection().execute(text("ANALYZE"))


def signed_in(engine: Engine, email: str = "bench-0@relais.example") -> str:
    """The token of an open session of that person."""
    token = secrets.token_urlsafe(32)
    with db.writing(engine) as session:
        person = session.exec(select(Person).where(col(Person.email) == email)).one()
        hashed = sha256(token.encode()).hexdigest()
        session.add(PersonSession(token_hash=hashed, person_id=person.id, opened_at=now(), expires_at=now() + LASTS))
    return token


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.record", description="Make a record of a given size.")
    parser.add_argument("folder", type=Path, help="where the database goes; it must not hold one yet")
    parser.add_argument("--proposals", type=int, default=Size.proposals, help="besides the seed's eighteen")
    parser.add_argument("--comments", type=int, default=Size.hot_comments, help=f"on the hot proposal, {HOT}")
    parser.add_argument("--comments-each", type=int, default=Size.comments, help="on every other one, on average")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if (asked.folder / "relais.db").exists():
        parser.error(f"{asked.folder} holds a database already")
    asked.folder.mkdir(parents=True, exist_ok=True)
    engine = db.engine_for(f"sqlite:///{asked.folder.resolve() / 'relais.db'}")
    made(engine, Size(asked.proposals, asked.comments_each, asked.comments), asked.seed)


if __name__ == "__main__":
    main()
