"""Who gets what from the routes by which organisations are asked to confirm their positions, and are decided on."""

FOR_MEMBERS = "401 200 404 200 200 200 200 200"
EDITED = "401 403 404 403 403 200 200 200"
DECIDED = "401 403 404 403 403 403 409 403 409 409"  # nobody answered yet
ONE = "/confirmations/{confirmation}"

ROWS = {
    "GET /proposals/{slug}/confirmations": (f"{FOR_MEMBERS} / 404 200 404 200 200 200 200 200", None),
    f"GET {ONE}": (FOR_MEMBERS, None),
    "POST /positions/{position}/confirmations": (
        "401 403 404 403 403 201 201 201 / 401 403 404 403 403 409 409 409",  # not about what is not public
        {"email": "{unique}@example.org", "language": "en"},
    ),
    f"POST {ONE}/letters": (EDITED, None),
    f"PUT {ONE}/withdrawal": (EDITED, None),
    f"PUT {ONE}/approval": (DECIDED, None),
    f"PUT {ONE}/refusal": (DECIDED, {"reason": "We do not know you."}),
}
