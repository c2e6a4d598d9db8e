"""Who gets what from the routes of what is frozen: snapshots of reports."""

READ = "200 200 200 200 200 200 200 200"

ROWS = {
    "GET /snapshots": (READ, None),
    "GET /snapshots/{snapshot}": (READ, None),
    "POST /snapshots": ("401 403 201 403 201 201 201 201", {"title": "The relay"}),
    "POST /snapshots/{snapshot}/withdrawals": ("401 403 403 403 403 403 201 403 201 201", {"why": "It named somebody."}),
}
