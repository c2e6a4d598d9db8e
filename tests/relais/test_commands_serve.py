"""`serve` and `worker`, as processes of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from relais import sign_in
from relais.db import writing
from tests.days import NOW, TODAY
from tests.relais.mail_server import free_port
from tests.relais.sign_in_links import the_link


@pytest.fixture
def started(engine, tmp_path):
    """Start a command as a process of its own; it is stopped when the scene ends."""
    processes = []

    def start(*words):
        environment = {**os.environ, "RELAIS_VAR": str(tmp_path), "RELAIS_TODAY": TODAY.isoformat()}
        environment.pop("RELAIS_BASE_URL", None)
        log = (tmp_path / f"{words[0]}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "relais", *words], env=environment, stdout=subprocess.PIPE, stderr=log, start_new_session=True
        )
        log.close()
        processes.append(process)
        return process

    yield start
    for process in processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # its own workers too: each holds the pipe that is read here
        process.communicate()


def answering(port, seconds=90.0):
    limit = time.monotonic() + seconds
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                return json.loads(answer.read())
        except (URLError, OSError):
            assert time.monotonic() < limit, "the server never answered"
            time.sleep(0.05)


def ended(process, seconds=10.0):
    """The exit code after a friendly request to stop, and what was printed."""
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=seconds)
    return process.returncode, out.decode()


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_serve_says_where_to_look_and_stops_without_cutting_a_request(started, public_affairs, tmp_path, workers):
    port = free_port()
    process = started("serve", "--port", str(port), "--workers", workers, "--worker")
    assert answering(port) == {"status": "ok"}
    with socket.create_connection(("127.0.0.1", port), timeout=15) as asking:
        head = "POST /en/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 24\r\n"
        asking.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=emil%40".encode())
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.7)
        asking.sendall(b"relais.test")
        answer = asking.recv(4096)

    code, out = ended(process)

    assert answer.startswith(b"HTTP/1.1 303")
    assert b"server:" not in answer.lower()
    assert b"\r\ndate:" in answer.lower()
    assert code == 0
    assert out.splitlines()[0] == f"Relais: http://127.0.0.1:{port}"
    assert the_link(out).startswith(f"http://127.0.0.1:{port}/fr/sign-in/")
    for line in (tmp_path / "serve.log").read_text().splitlines():
        assert "emil" not in str(json.loads(line))


@pytest.mark.slow
def test_serve_refuses_a_taken_address_in_one_line(started, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = started("serve", "--port", str(port))
        out, _ = process.communicate(timeout=30)

    assert (process.returncode, out) == (2, b"")
    assert (tmp_path / "serve.log").read_text() == f"relais: Cannot listen on 127.0.0.1:{port}: Address already in use\n"


@pytest.mark.slow
def test_the_worker_posts_what_is_due_and_stops_when_told(started, editor, tmp_path):
    with writing() as session:
        sign_in.ask(session, "emil@relais.test", "198.51.100.7", "en", "/", NOW)
    process = started("worker")
    limit = time.monotonic() + 30
    while not list(tmp_path.glob("mail/*.eml")):
        assert time.monotonic() < limit, "the letter never came"
        time.sleep(0.05)

    assert ended(process) == (0, "")


@pytest.mark.slow
def test_a_worker_that_runs_once_ends_by_itself(started, editor, tmp_path):
    with writing() as session:
        sign_in.ask(session, "emil@relais.test", "198.51.100.7", "en", "/", NOW)

    process = started("worker", "--once")
    process.communicate(timeout=30)

    assert (process.returncode, len(list(tmp_path.glob("mail/*.eml")))) == (0, 1)
