"""Who gets what from the routes of advocacy: asks to presidencies, and what belongs to them."""

READ_KEPT = "200 200 200 200 200 200 200 200 / 404 200 404 200 200 200 200 200"
MADE = "401 403 404 403 403 201 201 201"
SAVED = "401 403 404 403 403 200 200 200"
OPEN = "401 403 404 403 403 409 409 409"  # nobody closed it
LEG = "/proposals/{slug}/legs/{presidency}"

ACTOR = {"kind": "association", "name_fr": "Les Communs", "name_en": "The Commons"}
NEXT = {"state": "greece", "starts_on": "2027-07-01", "trio": "IE LT EL", "decision": "decision", "known_on": "2016-07-26"}

ROWS = {
    "POST /actors": ("401 403 201 403 403 422 422 422 / 401 403 422 403 403 422 422 422", ACTOR),  # the first to add it has done so
    "PUT /actors/{actor}": ("401 403 200 403 403 412 412 412 / 401 403 412 403 403 412 412 412", ACTOR),
    "POST /presidencies": ("401 403 403 403 403 403 201 403 422 422 / 401 403 403 403 403 403 422 403", NEXT),  # one comes next
    f"GET {LEG}": (READ_KEPT, None),
    "POST /proposals/{slug}/legs": (MADE, {"presidency": "2027-lt", "ask_en": "Back it"}),
    f"PUT {LEG}": (SAVED, {"ask_en": "Back it"}),
    f"PUT {LEG}/outcome": (SAVED, {"outcome_en": "Backed"}),
    f"DELETE {LEG}/outcome": (OPEN, None),
    f"POST {LEG}/continuations": (MADE, {"onward": "2027-lt"}),
    f"GET {LEG}/contacts": (READ_KEPT, None),
    f"POST {LEG}/contacts": (MADE, {"kind": "letter", "on": "2026-11-20", "title_en": "A letter"}),
}
