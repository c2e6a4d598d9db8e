"""Who gets what from the routes of reports and of what is kept of them: of a report nobody sees more than a visitor."""

from tests.web.roles import ANY_CONTRIBUTOR, ANY_CONTRIBUTOR_SAVES, ANY_COORDINATOR_WITHDRAWS, LOCAL, OPEN

REPORTS = {
    "GET /{language}/reports": OPEN,
    "GET /{language}/reports/report.{form}": LOCAL,  # no form of that name
    "GET /{language}/reports/{table}.csv": LOCAL,  # no table of that name
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
