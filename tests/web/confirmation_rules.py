"""Who gets what from the routes by which an organisation is asked about its position, answers, and is decided on."""

from tests.web.roles import NO_LINK, STALE

CONFIRMATIONS = {
    "GET /{language}/positions/{id}/confirmations/new": "303 404 403 403 200 200 / 404 404 403 403 409 409",  # not about what is not public
    "POST /{language}/positions/{id}/confirmations/new": "303 404 403 403 422 422 / 404 404 403 403 409 409",
    "GET /{language}/confirmations/{id}": "303 404 200 200 200 200",
    "POST /{language}/confirmations/{id}/letters": STALE.partition(" / ")[0],
    "POST /{language}/confirmations/{id}/withdrawal": STALE.partition(" / ")[0],
    "POST /{language}/confirmations/{id}/approval": "303 404 403 403 403 409",  # nobody answered yet
    "POST /{language}/confirmations/{id}/refusal": "303 404 403 403 403 422",
    "GET /{language}/confirm/{token}": NO_LINK,
    "POST /{language}/confirm/{token}": NO_LINK,
}
