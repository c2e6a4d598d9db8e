"""One sound row of every table of what is brought in files, and of what is taken back. They stand in `tests.record.ROWS`."""

from typing import Any

from tests.outward import AT

FILE = {"form": "csv", "name": "f.csv", "content": b"a", "digest": "d", "size": 1, "origin": "f", "language": "fr", "columns": {}}

BROUGHT: dict[str, dict[str, Any]] = {
    "imports": FILE | {"group_id": 1, "person_id": 1, "kind": "proposals", "public": False, "counts": {}, "uploaded_at": AT, "version": 1},
    "imported": {"group_id": 1, "origin": "f", "kind": "proposals", "external_id": "1", "import_id": 1, "record_id": 1, "print": "p"},
    "withdrawals": {"position_id": 1, "withdrawn_at": AT},
}
