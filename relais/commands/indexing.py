"""Bringing a database to the newest migration, and making its index of words again."""

from rich.console import Console

from relais import db, index, migrations, schema
from relais.commands import database
from relais.db import reading, writing


def migrate() -> str:
    """What was in the record before there was an index of words is put into it."""
    engine = db.engine()
    migrations.upgrade(engine)
    with reading(engine) as session:
        bare = index.empty(session)
    if bare:
        reindex()
    return f"The database is at {', '.join(sorted(schema.heads()))}."


def reindex() -> str:
    with Console(stderr=True).status("Indexing the record"), writing(database.ready()) as session:
        return f"Indexed: {index.rebuild(session)} records."
