"""What a start loads: readers wait for it. What serving a page never needs is loaded by whoever does."""

import subprocess
import sys

import pytest

from tests.house.checkout import ROOT

LOADED = "import sys; import relais.__main__, relais.commands.serve, relais.asgi; print(*sys.modules)"


@pytest.fixture(scope="module")
def loaded():
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, check=True, capture_output=True, text=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "name",
    ["alembic", "structlog", "rich", "pygments", "api.app", "relais.export.shapes", "seed", "docx", "weasyprint", "icalendar", "openpyxl"],
)
def test_a_start_does_without(loaded, name):
    assert "relais.asgi" in loaded
    assert name not in loaded


def test_a_command_loads_no_verb_before_it_is_known_which():
    told = "import sys; import relais.__main__; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, check=True, capture_output=True, text=True)

    assert {"relais.proposals", "relais.imports", "web.app", "seed"}.intersection(done.stdout.split()) == set()
