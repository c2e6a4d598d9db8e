"""The description of the API."""

NOUNS = {
    "proposals", "moves", "positions", "entries", "legs", "comments", "tasks", "presidencies", "actors", "sources", "groups", "themes",
    "events", "search",
}  # fmt: skip


def test_it_says_where_it_stands_and_what_it_answers(api):
    description = api.get("openapi.json").json()

    assert description["servers"] == [{"url": "/api/v1"}]
    assert {path.strip("/").split("/")[0] for path in description["paths"]} == NOUNS
    for operations in description["paths"].values():
        for operation in operations.values():
            assert {status: list(answer.get("content", {})) for status, answer in operation["responses"].items()} == {
                "200": ["application/json"],
                "304": [],
                "404": ["application/problem+json"],
                "422": ["application/problem+json"],
                "default": ["application/problem+json"],
            }
            assert all(parameter["description"] for parameter in operation["parameters"])
