"""What was frozen before a scene of the API begins."""

from hashlib import sha256
from itertools import count

from models import Person, Snapshot
from relais import VERSION
from relais.db import writing
from tests.days import NOW

KEY = "7hq2m9xkd4wbtz"
_keys = count(1)


def a_snapshot(by: Person, key: str = "") -> str:
    """The key of one that says nothing."""
    content, named = b"{}", key or f"k{next(_keys)}"
    with writing() as session:
        snapshot = Snapshot(
            key=named, title="Frozen", language="en", query="theme=commons", known_event=0, software=VERSION, content=content,
            size=len(content), digest=sha256(content).hexdigest(), frozen_at=NOW, author_id=by.id,
        )  # fmt: skip
        session.add(snapshot)
    return named
