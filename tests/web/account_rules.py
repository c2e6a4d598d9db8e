"""Who gets what from the routes of what is one’s own, and of what a group has for programs and brings in files."""

from tests.web.roles import (
    COORDINATE,
    COORDINATOR,
    LEAVE,
    MEMBER,
    MEMBER_STALE,
)

STALE_IMPORT = "303 404 403 403 403 409"
STALE_WEBHOOK = "303 404 403 403 403 409"

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
    "GET /{language}/groups/{slug}/webhooks": COORDINATOR,
    "GET /{language}/groups/{slug}/webhooks/new": COORDINATOR,
    "POST /{language}/groups/{slug}/webhooks/new": COORDINATE,
    "GET /{language}/groups/{slug}/webhooks/{id}": COORDINATOR,
    "GET /{language}/groups/{slug}/webhooks/{id}/edit": COORDINATOR,
    "POST /{language}/groups/{slug}/webhooks/{id}/edit": COORDINATE,
    "POST /{language}/groups/{slug}/webhooks/{id}/stop": STALE_WEBHOOK,
    "POST /{language}/groups/{slug}/webhooks/{id}/start": STALE_WEBHOOK,
    "POST /{language}/groups/{slug}/webhooks/{id}/removal": STALE_WEBHOOK,
    "POST /{language}/groups/{slug}/webhooks/{id}/keys": STALE_WEBHOOK,
    "POST /{language}/groups/{slug}/webhooks/{id}/keys/end": STALE_WEBHOOK,
    "POST /{language}/groups/{slug}/webhooks/{id}/tests": "303 404 403 403 403 303",
    "GET /{language}/groups/{slug}/webhooks/{id}/messages/{message}": COORDINATOR,
    "POST /{language}/groups/{slug}/webhooks/{id}/messages/{message}/again": "303 404 403 403 403 303",
    "GET /{language}/groups/{slug}/imports": COORDINATOR,
    "GET /{language}/groups/{slug}/imports/new": COORDINATOR,
    "POST /{language}/groups/{slug}/imports/new": COORDINATE,
    "GET /{language}/groups/{slug}/imports/{id}": COORDINATOR,
    "POST /{language}/groups/{slug}/imports/{id}": COORDINATE,
    "POST /{language}/groups/{slug}/imports/{id}/application": STALE_IMPORT,
    "POST /{language}/groups/{slug}/imports/{id}/removal": STALE_IMPORT,
    "POST /{language}/groups/{slug}/imports/{id}/reversal": STALE_IMPORT,
}
