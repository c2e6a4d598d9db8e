import re

import pytest

from relais.settings import FROM_FILE, Settings
from tests.house.checkout import ROOT, read

PAGES = ("README.md", "docs/settings.md")
NAMES = {f"RELAIS_{name.upper()}" for name in Settings.model_fields}
OF_TESTS = {"RELAIS_CHROMIUM"}


def written() -> set[str]:
    pages = "\n".join(read(page) for page in PAGES if (ROOT / page).exists())
    return set(re.findall(r"RELAIS_[A-Z_]+[A-Z]", pages))


@pytest.mark.parametrize("name", sorted(NAMES | {f"{name}_FILE" for name in FROM_FILE}))
def test_a_setting_is_documented(name):
    assert name in written()


def test_no_setting_is_documented_that_does_not_exist():
    known = NAMES | OF_TESTS | {f"{name}_FILE" for name in FROM_FILE}

    assert {name for name in written() - known if not name.startswith("RELAIS_TEST_")} == set()


def test_every_setting_says_what_it_is_for():
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
