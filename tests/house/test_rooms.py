from importlib.util import find_spec
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.house.checkout import ROOT, files, read

ROOMS = ("api", "models", "relais", "seed", "web")
LONGEST = 250


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_lies_in_this_checkout(room):
    spec = find_spec(room)

    assert spec is not None
    assert [Path(place) for place in spec.submodule_search_locations or []] == [ROOT / room]


def test_imports_run_one_way(capsys):
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_module_is_longer_than_a_reader_likes():
    modules = [path for path in files("*.py") if not path.is_relative_to("migrations/versions")]
    too_long = {str(path): lines for path in modules if (lines := len(read(path).splitlines())) > LONGEST}

    assert too_long == {}
