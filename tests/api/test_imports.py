"""A program brings a file into a group, looks at it, and says how it is read."""

from hashlib import sha256

import anyio
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from api import import_shapes, imports
from api.app import app
from models import Import, Proposal
from relais.gate import limited
from relais.imports.readers import READERS
from tests.api.bringing import HOME, REFUSED, TABLE, bring, rows, seen
from tests.api.conftest import a_token, with_token


@pytest.fixture
def runs(coordinator):
    return with_token(coordinator, "manage")


# --- brought and looked at --------------------------------------------------------------------------------------------


def test_a_file_is_brought_as_it_is_and_nothing_of_it_is_written(runs, coordinator):
    made = bring(runs)
    told = made.json()

    assert (made.status_code, made.headers["Location"], made.headers["ETag"]) == (201, f"http://testserver/api/v1/{HOME}/1", '"1"')
    assert told | {"uploaded_at": ""} == {
        "id": 1, "name": "Liste.csv", "form": "csv", "size": len(TABLE.encode()), "digest": sha256(TABLE.encode()).hexdigest(),
        "origin": "Liste", "language": "fr", "kind": "proposals", "columns": {"id": "id", "titre": "title", "thème": "themes"},
        "public": False, "person": coordinator.id, "uploaded_at": "", "applied_at": None, "undone_at": None, "counts": None, "version": 1,
    }  # fmt: skip
    assert (runs.get(HOME).json()["items"], rows(Proposal)) == ([told], [])


def test_it_is_told_row_by_row_what_applying_it_would_do(runs):
    made = bring(runs).json()
    found = runs.get(f"{HOME}/1")
    told = found.json()

    assert {name: told[name] for name in made} == made
    assert told["would"] == {"new": 1, "known": 0, "differs": 0, "refused": 1, "records": {"proposals": 1}}
    assert told["rows"] == [{"where": "2", "kind": "proposals", "id": "1", "words": "Guichet unique"}]
    assert told["refused"] == [REFUSED]
    assert (told["samples"], told["seconds"], told["unread"], told["obstacles"]) == (
        {"id": ["1", "2"], "titre": ["Guichet unique", "Communs"], "thème": ["", "nowhere"]}, 1, None, [],
    )  # fmt: skip
    title = next(field for field in told["fields"] if field["name"] == "title")
    assert title == {"name": "title", "label": {"fr": "Titre", "en": "Title"}, "needed": True}
    assert runs.get(f"{HOME}/1", headers={"If-None-Match": found.headers["ETag"]}).status_code == 304


def test_what_is_no_table_is_read_by_its_form_alone(runs):
    made = bring(runs, '{"id": "1", "title": "Guichet unique"}\n', "list.txt", form="json-lines", language="en").json()
    told = runs.get(f"{HOME}/1").json()

    assert (made["form"], made["kind"], made["columns"], made["language"]) == ("json-lines", None, {}, "en")
    assert (told["would"]["records"], told["samples"], told["fields"]) == ({"proposals": 1}, {}, [])
    for wrong, field in (({"kind": "proposals"}, "kind"), ({"columns": {"id": "id"}}, "columns")):
        refused = runs.put(f"{HOME}/1", json={"origin": "x"} | wrong, headers=seen(1))
        assert (refused.status_code, [one["parameter"] for one in refused.json()["errors"]]) == (422, [field])


@pytest.mark.parametrize(
    ("asked", "content", "field"),
    [
        ({}, TABLE, "name"),
        ({"name": "a\x00.csv"}, TABLE, "name"),
        ({"name": "a.csv", "form": "sheet"}, TABLE, "form"),
        ({"name": "a.csv", "language": "de"}, TABLE, "language"),
        ({"name": "a.csv", "more": "1"}, TABLE, "more"),
        ({"name": "a.csv"}, b"", "file"),
        ({"name": "a.pdf"}, b"%PDF", "file"),
        ({"name": "a.xlsx"}, b"no zip", "file"),
        ({"name": "a.csv"}, b"titre\n" + b"x\n" * 50_001, "file"),
        ({"name": "a.csv"}, b"x" * 10_000_001, "file"),
    ],
)
def test_what_cannot_be_brought_is_named_and_nothing_is_kept(runs, asked, content, field):
    answer = runs.post(HOME, params=asked, content=content)

    assert (answer.status_code, [one["parameter"] for one in answer.json()["errors"]], rows(Import)) == (422, [field], [])


def test_a_file_within_a_form_is_not_taken_for_a_table(runs):
    answer = runs.post(HOME, params={"name": "a.csv"}, files={"file": ("a.csv", TABLE)})

    assert (answer.status_code, answer.json()["errors"], rows(Import)) == (
        422, [{"parameter": "file", "detail": "Send the file itself as the body, not within a form"}], [],
    )  # fmt: skip


def test_a_file_may_be_larger_than_other_requests_but_not_without_end(engine, coordinator):
    gated = Starlette(routes=[Mount("/api/v1", app)])
    client = TestClient(limited(gated), base_url="http://testserver/api/v1/", raise_server_exceptions=False)
    token = {"Authorization": f"Bearer {a_token(coordinator, 'manage')}"}
    row = f"{'x' * 100}\n"

    def sent(content):
        return client.post(HOME, params={"name": "a.csv"}, content=content, headers=token)

    taken, stated = sent("titre\n" + row * 20_000), sent(row * 110_000)
    streamed = sent(row.encode() for _ in range(110_000))
    assert [one.status_code for one in (taken, stated, streamed)] == [201, 413, 413]
    assert [one.headers["Content-Type"] for one in (stated, streamed)] == ["application/problem+json"] * 2
    assert client.post("sources", content=row * 11_000, headers=token).status_code == 413


def test_no_file_is_read_of_who_may_not_bring_one(coordinator, editor, stranger):
    read: list[str] = []

    async def asked(token):
        status = []

        async def receive():
            read.append(token)
            return {"type": "http.request", "body": TABLE.encode()}

        async def send(message):
            status.append(message.get("status"))

        headers = [(b"authorization", f"Bearer {token}".encode())]
        scope = {"type": "http", "method": "POST", "path": f"/{HOME}", "query_string": b"name=a.csv", "headers": headers}
        await app(scope, receive, send)
        return status[0]

    may = a_token(coordinator, "manage")
    others = [a_token(coordinator), a_token(editor, "manage"), a_token(stranger, "manage")]

    assert [anyio.run(asked, token) for token in (*others, may)] == [403, 403, 404, 201]
    assert set(read) == {may}


def test_what_is_sent_twice_is_one_file_and_another_name_is_another_request(runs):
    key = {"Idempotency-Key": "nightly"}
    first, again, other = bring(runs, headers=key), bring(runs, headers=key), bring(runs, name="Other.csv", headers=key)

    assert (first.json(), again.headers["Idempotency-Replayed"], other.status_code) == (again.json(), "true", 422)
    assert [row.name for row in rows(Import)] == ["Liste.csv"]


def test_the_forms_told_are_those_that_are_read():
    asked = imports.Bringing.model_json_schema()["properties"]["form"]["anyOf"][0]["enum"]

    assert (asked, import_shapes.Import.model_fields.keys() - Import.model_fields.keys()) == (list(READERS), {"person"})


# --- read another way -------------------------------------------------------------------------------------------------


def test_it_is_read_another_way_over_what_was_seen(runs):
    bring(runs)
    said = {"origin": "Ours", "language": "en", "kind": "proposals", "public": True, "columns": {"titre": "title", "thème": ""}}

    changed = runs.put(f"{HOME}/1", json=said, headers=seen(1))
    late = runs.put(f"{HOME}/1", json=said, headers=seen(1))
    told = changed.json()
    assert {name: told[name] for name in said} == said | {"columns": {"titre": "title"}}
    assert (changed.headers["ETag"], late.status_code, late.json()["version"]) == ('"2"', 412, 2)
    assert runs.put(f"{HOME}/1", json=said).status_code == 428
    assert runs.get(f"{HOME}/1").json()["would"]["new"] == 2


def test_without_columns_they_are_guessed_anew(runs):
    bring(runs, "titre;type\nMednum;Association\n")

    changed = runs.put(f"{HOME}/1", json={"origin": "Ours", "kind": "actors"}, headers=seen(1)).json()

    assert changed["columns"] == {"titre": "name", "type": "kind"}


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"columns": {"nom": "title"}}, "columns", "There is no column “nom” in this file"),
        ({"columns": {"titre": "stance"}}, "columns", "“stance” is no field of such lines"),
        ({"columns": {"titre": "title", "id": "title"}}, "columns", "“id” and “titre” cannot both be the same field"),
        ({"kind": "sources"}, "kind", "Say what the lines of this table are"),
        ({"origin": ""}, "origin", "Fill this in"),
        ({"language": "de"}, "language", None),
        ({"public": "true"}, "public", None),
        ({"more": 1}, "more", None),
    ],
)
def test_a_wrong_way_is_named_and_nothing_changes(runs, wrong, field, why):
    bring(runs)

    answer = runs.put(f"{HOME}/1", json={"origin": "Ours", "kind": "proposals"} | wrong, headers=seen(1))

    (told,) = answer.json()["errors"]
    assert (answer.status_code, told["parameter"], rows(Import)[0].version) == (422, field, 1)
    if why:
        assert told["detail"] == why


def test_what_cannot_be_read_so_says_why(runs):
    bring(runs, "{", "a.jsonld")

    told = runs.get(f"{HOME}/1").json()

    assert (told["would"], told["rows"], set(told["unread"])) == (None, [], {"fr", "en"})
