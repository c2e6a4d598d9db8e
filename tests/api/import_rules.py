"""Who gets what from the routes of the files a group imports. The last two columns manage."""

from tests.api.group_rules import FOR_COORDINATORS, GONE, IN, MADE, RUN, SAVED

ONE = f"{IN}/imports/{{import}}"

ROWS = {
    f"GET {IN}/imports": (FOR_COORDINATORS, None),
    f"POST {IN}/imports?name=list.csv": (MADE, {"title": "A table of one column"}),
    f"GET {ONE}": (FOR_COORDINATORS, None),
    f"PUT {ONE}": (SAVED, {"origin": "Elsewhere", "kind": "proposals"}),
    f"POST {ONE}/application": (SAVED, {"leave_out": False}),
    f"POST {ONE}/reversal": (RUN.format(409), None),
    f"DELETE {ONE}": (GONE, None),
}
