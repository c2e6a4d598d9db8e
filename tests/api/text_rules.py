"""Who gets what from the routes of how texts come about."""

READ_KEPT = "200 200 200 200 200 200 200 200 / 404 200 404 200 200 200 200 200"
SAME = "401 403 404 403 403 422 422 422"  # these are the words that stand
REVISIONS = "/proposals/{slug}/revisions"

GROUP = "401 200 404 200 200 200 200 200 / 404 200 404 200 200 200 200 200"
MADE = "401 403 404 403 201 201 201 201"
DECIDED = "401 403 404 403 403 200 200 200"
OWN = "401 403 404 403 200 403 403 403"
SUGGESTION = "/proposals/{slug}/suggestions/{suggestion}"
WORDS = {"base": 1, "title": "Mieux"}

HELD = {"reason_en": "The minutes are later."}
SEEN = "401 403 404 403 403 412 412 412"  # nobody held anything of it yet

READ = "200 200 200 200 200 200 200 200"
CHECKED = "401 403 201 403 403 201 201 201"
NO_LEAD = "401 403 404 403 403 409 409 409"  # it surely concerns the proposal

ORIGINAL = "401 403 404 403 403 404 404 404"  # which translates nothing
MEMBERS = "401 200 404 200 200 200 200 200"

ROWS = {
    f"GET {REVISIONS}": (READ_KEPT, None),
    f"GET {REVISIONS}/{{language}}/{{number}}": (READ_KEPT, None),
    f"POST {REVISIONS}/{{language}}/{{number}}/restorations": (SAME, {"note": "Back"}),
    "GET /proposals/{slug}/suggestions": (GROUP, None),
    f"GET {SUGGESTION}": (GROUP, None),
    "POST /proposals/{slug}/texts/{language}/suggestions": (MADE, WORDS),
    f"PUT {SUGGESTION}/acceptance": (DECIDED, WORDS),
    f"PUT {SUGGESTION}/refusal": (DECIDED, {"reason": "Non."}),
    f"PUT {SUGGESTION}/withdrawal": (OWN, None),
    "GET /sources/checks": (READ, None),
    "GET /sources/coverage": (READ, None),
    "GET /sources/coverage/missing": (READ, None),
    "GET /sources/coverage/disputed": (READ, None),
    "POST /sources/{source}/checks": (CHECKED, {"checked_on": "2026-11-20", "reachable": True}),
    "POST /proposals/{slug}/entries/{key}/checks": (NO_LEAD, {"verdict": "confirm"}),
    "GET /groups/{group}/translations": (MEMBERS, None),
    "POST /proposals/{slug}/texts/{language}/confirmations": (ORIGINAL, {"source": 1}),
    "GET /moves/{move}/evidence": (READ_KEPT, None),
    "GET /positions/{position}/evidence": (READ_KEPT, None),
    "GET /entries/{key}/evidence": (READ_KEPT, None),
    "POST /moves/{move}/settlements": (SEEN, HELD),
    "POST /positions/{position}/settlements": (SEEN, HELD),
    "POST /entries/{key}/settlements": (SEEN, HELD),
}
