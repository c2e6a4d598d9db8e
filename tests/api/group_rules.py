"""Who gets what from the routes of a group: its facts, who is in it and who is asked in. The last two columns manage."""

RUN = "401 403 404 403 403 403 403 403 {0} {0}"
FOR_COORDINATORS = RUN.format(200)
SAVED, MADE, GONE = RUN.format(200), RUN.format(201), RUN.format(204)
FOR_MEMBERS = "401 200 404 200 200 200 200 200 200 200"
ADDED = "401 403 404 403 201 201 201 201 201 201"
IN = "/groups/{group}"

ROWS = {
    f"PUT {IN}": (
        "401 403 404 403 403 403 403 403 200 412 / 401 403 404 403 403 403 403 403 412 412",  # one group: the first changes it for all
        {"name_fr": "Communs", "name_en": "Commons"},
    ),
    f"POST {IN}/tasks": (ADDED, {"proposal": "{unique}", "text": "Ask"}),
    f"GET {IN}/members": (FOR_MEMBERS, None),
    f"GET {IN}/members/{{member}}": (FOR_MEMBERS, None),
    f"PUT {IN}/members/{{member}}/role": (SAVED, {"role": "editor"}),
    f"DELETE {IN}/members/{{member}}": (GONE, None),
    f"GET {IN}/invitations": (FOR_COORDINATORS, None),
    f"GET {IN}/invitations/{{invitation}}": (FOR_COORDINATORS, None),
    f"POST {IN}/invitations": (MADE, {"email": "{unique}@example.org", "role": "editor"}),
    f"POST {IN}/invitations/{{invitation}}/letters": (SAVED, None),
    f"DELETE {IN}/invitations/{{invitation}}": (GONE, None),
}
