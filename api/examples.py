"""What the description adds to a write: a body that is taken as it stands, and what the caller must have seen."""

from typing import Any

IF_MATCH: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The `ETag` of what you saw: the change is refused with 412 when somebody made another one since.",
    "schema": {"type": "string", "pattern": r'^"\d{1,9}(-[0-9a-f]+)?"$'},
    "example": '"1"',
}
IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Any text of your own: sent again within a day with the same body, it gets the same answer and nothing is done twice.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
}


def described(body: dict[str, Any] | None = None, *, matched: bool = False) -> dict[str, Any]:
    """For `openapi_extra` of a route."""
    extra: dict[str, Any] = {"parameters": [IF_MATCH]} if matched else {}
    if body is not None:
        extra["requestBody"] = {"content": {"application/json": {"example": body}}}
    return extra
