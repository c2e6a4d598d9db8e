"""Who gets what from the routes of how texts come about."""

READ_KEPT = "200 200 200 200 200 200 200 200 / 404 200 404 200 200 200 200 200"
SAME = "401 403 404 403 403 422 422 422"  # these are the words that stand
REVISIONS = "/proposals/{slug}/revisions"

ROWS = {
    f"GET {REVISIONS}": (READ_KEPT, None),
    f"GET {REVISIONS}/{{language}}/{{number}}": (READ_KEPT, None),
    f"POST {REVISIONS}/{{language}}/{{number}}/restorations": (SAME, {"note": "Back"}),
}
