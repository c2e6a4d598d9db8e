"""Whether a database stands at the newest migration. Alembic knows too, but takes long to load, and a start waits for the answer."""

import re
from pathlib import Path

from sqlalchemy import Engine, inspect, text

VERSIONS = Path(__file__).parent.parent / "migrations" / "versions"
REVISION, FOLLOWED = (re.compile(rf"^{name} = ['\"](\w+)['\"]", re.MULTILINE) for name in ("revision", "down_revision"))


def at_head(engine: Engine) -> bool:
    """Whether the database stands at the newest revision of this checkout."""
    return current(engine) == heads()


def current(engine: Engine) -> set[str]:
    """The revisions the database says it stands at; none before the first migration."""
    with engine.execution_options(relais_reading=True).connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return set()
        return set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def heads() -> set[str]:
    """The revisions that no other follows, as their files say."""
    written = [path.read_text() for path in VERSIONS.glob("*.py")]
    return {name for text in written for name in REVISION.findall(text)} - {name for text in written for name in FOLLOWED.findall(text)}
