"""Who gets what from the routes of reports and of what is kept of them: of a report nobody sees more than a visitor."""

from tests.web.roles import ANY_CONTRIBUTOR, ANY_CONTRIBUTOR_SAVES, ANY_COORDINATOR_WITHDRAWS, LOCAL, OPEN

REPORTS = {
    "GET /{language}/reports": OPEN,
    "GET /{language}/reports/report.{form}": LOCAL,  # no form of that name
    "GET /{language}/reports/{table}.csv": LOCAL,  # no table of that name
    "GET /{language}/reports/saved/new": ANY_CONTRIBUTOR,
    "POST /{language}/reports/saved/new": ANY_CONTRIBUTOR_SAVES,
    "GET /{language}/reports/saved/selection": ANY_CONTRIBUTOR,
    "POST /{language}/reports/saved/selection": ANY_CONTRIBUTOR_SAVES,
    "GET /{language}/reports/saved/{id}": "303 303 303 303 303 303 / 404 404 303 303 303 303",
    "GET /{language}/reports/saved/{id}/edit": "303 404 404 200 200 200",
    "POST /{language}/reports/saved/{id}/edit": "303 404 404 422 422 422",
    "POST /{language}/reports/saved/{id}/removal": "303 404 404 409 409 409",  # of no version
    "GET /{language}/reports/saved/{id}/restoration": "303 404 404 404 404 404",  # it stands
    "POST /{language}/reports/saved/{id}/restoration": "303 404 404 404 404 404",
    "GET /{language}/data": OPEN,
    "GET /data/catalog.jsonld": OPEN,
    "GET /data/relais-{day}.zip": LOCAL,  # none is made in this scene
    "GET /{language}/reports/changes": OPEN,
    "GET /{language}/reports/changes.{form}": LOCAL,  # no days are said
    "GET /{language}/reports/snapshots/compare": OPEN,
    "GET /{language}/reports/snapshots/compare.{form}": LOCAL,
    "GET /{language}/reports/snapshots": OPEN,
    "GET /{language}/reports/snapshots/new": ANY_CONTRIBUTOR,
    "POST /{language}/reports/snapshots/new": ANY_CONTRIBUTOR_SAVES,
    "GET /{language}/reports/snapshots/{key}": LOCAL,  # no such snapshot, here and below
    "GET /{language}/reports/snapshots/{key}.{form}": LOCAL,
    "GET /{language}/reports/snapshots/{key}/manifest.json": LOCAL,
    "GET /{language}/reports/snapshots/{key}/tables/{table}.csv": LOCAL,
    "GET /{language}/reports/snapshots/{key}/withdrawal": ANY_COORDINATOR_WITHDRAWS,
    "POST /{language}/reports/snapshots/{key}/withdrawal": ANY_COORDINATOR_WITHDRAWS,
}
