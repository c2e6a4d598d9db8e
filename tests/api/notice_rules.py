"""Who gets what from the routes of notices, which are a person's own; the one asked for is nobody's."""

OWN = "401 200 200 200 200 200 200 403 200 403"
NOBODYS = "404 404 404 404 404 404 403 404 403"

ROWS = {
    "GET /notices": (OWN, None),
    "GET /notices/letters": (OWN, None),
    "GET /notices/{notice}": (f"401 {NOBODYS}", None),
    "PUT /notices/letters": (
        "401 403 200 200 200 200 200 403 200 403 / 401 403 200 200 200 200 412 403 412 403",
        {"kinds": [], "pace": "never"},
    ),
    "PUT /notices/reading": ("401 403 204 204 204 204 204 403 204 403", {"upto": 1}),
    "PUT /notices/{notice}/reading": (f"401 403 {NOBODYS.removeprefix('404 ')}", None),
}
