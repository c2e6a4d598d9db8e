"""One steady view of the record for a request that reads."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends
from sqlmodel import Session

from relais import db


def _reading() -> Iterator[Session]:
    with db.reading() as session:
        yield session


Db = Annotated[Session, Depends(_reading, scope="function")]
