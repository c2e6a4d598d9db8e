"""Every example of the description is taken as it stands."""

from typing import Any

import pytest

from api.app import app
from relais import saved_reports, saved_searches
from relais.access import reader_for
from relais.db import writing
from relais.saved_reports import ReportForm
from relais.saved_searches import SearchForm
from relais.settings import now
from tests.api.conftest import caller, with_token
from tests.api.coordinating import a_confirmation, an_invitation
from tests.api.keeping import KEY, a_notice, a_snapshot
from tests.api.writing import a_place, a_record
from tests.days import NOW
from tests.public_record import an_entry
from tests.relais import confirming
from tests.relais.importing import brought
from tests.relais.webhooks_told import a_webhook

PATHS = app.openapi()["paths"]
OPERATIONS = sorted((path, method) for path, operations in PATHS.items() for method in operations)
NAMED = {"entries": "vote-guichet-unique", "proposals": "guichet-unique", "sources": "minutes", "actors": "france",
         "groups": "european-public-affairs", "snapshots": KEY, "presidencies": "2026-ie"}  # fmt: skip

# What is put first, where an example is about more than what stands.
AFTER = {
    ("/proposals/{slug}/legs/{presidency}/outcome", "delete"): ("put", "/proposals/{slug}/legs/{presidency}/outcome"),
    ("/proposals/{slug}/revisions/{language}/{number}/restorations", "post"): ("put", "/proposals/{slug}/texts/{language}"),
    ("/proposals/{slug}/answers/{entry}", "put"): ("post", "/proposals/{slug}/answers"),
    ("/proposals/{slug}/answers/{entry}", "delete"): ("post", "/proposals/{slug}/answers"),
    ("/reports/{id}/restorations", "post"): ("delete", "/reports/{id}"),
    ("/groups/{slug}/webhooks/{id}/messages/{message}/repeats", "post"): ("post", "/groups/{slug}/webhooks/{id}/tests"),
    ("/groups/{slug}/imports/{id}/reversal", "post"): ("post", "/groups/{slug}/imports/{id}/application"),
}


# What coordinators decide.
DECIDED = (
    "/comments/{id}/hiding", "/comments/{id}/reports/settlement", "/confirmations/{id}/approval", "/confirmations/{id}/refusal",
)  # fmt: skip
CONFIRMED = "/proposals/{slug}/texts/{language}/confirmations"


def address(path: str) -> str:
    path = path.replace("/texts/{language}/confirmations", "/texts/en/confirmations")
    path = path.replace("/entries/{key}/checks", "/entries/perhaps/checks")
    for name in ("{slug}", "{key}"):
        path = path.replace(name, NAMED.get(path.split("/")[1], ""))
    others = {
        "{id}": "1",
        "{number}": "1",
        "{language}": "fr",
        "{presidency}": "2026-ie",
        "{entry}": "vote-guichet-unique",
        "{message}": "1",
    }
    for name, value in others.items():
        path = path.replace(name, value)
    return path[1:]


def sent(path: str, method: str) -> dict[str, Any]:
    """The example of a request: its body, JSON or a file, and what its address asks for."""
    operation = PATHS[path][method]
    named = [one for one in operation["parameters"] if one["in"] == "query" and one["required"]]
    asked = {"params": {one["name"]: one["schema"]["examples"][0] for one in named}} if named else {}
    match body := operation.get("requestBody", {}).get("content", {}):
        case {"application/json": {"example": example}}:
            return {"json": example} | asked
        case {"application/octet-stream": {"example": example}}:
            return {"content": example} | asked
    assert not body
    return asked


@pytest.fixture
def scene(public_affairs, commenter, editor, coordinator, engine):
    a_record()
    an_invitation(public_affairs, coordinator)
    a_webhook(public_affairs, coordinator)
    brought(public_affairs, coordinator, "id;titre\n1;Un guichet\n")
    a_snapshot(editor, KEY)
    with writing() as session:
        saved_searches.save(session, editor, SearchForm(query="q=x"), NOW)
        form, reader = ReportForm(name="Mine"), reader_for(session, editor)
        saved_reports.save(session, "", form, reader, language="en", by=editor, now=NOW)
    place = a_place("guichet-unique", public_affairs, commenter, 1)
    a_notice(editor)
    an_entry("perhaps", leads=(place.proposal,))
    a_confirmation(public_affairs, coordinator)
    return place


@pytest.mark.parametrize(("path", "method"), [(path, method) for path, method in OPERATIONS if method != "get"])
def test_an_example_is_taken(path, method, scene, editor, commenter, coordinator):
    moderated = dict.fromkeys(DECIDED, coordinator)
    who = {"/comments/{id}": commenter, "/presidencies": coordinator, "/snapshots/{key}/withdrawals": coordinator} | moderated
    who |= {"/proposals/{slug}/suggestions/{id}/withdrawal": commenter}
    asker = with_token(coordinator, "manage") if path.startswith("/groups") else with_token(who.get(path, editor))

    tag = '"1"'
    if before := AFTER.get((path, method)):
        how, first = before
        tag = asker.request(how, address(first), **sent(first, how), headers={"If-Match": tag}).headers.get("ETag", tag)
    if path == CONFIRMED:
        asker.put("proposals/guichet-unique/texts/en", json={"title": "One-stop shop"}, headers={"If-Match": '"0"'})
        asker.put("proposals/guichet-unique/texts/fr", json={"title": "Un guichet"}, headers={"If-Match": '"1"'})
    if path.endswith("/settlements"):  # of what a source contradicts, and nobody held anything of
        asker.post(address(path).replace("settlements", "citations"), json={"source": "minutes", "supports": False})
        tag = '"0"'

    if path in ("/confirmations/{id}/approval", "/confirmations/{id}/refusal"):
        tag = f'"{confirming.answer(confirming.rows()[0], now=now()).version}"'

    answer = asker.request(method, address(path), **sent(path, method), headers={"If-Match": tag})

    assert str(answer.status_code) in PATHS[path][method]["responses"], answer.text
    assert answer.status_code < 300, answer.text


@pytest.mark.parametrize("path", [path for path, method in OPERATIONS if method == "get" and "{slug}" in path])
def test_what_is_read_by_name_has_an_example_that_reads_well(path):
    named = [parameter for parameter in PATHS[path]["get"]["parameters"] if parameter["in"] == "path"]

    assert [bool(parameter["schema"].get("examples")) for parameter in named] == [True] * len(named)


def test_every_body_has_an_example(engine):
    bodies = [operation for operations in PATHS.values() for operation in operations.values() if "requestBody" in operation]

    assert ["example" in kind for body in bodies for kind in body["requestBody"]["content"].values()] == [True] * len(bodies)
    assert caller().get("openapi.json").json()["paths"] == PATHS
