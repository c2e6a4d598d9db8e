"""The description of the API."""

NOUNS = {
    "proposals", "moves", "positions", "entries", "legs", "comments", "tasks", "presidencies", "actors", "sources", "groups", "themes",
    "events", "search", "searches", "reports", "confirmations", "snapshots", "notices",
}  # fmt: skip


def test_it_says_where_it_stands_and_what_it_answers(api):
    description = api.get("openapi.json").json()

    assert description["servers"] == [{"url": "/api/v1"}]
    assert {path.strip("/").split("/")[0] for path in description["paths"]} == NOUNS
    for operations in description["paths"].values():
        for method, operation in operations.items():
            told = {status: list(answer.get("content", {})) for status, answer in operation["responses"].items()}
            done = {status: media for status, media in told.items() if status.startswith("2")}
            others = {status: media for status, media in told.items() if status not in done and status != "304"}
            assert list(done.values()) in ([["application/json"]], [[]] if "204" in done else [])
            assert {tuple(media) for media in others.values()} == {("application/problem+json",)}
            seen = {"412", "428"} if any(one["name"] == "If-Match" for one in operation.get("parameters", [])) else set()
            assert set(others) == ({"404", "422", "429", "default"} if method == "get" else WRONG | seen)
            assert all(parameter["description"] for parameter in operation.get("parameters", []))
            assert operation["security"] in ([{"token": []}], [{}, {"token": []}])


WRONG = {"401", "403", "404", "409", "422", "429", "default"}


def test_what_may_be_left_out_is_said_as_it_would_be_sent(api):
    schemas = api.get("openapi.json").json()["components"]["schemas"]

    assert [schemas[form]["properties"]["on"]["default"] for form in ("PositionForm", "EntryForm", "MoveForm")] == ["", "", ""]


def test_it_is_the_same_each_time_and_names_each_parameter_once(api):
    first, second = api.get("openapi.json"), api.get("openapi.json")

    assert first.content == second.content
    for operations in first.json()["paths"].values():
        for operation in operations.values():
            named = [(one["in"], one["name"]) for one in operation.get("parameters", [])]
            assert sorted(set(named)) == sorted(named)
