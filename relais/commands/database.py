"""The database a command works on."""

from sqlalchemy import Engine

from relais import db, schema
from relais.commands.refusal import CannotRun


def ready() -> Engine:
    """The engine of the settings. Raises CannotRun unless it stands at the newest migration."""
    engine = db.engine()
    if not schema.at_head(engine):
        raise CannotRun("The database is not ready: run `python -m relais migrate`")
    return engine
