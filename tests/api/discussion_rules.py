"""Who gets what from the routes of the discussion, and of what came of it."""

READ_KEPT = "200 200 200 200 200 200 200 200 / 404 200 404 200 200 200 200 200"
FOR_COMMENTERS = "401 403 404 403 200 200 200 200"
FOR_COORDINATORS = "401 403 404 403 403 403 200 403 200 200"
WHY = {"reason": "It names somebody."}
IT = "/comments/{comment}"
ANSWERS = "/proposals/{slug}/answers"

ROWS = {
    f"GET {IT}/versions": (READ_KEPT, None),
    f"PUT {IT}/resolution": (FOR_COMMENTERS, None),
    f"DELETE {IT}/resolution": (FOR_COMMENTERS, None),
    f"PUT {IT}/hiding": (FOR_COORDINATORS, WHY),
    f"DELETE {IT}/hiding": (FOR_COORDINATORS, None),
    f"POST {IT}/reports": ("401 403 201 201 201 201 201 201 / 401 403 404 201 201 201 201 201", WHY),
    f"PUT {IT}/reports/settlement": (FOR_COORDINATORS, None),
    "GET /groups/{group}/reports": (FOR_COORDINATORS, None),
    f"GET {ANSWERS}": (READ_KEPT, None),
    f"GET {ANSWERS}/{{entry}}": ("404 404 404 404 404 404 404 404", None),  # nobody said so
    f"POST {ANSWERS}": ("401 403 404 403 403 201 201 201", {"entry": "vote-{unique}", "extent": "fully", "words_en": "All of it"}),
    f"PUT {ANSWERS}/{{entry}}": ("401 403 404 403 403 412 412 412", {"extent": "fully", "words_en": "All of it"}),
    f"DELETE {ANSWERS}/{{entry}}": ("401 403 404 403 403 404 404 404", None),
}
