"""Who gets what from the routes of the webhooks of a group. The last two columns manage."""

from tests.api.group_rules import FOR_COORDINATORS, GONE, IN, MADE, SAVED

ONE = f"{IN}/webhooks/{{webhook}}"
TYPED = {"name": "Archive", "url": "https://hooks.example.org/relais", "kinds": ["stage"]}

ROWS = {
    f"GET {IN}/webhooks": (FOR_COORDINATORS, None),
    f"POST {IN}/webhooks": (MADE, TYPED),
    f"GET {ONE}": (FOR_COORDINATORS, None),
    f"PUT {ONE}": (SAVED, TYPED),
    f"DELETE {ONE}": (GONE, None),
    f"PUT {ONE}/stop": (SAVED, None),
    f"DELETE {ONE}/stop": (SAVED, None),
    f"GET {ONE}/keys": (FOR_COORDINATORS, None),
    f"POST {ONE}/keys": (MADE, None),
    f"DELETE {ONE}/keys/older": (SAVED, None),
    f"GET {ONE}/messages": (FOR_COORDINATORS, None),
    f"GET {ONE}/messages/{{message}}": ("401 403 404 403 403 403 403 403 404 404", None),
    f"POST {ONE}/messages/{{message}}/repeats": ("401 403 404 403 403 403 403 403 404 404", None),
    f"POST {ONE}/tests": (MADE, None),
}
