"""What no committed file may hold, and what the locks and the files of others must."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from tests.house.checkout import ROOT, files, read

LOCKS = ("requirements.lock", "requirements-pdf.lock", "requirements-dev.lock")
VENDORS = files("**/VENDOR.toml")
# Written in two halves, or this file would be the one that holds them.
A_MACHINE = re.compile("|".join([r"(?<![\w.])/wo" + "rk/", r"(?<![\w.])/ro" + "ot/", r"(?<![\w.])/ho" + r"me/\w"]))
AN_INDEX = re.compile("|".join(["py" + r"pi\.(org|python)", "python" + r"hosted\.org", "npm" + r"js\.(org|com)", r"://\S+/sim" + "ple"]))


def holding(pattern: re.Pattern[str]) -> list[str]:
    return [f"{path}: {found[0]}" for path in files() if (found := pattern.search(read(path)))]


def test_no_file_names_a_place_on_one_machine():
    assert holding(A_MACHINE) == []


def test_no_file_names_a_package_index():
    assert holding(AN_INDEX) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_part_by_hash_and_names_no_address(lock):
    parts = re.split(r"\n(?=[a-z0-9])", read(lock).strip(), flags=re.IGNORECASE)

    assert [part for part in parts if not re.match(r"\S+==\S+[^\n]*\\\n +--hash=sha256:[0-9a-f]{64}", part)] == []
    assert "://" not in read(lock)


def test_what_runs_is_developed_with_the_same_versions():
    *runs, develops = (dict(re.findall(r"^(\S+?)(?:\[\S+\])?==(\S+)", read(lock), re.MULTILINE)) for lock in LOCKS)

    assert {name: version for run in runs for name, version in run.items() if develops.get(name) != version} == {}


def test_there_are_lists_of_what_is_not_ours():
    assert Path("web/static/VENDOR.toml") in VENDORS


@pytest.mark.parametrize("vendor", VENDORS, ids=str)
def test_a_file_of_others_is_as_it_was_published_and_brings_its_licence(vendor):
    folder = (ROOT / vendor).parent
    parts = tomllib.loads(read(vendor))["part"]

    changed = [part["file"] for part in parts if hashlib.sha256((folder / part["file"]).read_bytes()).hexdigest() != part["sha256"]]

    assert changed == []
    assert [part["file"] for part in parts if not (folder / part["licence_file"]).is_file()] == []


@pytest.mark.parametrize("vendor", VENDORS, ids=str)
def test_every_file_in_a_folder_of_others_is_listed(vendor):
    parts = tomllib.loads(read(vendor))["part"]
    listed = {vendor.parent / part[key] for part in parts for key in ("file", "licence_file")}
    theirs = {path for path in files(f"{vendor.parent}/**") if path.parent.name in ("vendor", "fonts") and path != vendor}

    assert {path for path in theirs - listed if not path.name.startswith("LICENSE")} == set()
