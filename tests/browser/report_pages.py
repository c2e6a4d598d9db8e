"""The pages of reports and of what is kept of them."""

from tests.browser.kinds import Kind, sent

REPORTS = [
    Kind("reports", "/reports"),
    Kind(
        "report-of-some",
        "/reports?proposal={worked_on}&proposal=guichet-unique&from=2022-fr&to=2027-lt&part=texts&part=positions&part=timeline",
    ),
    Kind("report-as-of", "/reports?theme=digital-commons&as_of=2023-01-01"),
    Kind("report-wrong", "/reports?from=nowhere", status=422),
    Kind("report-empty", "/reports?as_of=2001-01-01"),
    Kind("report-of-a-member", "/reports?proposal=guichet-unique", member=True),
    Kind("data", "/data"),
    Kind("changes-asked", "/reports/changes?proposal=guichet-unique"),
    Kind("changes", "/reports/changes?theme=digital-commons&since=2022-01-01&until=2023-01-01"),
    Kind("changes-wrong", "/reports/changes?since=soon", status=422),
    Kind("compare-asked", "/reports/snapshots/compare?first={snapshot}"),
    Kind("compare-same", "/reports/snapshots/compare?first={snapshot}&second={snapshot}"),
    Kind("saved-new", "/reports/saved/new?proposal=guichet-unique", member=True),
    Kind("saved-new-wrong", "/reports/saved/new?proposal=guichet-unique", member=True, status=422, act=sent(name="")),
    Kind("saved-edit", "/reports/saved/{saved}/edit", member=True),
    Kind("saved-edit-stale", "/reports/saved/{saved}/edit", member=True, status=409, act=sent(version="99", name="Le mien")),
    Kind("saved-selection", "/reports/saved/selection?theme=digital-commons", member=True),
    Kind("saved-selection-wrong", "/reports/saved/selection?theme=digital-commons", member=True, status=422, act=sent()),
    Kind("saved-removed", "/reports/saved/{removed}/restoration", member=True),
    Kind("snapshots", "/reports/snapshots"),
    Kind("snapshot", "/reports/snapshots/{snapshot}"),
    Kind("snapshot-of-a-coordinator", "/reports/snapshots/{snapshot}", coordinator=True),
    Kind("snapshot-withdrawn", "/reports/snapshots/{withdrawn}", status=410),
    Kind("snapshot-new", "/reports/snapshots/new?proposal=guichet-unique", member=True),
    Kind("snapshot-new-wrong", "/reports/snapshots/new?proposal=guichet-unique", member=True, status=422, act=sent(title="")),
    Kind("snapshot-withdrawal", "/reports/snapshots/{snapshot}/withdrawal", coordinator=True),
    Kind("snapshot-withdrawal-wrong", "/reports/snapshots/{snapshot}/withdrawal", coordinator=True, status=422, act=sent()),
]
