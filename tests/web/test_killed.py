"""The server killed in the middle of anything: what was acknowledged is there, whole, and nothing else is.

It is started again after the first time. RELAIS_TEST_KILLS=50 kills it more often, then with two processes on one record.
"""

import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from sqlmodel import col, select

from models import Comment, Event
from models.event import EventKind
from relais import doctor
from relais.db import reading
from tests.days import TODAY
from tests.public_record import a_proposal
from tests.relais.mail_server import free_port
from tests.relais.test_commands_serve import answering
from web.desk import cookie_name

KILLS = int(os.environ.get("RELAIS_TEST_KILLS", "2"))
PROCESSES = 1 if KILLS == 2 else 2
WRITERS = 20
POST = "/en/proposals/guichet-unique/comments"
LONG_AFTER = datetime(2100, 1, 1, tzinfo=UTC)
LANDED = re.compile(r"#c(\d+)$")


class Writers:
    """Many people who post one comment after another, each sure to be there once it is acknowledged."""

    def __init__(self, cookie: str) -> None:
        self.headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
        self.acknowledged: dict[str, int] = {}
        self.unknown: set[str] = set()
        self.missed: list[str] = []
        self.refused: list[int] = []

    def write(self, port: int, life: int) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._write, args=(port, f"Life {life}, writer {number}")) for number in range(WRITERS)]
        for thread in threads:
            thread.start()
        return threads

    def _write(self, port: int, who: str) -> None:
        """Until the server is gone: what was asked then may have been done or not."""
        connection, turn = http.client.HTTPConnection("127.0.0.1", port, timeout=30), 0
        with suppress(OSError, http.client.HTTPException):
            while True:
                turn += 1
                words = f"{who}, turn {turn}"
                self.unknown.add(words)
                connection.request("POST", POST, urlencode({"body": words, "public": "true"}), self.headers)
                answer = connection.getresponse()
                answer.read()
                self.unknown.remove(words)
                self._told(words, answer)
        connection.close()

    def _told(self, words: str, answer: http.client.HTTPResponse) -> None:
        landed = LANDED.search(answer.headers.get("Location", ""))
        if answer.status != 303 or landed is None:
            self.refused.append(answer.status)
            return
        self.acknowledged[words] = int(landed[1])
        with reading() as session:
            if session.exec(select(Comment.body).where(col(Comment.id) == int(landed[1]))).first() != words:
                self.missed.append(words)


@pytest.fixture
def server(engine, tmp_path):
    """Start the server on a port, with a process group of its own; gives it once it answers."""
    running = []

    def start(port: int) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "RELAIS_VAR": str(tmp_path), "RELAIS_TODAY": TODAY.isoformat()}
        del environment["RELAIS_BASE_URL"]
        command = [sys.executable, "-m", "relais", "serve", "--port", str(port), "--workers", str(PROCESSES)]
        with (tmp_path / "serve.log").open("ab") as log:
            process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True)
        running.append(process)
        answering(port, 90)
        return process

    yield start
    for process in running:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


@pytest.mark.slow
def test_whatever_was_acknowledged_before_a_kill_is_there_with_its_line_in_the_ledger(server, engine, as_commenter, public_affairs):
    a_proposal("guichet-unique", public_affairs)
    writers, chance = Writers(f"{cookie_name()}={as_commenter.cookies[cookie_name()]}"), random.Random(KILLS)

    for life in range(KILLS):
        port = free_port()
        process = server(port)
        threads = writers.write(port, life)
        until(lambda life=life, threads=threads: len(writers.acknowledged) >= WRITERS * (life + 1) or not alive(threads))
        time.sleep(chance.uniform(0, 0.3))
        kill(process)
        for thread in threads:
            thread.join(40)

    with reading() as session:
        found = dict(session.exec(select(Comment.body, Comment.id)).all())
        number = len(session.exec(select(Comment.id)).all())
        lines = session.exec(select(Event.subject_id).where(col(Event.kind) == EventKind.COMMENT_POSTED)).all()
    assert (writers.refused, writers.missed) == ([], [])
    assert len(writers.acknowledged) >= WRITERS * KILLS
    assert writers.acknowledged.items() <= found.items()
    assert found.keys() <= writers.acknowledged.keys() | writers.unknown
    assert number == len(found)
    assert Counter(lines) == Counter(str(key) for key in found.values())
    assert [finding for finding in doctor.examine(engine, LONG_AFTER) if not finding.sound] == []


def alive(threads: list[threading.Thread]) -> bool:
    return any(thread.is_alive() for thread in threads)


def until(true) -> None:
    limit = time.monotonic() + 60
    while not true():
        assert time.monotonic() < limit, "the writers never got through"
        time.sleep(0.01)
