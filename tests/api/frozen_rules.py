"""Who gets what from the routes of what is frozen: snapshots of reports, hand-over briefs."""

READ = "200 200 200 200 200 200 200 200"

PACKETS = "/presidencies/{presidency}/packets"

ROWS = {
    f"GET {PACKETS}": (READ, None),
    f"GET {PACKETS}/{{packet}}": (READ, None),
    f"POST {PACKETS}": ("401 403 201 403 403 201 201 201", {"reason": "It was not whole."}),
    "GET /snapshots": (READ, None),
    "GET /snapshots/{snapshot}": (READ, None),
    "POST /snapshots": ("401 403 201 403 201 201 201 201", {"title": "The relay"}),
    "POST /snapshots/{snapshot}/withdrawals": ("401 403 403 403 403 403 201 403 201 201", {"why": "It named somebody."}),
}
