"""Who gets what from the routes around proposals, their texts and their discussion."""

SAVE = "401 403 404 403 403 200 200 200"
EDIT = "401 403 404 403 403 201 201 201"

ROWS = {
    "PUT /proposals/{slug}": (SAVE, {"level": "national"}),
    "GET /proposals/{slug}/publication": ("401 409 404 403 403 409 409 409 / 401 200 404 403 403 200 200 200", None),  # one is public
    "PUT /proposals/{slug}/publication": (SAVE, None),
    "POST /moves/{move}/corrections": (EDIT, {"on": "2022-06-22"}),
}
