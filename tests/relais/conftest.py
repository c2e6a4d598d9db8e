"""The command line, as somebody types it."""

import sys

import pytest

from relais import __main__ as command_line


@pytest.fixture
def relais(house, capsys, monkeypatch):
    """Run a command: (exit code, standard output, standard error)."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["relais", *words])
        with pytest.raises(SystemExit) as ended:
            command_line.main()
        told = capsys.readouterr()
        return ended.value.code or 0, told.out, told.err

    return run
