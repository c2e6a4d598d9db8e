"""The pages of docs/api: every operation is on one, and every example does what it says."""

import re
import shlex
from argparse import ArgumentParser
from pathlib import Path

import httpx
import pytest

from api.app import app
from models import Group, Person
from tests.api.conftest import a_token, caller
from tests.api.writing import a_place, a_record
from tests.house.checkout import ROOT

PAGES = {path.stem: path.read_text() for path in sorted((ROOT / "docs" / "api").glob("*.md"))}
PATHS = app.openapi()["paths"]
BLOCK = re.compile(r"```(sh|python)\n(.*?)```", re.DOTALL)
MANAGED = ("groups", "members", "invitations", "webhooks", "imports")
FILE = "id;titre\n1;Un guichet\n2;Des communs\n"
CURL = ArgumentParser()
CURL.add_argument("-X", dest="method")
CURL.add_argument("-H", dest="headers", action="append", default=[])
CURL.add_argument("--json")
CURL.add_argument("--data-binary", dest="file")
CURL.add_argument("-i", action="store_true")
CURL.add_argument("address")


def test_every_operation_is_on_the_page_of_its_resource_and_no_other_is():
    told = {(name, row) for name, page in PAGES.items() for row in re.findall(r"^\| `([A-Z]+ /\S+)` \|", page, re.MULTILINE)}

    assert told == {(operation["tags"][0], f"{method.upper()} {path}") for path, ops in PATHS.items() for method, operation in ops.items()}


def test_every_filter_of_a_list_is_on_its_page():
    for operations in PATHS.values():
        for operation in operations.values():
            names = [one["name"] for one in operation.get("parameters", []) if one["in"] == "query"]
            page = PAGES[operation["tags"][0]]
            assert [name for name in names if name not in ("cursor", "limit") and f"`{name}" not in page] == []


@pytest.fixture
def token(request: pytest.FixtureRequest, public_affairs: Group, editor: Person, coordinator: Person) -> str:
    """Of a coordinator, whose everything is: it manages where the page is about that."""
    a_record()
    a_place("guichet-unique", public_affairs, coordinator, 1)
    return a_token(coordinator, "manage" if request.node.callspec.params["name"] in MANAGED else "write")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["sh", "python"])
def test_an_example_does_what_it_says(name, language, token, monkeypatch, capsys, tmp_path):
    """In the order of the page, where there is a file to bring."""
    monkeypatch.chdir(tmp_path)
    Path("liste.csv").write_text(FILE)
    monkeypatch.setenv("TOKEN", token)
    for kind, code in BLOCK.findall(PAGES[name]):
        if kind == language == "sh":
            for line in code.replace("\\\n", " ").replace("\n ", " ").strip().splitlines():
                curled(line, token)
        elif kind == language:
            run(code, monkeypatch)


def curled(line: str, token: str) -> None:
    """Ask as curl would."""
    words = shlex.split(line.replace("$TOKEN", token).replace("$RELAIS", "http://testserver"))
    asked = CURL.parse_args(words[1:])
    headers = dict(header.split(": ", 1) for header in asked.headers)
    if asked.json is not None:
        headers["Content-Type"] = "application/json"
    body = asked.json if asked.file is None else Path(asked.file.removeprefix("@")).read_text()
    method = asked.method or ("GET" if body is None else "POST")

    answer = caller().request(method, asked.address, content=body, headers=headers)

    assert (words[0], answer.status_code < 300) == ("curl", True), answer.text


def run(code: str, monkeypatch) -> None:
    """As a program of its own, of which every call is answered well."""
    answers: list[httpx.Response] = []

    def client(base_url: str, headers: dict[str, str]) -> httpx.Client:
        assert base_url == "https://relais.example/api/v1/"
        asker = caller(headers["Authorization"].removeprefix("Bearer "))
        asker.event_hooks = {"response": [answers.append]}
        return asker

    with monkeypatch.context() as patched:
        patched.setattr(httpx, "Client", client)
        exec(compile(code, "docs/api", "exec"), {})

    assert {answer.status_code < 300 for answer in answers} == {True}, [answer.status_code for answer in answers]
