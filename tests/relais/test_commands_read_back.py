"""`python -m relais import` of an export: what is missing is added, or told."""

import orjson
import pytest

from tests.exported import exported
from tests.public_record import a_comment, a_proposal, a_source


@pytest.fixture
def document(tmp_path, relais, engine, public_affairs, editor):
    a_source("press")
    a_comment(a_proposal("guichet", public_affairs, cites="press"), editor, "Un avis", public=True)
    file = tmp_path / "record.json"
    assert relais("export", "--output", str(file))[0] == 0
    return file


def test_what_is_there_is_told_and_stays(relais, document):
    there = "nothing. There already: 1 groups, 1 sources, 1 proposals"

    assert relais("import", str(document)) == (0, f"Added: {there}\n", "")


def test_what_is_missing_is_told_by_a_dry_run_and_then_added(relais, document):
    told = exported()
    told["proposals"][0]["slug"] = "autre"
    document.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))
    told = "1 proposals, 1 moves. There already: 1 groups, 1 sources. Left out: 1 comments"

    would = relais("import", str(document), "--dry-run")
    before = [proposal["slug"] for proposal in exported()["proposals"]]
    done = relais("import", str(document))

    assert (would, before, done) == ((0, f"Would add: {told}\n", ""), ["guichet"], (0, f"Added: {told}\n", ""))
    assert [proposal["slug"] for proposal in exported()["proposals"]] == ["guichet", "autre"]


def test_what_is_wrong_is_told_with_its_place(relais, document):
    told = exported()
    told["proposals"][0] |= {"slug": "autre", "group": "nobody"}
    document.write_bytes(orjson.dumps(told))

    assert relais("import", str(document)) == (2, "", "relais: Nothing was added. proposals/autre: There is no “nobody”\n")


def test_half_an_export_is_none(relais, document):
    document.write_bytes(document.read_bytes()[:-100])

    code, out, err = relais("import", str(document))

    assert (code, out) == (2, "")
    assert err.startswith("relais: This is no export of Relais: Invalid JSON: EOF")
