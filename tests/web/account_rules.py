"""Who gets what from the routes of what is one’s own, and of the tokens of a group."""

from tests.web.roles import (
    COORDINATE,
    COORDINATOR,
    LEAVE,
    MEMBER,
    MEMBER_STALE,
)

ACCOUNT = {
    "GET /{language}/account": MEMBER,
    "GET /{language}/account/edit": MEMBER,
    "POST /{language}/account/edit": MEMBER_STALE,
    "GET /{language}/account/calendar": MEMBER,
    "POST /{language}/account/calendar": MEMBER,
    "POST /{language}/account/calendar/removal": LEAVE,
    "GET /{language}/account/tokens": MEMBER,
    "POST /{language}/account/tokens": "303 422 422 422 422 422",
    "POST /{language}/account/tokens/{id}/removal": "303 404 404 404 404 404",  # one of the group is nobody’s own
    "GET /{language}/groups/{slug}/tokens": COORDINATOR,
    "POST /{language}/groups/{slug}/tokens": COORDINATE,
    "POST /{language}/groups/{slug}/tokens/{id}/removal": "303 404 403 403 403 303",
}
